#include "eoffice/web/book_pages.h"

#include <nlohmann/json.hpp>

#include "eoffice/directory/agencies.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/web/document_view.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;
using documents::Direction;
using documents::RegisterLine;
using nlohmann::json;

constexpr int kLines = 500;  // of one sheet of the book; the next begins where it ends

json cell(const std::string& text, json url = nullptr) {
  return {{"text", text}, {"url", std::move(url)}};
}

std::string day(const std::optional<base::LocalDate>& date) {
  return date ? base::viDate(*date) : std::string();
}

// NĐ 30/2020, Phụ lục IV: ten columns each.
json incomingCells(const RegisterLine& line) {
  const auto url = "/documents/" + std::to_string(line.document.value());
  return json::array({cell(base::viDate(line.day)), cell(std::to_string(line.number), url),
                      cell(line.issuerName), cell(line.symbol), cell(day(line.issuedDate)),
                      cell(line.typeName + ": " + line.subject), cell(line.receivers),
                      cell(day(line.handedOn)), cell(""), cell("")});
}

json outgoingCells(const RegisterLine& line) {
  const auto url = "/documents/" + std::to_string(line.document.value());
  return json::array({cell(line.symbol, url), cell(day(line.issuedDate)),
                      cell(line.typeName + ": " + line.subject), cell(line.signerName),
                      cell(line.receivers), cell(line.issuerName),
                      cell(std::to_string(line.copies)), cell(day(line.handedOn)), cell(""),
                      cell("")});
}

// texts: book.*
json columnsOf(const Speech& say, Direction direction) {
  json columns = json::array();
  for (int i = 1; i <= 10; ++i) {
    columns.push_back(
        {{"label", say("book." + std::string(nameOf(direction)) + ".column." + std::to_string(i))},
         {"number", i}});
  }
  return columns;
}

}  // namespace

void BookPages::addRoutes(base::http::Router& router) {
  for (const auto direction : {Direction::Incoming, Direction::Outgoing}) {
    const std::string name(nameOf(direction));
    addPage(router, Method::Get, "/books/" + name, "book." + name,
            [this, direction](Visit& visit) { return show(visit, direction); });
  }
}

Response BookPages::show(Visit& visit, Direction direction) const {
  const auto& caller = visit.caller();
  if (auto right = directory::require(caller, directory::Capability::ReadAgency); !right) {
    return parts_.renderer.refusal(visit, right.error());
  }
  const Speech say(parts_.renderer.texts(), visit.language);
  const int thisYear = static_cast<int>(parts_.renderer.clock().today().year());
  const int year = visit.queryNumber("year", thisYear, 2000, 9999);
  const int first = visit.queryNumber("first", 1, 1, 10'000'000);
  auto data = parts_.database.read([&](base::db::Session& session) -> json {
    const auto page = documents::registerOf(session, caller, direction, year, first, kLines);
    const auto agency = directory::findAgency(session, caller.agency);
    const auto parent = directory::findAgency(session, agency ? agency->parent : AgencyId());
    json rows = json::array();
    for (const auto& line : page.lines) {
      rows.push_back({{"cells", direction == Direction::Incoming ? incomingCells(line)
                                                                 : outgoingCells(line)}});
    }
    const auto name = std::string(nameOf(direction));
    return {{"title", say("nav.books." + name)},
            {"parent_agency", parent ? json(parent->name) : json(nullptr)},
            {"agency", agency ? agency->name : ""},
            {"book", say("book." + name + ".title")},
            {"range", say("book.range",
                          {{"year", std::to_string(year)}, {"total", std::to_string(page.total)}})},
            {"columns", columnsOf(say, direction)},
            {"rows", std::move(rows)},
            {"filter", nullptr}};
  });
  return parts_.renderer.page(visit, "print/register_book", std::move(data));
}

}  // namespace eoffice::web
