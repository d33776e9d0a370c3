#include "eoffice/web/register_view.h"

namespace eoffice::web {
namespace {

using documents::RegisterForm;
using documents::RegisterLine;
using print::SheetCell;

SheetCell day(const std::optional<base::LocalDate>& date) {
  return date ? SheetCell(*date) : SheetCell();
}

std::string joined(const std::string& first, const std::string& second, const char* between) {
  return first.empty() || second.empty() ? first + second : first + between + second;
}

// texts: book.aside.*
std::string asideText(const Speech& say, const RegisterLine& line) {
  const auto state = std::string(documents::nameOf(*line.aside));
  return say("book.aside." + state, {{"reason", line.reason}, {"for", line.receivers}});
}

// ten columns.
std::vector<SheetCell> incoming(const Speech& say, const RegisterLine& line) {
  const std::int64_t number = line.number;
  if (line.aside) return {line.day, number, {}, {}, {}, asideText(say, line), {}, {}, {}, {}};
  return {line.day,
          number,
          line.issuerName,
          line.symbol,
          day(line.issuedDate),
          joined(line.typeName, line.subject, ": "),
          line.receivers,
          day(line.handedOn),
          {},
          {}};
}

// ten columns.
std::vector<SheetCell> outgoing(const Speech& say, const RegisterLine& line) {
  if (line.aside) {
    const auto symbol = line.symbol.empty()
                            ? (line.number < 10 ? "0" : "") + std::to_string(line.number)
                            : line.symbol;
    return {symbol, line.day, asideText(say, line), {}, {}, {}, {}, {}, {}, {}};
  }
  return {line.symbol,
          day(line.issuedDate),
          joined(line.typeName, line.subject, ": "),
          line.signerName,
          line.receivers,
          line.keeper.empty() ? line.issuerName : line.keeper,
          std::int64_t{line.copies},
          day(line.handedOn),
          {},
          {}};
}

// seven columns.
std::vector<SheetCell> handling(const Speech& say, const RegisterLine& line) {
  const auto what = joined(joined(line.typeName, line.symbol, " "),
                           line.issuedDate ? base::viDate(*line.issuedDate) : "", ", ");
  const auto progress =
      line.finishedOn ? say("book.handling.finished", {{"day", base::viDate(*line.finishedOn)}})
                      : say("state." + std::string(nameOf(line.state)));
  return {std::int64_t{line.number},
          joined(what, line.issuerName, ", "),
          line.receivers,
          day(line.due),
          progress,
          line.answers,
          {}};
}

std::vector<double> widthsOf(RegisterForm form) {
  switch (form) {
    case RegisterForm::Incoming:
      return {2.2, 1.2, 3.4, 2.8, 2.2, 7, 3.4, 2.2, 1.6, 1.6};
    case RegisterForm::Outgoing:
      return {2.8, 2.2, 6.4, 2.6, 4.4, 2.6, 1.3, 2.2, 1.6, 1.6};
    case RegisterForm::Handling:
      return {1.2, 6.5, 4, 2.2, 3.4, 3.4, 2.4};
  }
  return {};
}

}  // namespace

// texts: book.*
std::vector<RegisterColumn> registerColumns(const Speech& say, RegisterForm form) {
  std::vector<RegisterColumn> columns;
  for (const auto width : widthsOf(form)) {
    const auto number = std::to_string(columns.size() + 1);
    columns.push_back(
        {say("book." + std::string(documents::nameOf(form)) + ".column." + number), width});
  }
  return columns;
}

std::vector<SheetCell> registerCells(const Speech& say, RegisterForm form,
                                     const RegisterLine& line) {
  switch (form) {
    case RegisterForm::Incoming:
      return incoming(say, line);
    case RegisterForm::Outgoing:
      return outgoing(say, line);
    case RegisterForm::Handling:
      return handling(say, line);
  }
  return {};
}

std::string textOf(const SheetCell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&cell)) return std::to_string(*number);
  if (const auto* date = std::get_if<base::LocalDate>(&cell)) return base::viDate(*date);
  return {};
}

std::string bookLabel(const documents::Book& book, AgencyId own) {
  return book.agency == own ? book.name : book.name + " · " + book.agencyName;
}

std::string timeLabel(const Speech& say, int year, unsigned month) {
  const base::Texts::Facts facts{{"year", std::to_string(year)}, {"month", std::to_string(month)}};
  return say(month == 0 ? "book.time.year" : "book.time.month", facts);
}

}  // namespace eoffice::web
