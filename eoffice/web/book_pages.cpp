#include "eoffice/web/book_pages.h"

#include <nlohmann/json.hpp>

#include "eoffice/directory/agencies.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/register_print.h"
#include "eoffice/web/register_view.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;
using documents::RegisterForm;
using documents::RegisterHead;
using documents::RegisterLine;
using documents::RegisterQuery;
using nlohmann::json;

constexpr int kLines = 500;  // of one sheet of the book; the next begins where it ends

RegisterQuery queryOf(const Visit& visit, RegisterForm form, base::LocalDate today) {
  const auto book = typedNumber(visit.request.query("book").value_or(""));
  const int usual = book > 0 ? 0 : static_cast<int>(today.year());
  return {.form = form,
          .book = book,
          .year = visit.queryNumber("year", usual, 2000, 9999),
          .month = static_cast<unsigned>(visit.queryNumber("month", 0, 1, 12)),
          .first = visit.queryNumber("first", 1, 1, 10'000'000)};
}

// The number, or number and notation, opens the document.
std::size_t linkColumn(RegisterForm form) { return form == RegisterForm::Incoming ? 1 : 0; }

json rowOf(const Speech& say, RegisterForm form, const RegisterLine& line) {
  const auto cells = registerCells(say, form, line);
  json row = json::array();
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool link = i == linkColumn(form) && line.document.valid();
    row.push_back(
        {{"text", textOf(cells[i])},
         {"url", link ? json("/documents/" + std::to_string(line.document.value())) : json()}});
  }
  return {{"cells", std::move(row)}, {"is_aside", line.aside.has_value()}};
}

json columnsOf(const Speech& say, RegisterForm form) {
  json columns = json::array();
  for (const auto& column : registerColumns(say, form)) {
    columns.push_back({{"label", column.label}, {"number", columns.size() + 1}});
  }
  return columns;
}

std::string pathOf(RegisterForm form) { return "/books/" + std::string(nameOf(form)); }

json filterOf(const Speech& say, const RegisterQuery& query, const RegisterHead& head,
              AgencyId own) {
  json books = json::array();
  for (const auto& book : head.books) {
    books.push_back({{"value", std::to_string(book.id)},
                     {"label", bookLabel(book, own)},
                     {"selected", head.book && head.book->id == book.id}});
  }
  json months = json::array();
  for (unsigned month = 0; month <= 12; ++month) {
    months.push_back({{"value", month == 0 ? "" : std::to_string(month)},
                      {"label", month == 0 ? say("book.whole_year")
                                           : say("book.month", {{"month", std::to_string(month)}})},
                      {"selected", query.month == month}});
  }
  return {{"action", pathOf(query.form)},
          {"year", std::to_string(head.book ? head.book->year : query.year)},
          {"books", std::move(books)},
          {"months", std::move(months)}};
}

std::string closedText(const Speech& say, const documents::Book& book) {
  if (book.closedAt) {
    return say("book.closed_on", {{"day", base::viDate(base::localDate(*book.closedAt))},
                                  {"reason", book.closeReason}});
  }
  return book.agencyEnded ? say("book.ended_on", {{"day", base::viDate(*book.agencyEnded)}})
                          : std::string();
}

}  // namespace

void BookPages::addRoutes(base::http::Router& router) {
  for (const auto form : {RegisterForm::Incoming, RegisterForm::Outgoing, RegisterForm::Handling}) {
    const std::string name(nameOf(form));
    addPage(router, Method::Get, pathOf(form), "book." + name,
            [this, form](Visit& visit) { return show(visit, form); });
    addPage(router, Method::Get, pathOf(form) + "/file/{ending}", "book." + name + ".file",
            [this, form](Visit& visit) { return file(visit, form); });
  }
}

Response BookPages::file(Visit& visit, RegisterForm form) const {
  const auto ending = fileForm(visit.request.pathParams.at("ending"));
  if (!ending) return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "book.unknown"});
  auto query = queryOf(visit, form, parts_.renderer.clock().today());
  query.first = 1;  // a print is whole
  auto made = registerFile(parts_, visit, query, *ending);
  if (!made) return parts_.renderer.refusal(visit, made.error());
  return std::move(*made);
}

Response BookPages::show(Visit& visit, RegisterForm form) const {
  const auto& caller = visit.caller();
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto query = queryOf(visit, form, parts_.renderer.clock().today());
  const auto name = std::string(nameOf(form));
  auto data = parts_.database.read([&](base::db::Session& session) -> base::Result<json> {
    auto head = documents::registerHead(session, caller, query);
    if (!head) return tl::unexpected(std::move(head.error()));
    const auto& book = head->book;
    json rows = json::array();
    int next = 0;
    if (book) {
      documents::streamRegister(session, *book, query, [&](const RegisterLine& line) {
        if (rows.size() == kLines) next = line.number;
        if (next == 0) rows.push_back(rowOf(say, form, line));
        return next == 0;
      });
    }
    const auto agency = directory::findAgency(session, book ? book->agency : caller.agency);
    const auto parent = directory::findAgency(session, agency ? agency->parent : AgencyId());
    const auto which = book ? "?book=" + std::to_string(book->id) +
                                  (query.month > 0 ? "&month=" + std::to_string(query.month) : "")
                            : std::string();
    const auto fileUrl = [&](const char* ending) {
      return book ? json(pathOf(form) + "/file/" + ending + which) : json(nullptr);
    };
    return json{
        {"title", say("nav.books." + name)},
        {"parent_agency", parent ? json(parent->name) : json(nullptr)},
        {"agency", agency ? agency->name : ""},
        {"book", say("book." + name + ".title")},
        {"book_name", book ? json(bookLabel(*book, caller.agency)) : json(nullptr)},
        {"range", timeLabel(say, book ? book->year : query.year, query.month) + " · " +
                      say("book.numbers", {{"first", std::to_string(head->firstNumber)},
                                           {"last", std::to_string(head->lastNumber)},
                                           {"count", std::to_string(head->lines)}})},
        {"closed", book ? closedText(say, *book) : ""},
        {"columns", columnsOf(say, form)},
        {"rows", std::move(rows)},
        {"filter", filterOf(say, query, *head, caller.agency)},
        {"pdf_url", fileUrl("pdf")},
        {"xlsx_url", fileUrl("xlsx")},
        {"csv_url", fileUrl("csv")},
        {"next_url",
         next > 0 ? json(pathOf(form) + which + "&first=" + std::to_string(next)) : json(nullptr)}};
  });
  if (!data) return parts_.renderer.refusal(visit, data.error());
  return parts_.renderer.page(visit, "print/register_book", std::move(*data));
}

}  // namespace eoffice::web
