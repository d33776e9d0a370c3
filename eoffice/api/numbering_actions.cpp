#include "eoffice/api/numbering_actions.h"

#include "eoffice/api/document_acts.h"
#include "eoffice/api/numbering_schemas.h"
#include "eoffice/api/schemas.h"
#include "eoffice/documents/book_acts.h"
#include "eoffice/documents/book_list.h"
#include "eoffice/documents/register.h"
#include "eoffice/web/register_print.h"

namespace eoffice::api {
namespace {

using base::RefusalKind;
using base::db::Session;
using base::http::Method;
using base::http::Response;
using documents::Direction;
using nlohmann::json;

constexpr int kRegisterSize = 100;

json orNull(const std::optional<base::LocalDate>& day) {
  return day ? json(base::isoDate(*day)) : json(nullptr);
}

base::Result<Direction> directionOf(const Call& call) {
  const auto& name = call.visit.request.pathParams.at("direction");
  for (const auto direction : {Direction::Incoming, Direction::Outgoing}) {
    if (nameOf(direction) == name) return direction;
  }
  return base::refuse(RefusalKind::NotFound, "series.unknown");
}

json asideJson(const documents::BookNumber& one) {
  return {{"book", one.book},
          {"number", one.number},
          {"state", nameOf(one.state)},
          {"reason", one.reason},
          {"for_whom", one.forWhom},
          {"use_by", orNull(one.useBy)},
          {"day", base::isoDate(one.day)},
          {"document", one.document.valid() ? json(one.document.value()) : json(nullptr)},
          {"symbol", one.symbol}};
}

json lineJson(const documents::RegisterLine& line) {
  return {{"document", line.document.valid() ? json(line.document.value()) : json(nullptr)},
          {"number", line.number},
          {"day", base::isoDate(line.day)},
          {"issuer_name", line.issuerName},
          {"symbol", line.symbol},
          {"issued_date", orNull(line.issuedDate)},
          {"type", line.typeName},
          {"subject", line.subject},
          {"signer_name", line.signerName},
          {"receivers", line.receivers},
          {"handed_on", orNull(line.handedOn)},
          {"copies", line.copies},
          {"due", orNull(line.due)},
          {"finished_on", orNull(line.finishedOn)},
          {"answers", line.answers},
          {"aside", line.aside ? json(nameOf(*line.aside)) : json(nullptr)},
          {"reason", line.reason}};
}

json numberJson(const documents::NumberRef& number) {
  return {{"book", number.book}, {"number", number.number}};
}

base::Result<documents::RegisterQuery> registerQuery(const Call& call, base::LocalDate today) {
  const auto form = documents::registerForm(call.visit.request.pathParams.at("form"));
  if (!form) return base::refuse(RefusalKind::NotFound, "register.unknown");
  const auto& query = call.query;
  const bool named = query.has("book") && !query.has("year");
  return documents::RegisterQuery{
      .form = *form,
      .book = query.number("book"),
      .year = named ? 0 : static_cast<int>(query.number("year", static_cast<int>(today.year()))),
      .month = static_cast<unsigned>(query.number("month")),
      .first = static_cast<int>(query.number("first", 1))};
}

std::vector<Field> registerFields() {
  return {optional(number("year", "This year when absent.", 2000, 9999)),
          optional(id("book", "See /numbering/{direction}; the common one when absent.")),
          optional(number("month", "The whole year when absent.", 1, 12))};
}

Operation post(const char* path, const char* name, const char* summary, const Schema& body,
               std::vector<std::string> errors, Action action) {
  errors.insert(errors.end(), {"permission.denied", "field.missing"});
  return {.method = Method::Post,
          .path = path,
          .name = name,
          .group = "books",
          .summary = summary,
          .body = &body,
          .errors = std::move(errors),
          .action = std::move(action)};
}

}  // namespace

Operations NumberingActions::operations() const {
  using Me = NumberingActions;
  const std::vector<std::string> kTaking{"series.unknown", "number.moved_on", "book.closed",
                                         "book.agency_ended"};
  auto reserve = post("/numbering/{direction}/series/{code}/reserved-numbers", "reserveNumber",
                      "Keep the next number for a document to come.", schemas::reservation(),
                      kTaking, bind(this, &Me::reserve));
  reserve.errors.insert(reserve.errors.end(),
                        {"number.not_reservable", "field.date_in_past", "number.use_this_year"});
  auto skip = post("/numbering/{direction}/series/{code}/void-numbers", "voidNextNumber",
                   "Leave the next number out, with the reason that the register shows.",
                   schemas::voidedNext(), kTaking, bind(this, &Me::voidNext));
  for (auto* one : {&reserve, &skip}) {
    one->answer = &schemas::numberSetAside();
    one->status = 201;
  }
  auto divide =
      post("/numbering/{direction}/division", "divideNumbers",
           "Divide books or series as the head of the agency decided.", schemas::division(),
           {"series.unknown", "series.retroactive", "series.name_twice", "series.type_twice",
            "series.unknown_type", "series.no_types", "series.too_many", "field.date_in_future"},
           bind(this, &Me::divide));
  divide.answer = &schemas::numbering();
  auto voidOf = post("/documents/{id}/number-void", "voidDocumentNumber",
                     "Take the number back from a document that has not gone on.",
                     schemas::reasonWithVersion(),
                     {"document.unknown", "document.changed_meanwhile", "document.wrong_state",
                      "document.done_by_you"},
                     bind(this, &Me::voidOf));
  voidOf.answer = &schemas::documentState();
  Operations all{
      {.path = "/numbering/{direction}",
       .name = "showNumbering",
       .group = "books",
       .summary = "Books of incoming documents or series of outgoing ones: division, "
                  "next numbers, numbers set aside.",
       .answer = &schemas::numbering(),
       .errors = {"permission.denied", "series.unknown"},
       .action = bind(this, &Me::show)},
      std::move(divide),
      std::move(reserve),
      std::move(skip),
      std::move(voidOf),
      post("/books/{id}/numbers/{number}/void", "voidReservedNumber",
           "Void a reserved number that nobody will use.", schemas::reasonOnly(),
           {"book.unknown", "number.not_reserved"}, bind(this, &Me::voidReserved)),
      post("/books/{id}/closing", "closeBook",
           "Close a book before the year's end: it gives no number any more.",
           schemas::reasonOnly(), {"book.unknown", "book.closed_already"}, bind(this, &Me::close))};
  for (auto& one : registers()) all.push_back(std::move(one));
  return all;
}

Operations NumberingActions::registers() const {
  using Me = NumberingActions;
  auto fields = registerFields();
  fields.push_back(optional(number("first", "First number wanted, from 1.", 1, 10'000'000)));
  fields.push_back(optional(number("size", "Entries, 1 to 500; 100 when absent.", 1, 500)));
  auto fileFields = registerFields();
  fileFields.push_back(choice("format", "Of the file.", {"pdf", "xlsx", "csv"}));
  return {
      {.path = "/registers/{form}",
       .name = "showRegister",
       .group = "books",
       .summary = "A register, for those who read the whole agency: `incoming`, `outgoing`, or "
                  "`handling`: the deadlines and answers.",
       .query = std::move(fields),
       .answer = &schemas::registerPage(),
       .errors = {"permission.denied", "register.unknown", "book.unknown"},
       .action = bind(this, &Me::showRegister)},
      {.path = "/registers/{form}/file",
       .name = "printRegister",
       .group = "books",
       .summary = "The register with the decree's columns as a file; the print is audited.",
       .query = std::move(fileFields),
       .mediaType = "application/octet-stream",
       .errors = {"permission.denied", "register.unknown", "book.unknown", "book.nothing_to_print"},
       .action = bind(this, &Me::registerFile)}};
}

base::Result<json> NumberingActions::show(const Call& call) const {
  const auto& caller = call.caller();
  if (!directory::may(caller, directory::Capability::ManageBooks)) {
    if (auto right = directory::require(caller, directory::Capability::ReadAgency); !right) {
      return tl::unexpected(std::move(right.error()));
    }
  }
  const auto direction = directionOf(call);
  if (!direction) return tl::unexpected(direction.error());
  const auto today = parts_.renderer.clock().today();
  return parts_.database.read([&](Session& session) -> json {
    const auto scheme =
        documents::schemeOn(session, parts_.types, caller.agency, *direction, today);
    const auto books =
        documents::booksOf(session, caller.agency, *direction, static_cast<int>(today.year()));
    json series = json::array();
    for (const auto& one : scheme.series) {
      const auto book = std::find_if(books.begin(), books.end(), [&](const auto& each) {
        return each.agency == caller.agency && each.code == one.code;
      });
      const bool opened = book != books.end();
      series.push_back({{"code", one.code},
                        {"name", one.name},
                        {"nature", nameOf(one.nature)},
                        {"types", one.types},
                        {"next", opened ? book->next : 1},
                        {"book", opened ? json(book->id) : json(nullptr)},
                        {"closed", opened && book->closedAt.has_value()}});
    }
    json aside = json::array();
    for (const auto& one : documents::numbersAside(session, books, documents::Which::All)) {
      aside.push_back(asideJson(one));
    }
    return {{"decided_by", scheme.decidedBy},
            {"decision", scheme.decision},
            {"effective_from", scheme.id == 0 ? json(nullptr) : json(base::isoDate(scheme.from))},
            {"series", std::move(series)},
            {"aside", std::move(aside)}};
  });
}

base::Result<json> NumberingActions::divide(const Call& call) const {
  const auto direction = directionOf(call);
  if (!direction) return tl::unexpected(direction.error());
  documents::Scheme scheme{.from = *call.body.date("effective_from"),
                           .decidedBy = call.body.text("decided_by"),
                           .decision = call.body.text("decision"),
                           .decidedOn = call.body.date("decided_on"),
                           .series = {}};
  for (const auto& one : call.body.objects("series")) {
    scheme.series.push_back(
        {.code = one.text("code"), .name = one.text("name"), .types = one.texts("types")});
  }
  auto done = parts_.books.decide(call.caller(), *direction, std::move(scheme));
  if (!done) return tl::unexpected(std::move(done.error()));
  return show(call);
}

base::Result<json> NumberingActions::reserve(const Call& call) const {
  const auto direction = directionOf(call);
  if (!direction) return tl::unexpected(direction.error());
  auto done = parts_.books.reserve(
      call.caller(), {.series = {*direction, call.visit.request.pathParams.at("code")},
                      .reason = call.body.text("reason"),
                      .forWhom = call.body.text("for_whom"),
                      .useBy = call.body.date("use_by"),
                      .expected = static_cast<int>(call.body.number("expected"))});
  if (!done) return tl::unexpected(std::move(done.error()));
  return numberJson(*done);
}

base::Result<json> NumberingActions::voidNext(const Call& call) const {
  const auto direction = directionOf(call);
  if (!direction) return tl::unexpected(direction.error());
  auto done = parts_.books.voidNext(
      call.caller(), {.series = {*direction, call.visit.request.pathParams.at("code")},
                      .reason = call.body.text("reason"),
                      .expected = static_cast<int>(call.body.number("expected"))});
  if (!done) return tl::unexpected(std::move(done.error()));
  return numberJson(*done);
}

base::Result<json> NumberingActions::voidReserved(const Call& call) const {
  auto done = parts_.books.voidReserved(call.caller(),
                                        {call.path("id"), static_cast<int>(call.path("number"))},
                                        call.body.text("reason"));
  if (!done) return tl::unexpected(std::move(done.error()));
  return json();
}

base::Result<json> NumberingActions::voidOf(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.books.voidNumberOf(call.caller(), target, call.body.text("reason")));
}

base::Result<json> NumberingActions::close(const Call& call) const {
  auto done = parts_.books.close(call.caller(), call.path("id"), call.body.text("reason"));
  if (!done) return tl::unexpected(std::move(done.error()));
  return json();
}

base::Result<json> NumberingActions::showRegister(const Call& call) const {
  const auto query = registerQuery(call, parts_.renderer.clock().today());
  if (!query) return tl::unexpected(query.error());
  const auto size = static_cast<std::size_t>(call.query.number("size", kRegisterSize));
  return parts_.database.read([&](Session& session) -> base::Result<json> {
    auto head = documents::registerHead(session, call.caller(), *query);
    if (!head) return tl::unexpected(std::move(head.error()));
    json lines = json::array();
    if (head->book) {
      documents::streamRegister(session, *head->book, *query, [&](const auto& line) {
        lines.push_back(lineJson(line));
        return lines.size() < size;
      });
    }
    return json{{"form", nameOf(query->form)},
                {"year", head->book ? head->book->year : query->year},
                {"book", head->book ? json(head->book->id) : json(nullptr)},
                {"book_name", head->book ? head->book->name : ""},
                {"first", head->firstNumber},
                {"last", head->lastNumber},
                {"total", head->lines},
                {"lines", std::move(lines)}};
  });
}

base::Result<Response> NumberingActions::registerFile(const Call& call) const {
  const auto query = registerQuery(call, parts_.renderer.clock().today());
  if (!query) return tl::unexpected(query.error());
  const auto form = web::fileForm(call.query.text("format"));
  return web::registerFile(parts_, call.visit, *query, form.value());
}

}  // namespace eoffice::api
