#include "eoffice/web/numbering_pages.h"

#include <nlohmann/json.hpp>

#include "eoffice/documents/book_list.h"
#include "eoffice/web/acts.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/numbering_view.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;
using directory::Capability;
using documents::Aside;
using documents::Direction;
using nlohmann::json;

constexpr const char* kPath = "/numbering";

Direction directionOf(const Visit& visit) {
  return visit.request.pathParams.at("direction") == nameOf(Direction::Incoming)
             ? Direction::Incoming
             : Direction::Outgoing;
}

documents::NumberRef numberOf(const Visit& visit) {
  return {visit.number("id"), static_cast<int>(visit.number("number"))};
}

}  // namespace

NumberingPages::NumberingPages(const PageParts& parts, const Desk& desk)
    : parts_(parts), desk_(desk) {}

void NumberingPages::addRoutes(base::http::Router& router) {
  const std::string root(kPath);
  addPage(router, Method::Get, root, "numbering.show",
          [this](Visit& visit) { return show(visit); });
  addPage(router, Method::Get, root + "/division/{direction}", "numbering.division",
          [this](Visit& visit) { return division(visit, nullptr); });
  addPage(router, Method::Post, root + "/division/{direction}", "numbering.divide",
          [this](Visit& visit) { return divide(visit); });
  for (const auto what : {Aside::Reserved, Aside::Void}) {
    const std::string name = what == Aside::Reserved ? "reserve" : "void";
    const auto path = root + "/series/{direction}/{code}/" + name;
    addPage(router, Method::Get, path, "numbering." + name + "_form",
            [this, what](Visit& visit) { return aside(visit, what, nullptr); });
    addPage(router, Method::Post, path, "numbering." + name,
            [this, what](Visit& visit) { return setAside(visit, what); });
  }
  addPage(router, Method::Get, root + "/book/{id}/close", "numbering.close_form",
          [this](Visit& visit) { return closeForm(visit, nullptr); });
  addPage(router, Method::Post, root + "/book/{id}/close", "numbering.close",
          [this](Visit& visit) { return close(visit); });
  addPage(router, Method::Get, root + "/book/{id}/number/{number}/void",
          "numbering.void_reserved_form",
          [this](Visit& visit) { return voidReservedForm(visit, nullptr); });
  addPage(router, Method::Post, root + "/book/{id}/number/{number}/void", "numbering.void_reserved",
          [this](Visit& visit) { return voidReserved(visit); });
  addPage(router, Method::Post, "/documents/{id}/void-number", "document.void_number",
          [this](Visit& visit) {
            const auto target = targetOf(visit);
            return after(
                parts_.books.voidNumberOf(visit.caller(), target, visit.form.value("reason")),
                desk_, visit, target.document, "number_voided");
          });
}

Response NumberingPages::show(Visit& visit) const {
  const auto& caller = visit.caller();
  if (!directory::may(caller, Capability::ManageBooks) &&
      !directory::may(caller, Capability::ReadAgency)) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::Forbidden, "permission.denied"});
  }
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto today = parts_.renderer.clock().today();
  return parts_.renderer.page(
      visit, "pages/numbering", parts_.database.read([&](base::db::Session& session) -> json {
        json sections = json::array();
        for (const auto direction : {Direction::Incoming, Direction::Outgoing}) {
          sections.push_back(
              numberingSection(session, parts_.types, say, caller, direction, today));
        }
        return {{"title", say("nav.numbering")},
                {"year", std::to_string(static_cast<int>(today.year()))},
                {"sections", std::move(sections)}};
      }));
}

Response NumberingPages::division(Visit& visit, const base::Refusal* refused) const {
  const auto& caller = visit.caller();
  if (auto right = directory::require(caller, Capability::ManageBooks); !right) {
    return parts_.renderer.refusal(visit, right.error());
  }
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto direction = directionOf(visit);
  const auto today = parts_.renderer.clock().today();
  auto data = parts_.database.read([&](base::db::Session& session) -> json {
    const auto scheme = documents::schemeOn(session, parts_.types, caller.agency, direction, today);
    return divisionForm(say, visit, direction, parts_.types, scheme, today);
  });
  data["errors"] = refused ? errorsOf(parts_.renderer, visit.language, *refused) : json::object();
  data["problem"] = refused ? problemOf(parts_.renderer, visit.language, *refused) : json(nullptr);
  return parts_.renderer.page(visit, "pages/numbering_division", std::move(data),
                              refused ? statusOf(refused->kind) : 200);
}

Response NumberingPages::divide(Visit& visit) const {
  const auto direction = directionOf(visit);
  const auto from = typedDate(visit.form.value("effective_from"));
  const auto decided = typedDate(visit.form.value("decided_on"));
  for (const auto& [typed, field] : {std::pair(from, "effective_from"), {decided, "decided_on"}}) {
    if (typed.good && typed.date) continue;
    const base::Refusal why{base::RefusalKind::Invalid,
                            typed.good ? "field.missing" : "field.bad_date", field};
    return division(visit, &why);
  }
  documents::Scheme scheme{.from = *from.date,
                           .decidedBy = visit.form.value("decided_by"),
                           .decision = visit.form.value("decision"),
                           .decidedOn = decided.date,
                           .series = seriesIn(visit.form, direction, parts_.types)};
  if (const auto done = parts_.books.decide(visit.caller(), direction, std::move(scheme)); !done) {
    return division(visit, &done.error());
  }
  return Response::redirect(kPath);
}

Response NumberingPages::aside(Visit& visit, Aside what, const base::Refusal* refused) const {
  const auto& caller = visit.caller();
  const auto direction = directionOf(visit);
  const auto today = parts_.renderer.clock().today();
  const auto code = visit.request.pathParams.at("code");
  struct Seen {
    std::optional<documents::Series> series;
    int next = 1;
  };
  const auto seen = parts_.database.read([&](base::db::Session& session) -> Seen {
    const auto scheme = documents::schemeOn(session, parts_.types, caller.agency, direction, today);
    const auto* series = scheme.find(code);
    if (series == nullptr) return {};
    return {*series, documents::nextNumber(session, caller.agency, direction, code, today)};
  });
  if (!seen.series) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "series.unknown"});
  }
  using Kind = ActField::Kind;
  ActForm form{
      .fields = {},
      .facts = {{"series", seen.series->name}, {"number", documents::printedNumber(seen.next)}}};
  if (what == Aside::Reserved) {
    form.fields.push_back({.kind = Kind::Line, .name = "for_whom", .required = true, .most = 200});
    form.fields.push_back({.kind = Kind::Day, .name = "use_by"});
  }
  form.fields.push_back({.kind = Kind::Text, .name = "reason", .required = true, .most = 500});
  return formPage(visit, what == Aside::Reserved ? "number-reserve" : "number-void", form,
                  std::to_string(seen.next), refused);
}

Response NumberingPages::setAside(Visit& visit, Aside what) const {
  const auto useBy = typedDate(visit.form.value("use_by"));
  if (!useBy.good) {
    const base::Refusal why{base::RefusalKind::Invalid, "field.bad_date", "use_by"};
    return aside(visit, what, &why);
  }
  const documents::SetAside input{
      .series = {directionOf(visit), visit.request.pathParams.at("code")},
      .reason = visit.form.value("reason"),
      .forWhom = visit.form.value("for_whom"),
      .useBy = useBy.date,
      .expected = static_cast<int>(typedNumber(visit.form.value("version")))};
  const auto done = what == Aside::Reserved ? parts_.books.reserve(visit.caller(), input)
                                            : parts_.books.voidNext(visit.caller(), input);
  if (!done) return aside(visit, what, &done.error());
  return Response::redirect(kPath);
}

Response NumberingPages::formPage(Visit& visit, const std::string& key, const ActForm& form,
                                  const std::string& version, const base::Refusal* refused) const {
  auto step =
      actView(parts_, visit, "act." + key, form,
              {.action = visit.request.path, .cancelUrl = kPath, .version = version}, refused);
  return parts_.renderer.page(
      visit, "pages/numbering_act",
      {{"title", step["label"]},
       {"step", std::move(step)},
       {"problem", refused ? problemOf(parts_.renderer, visit.language, *refused) : json(nullptr)}},
      refused ? statusOf(refused->kind) : 200);
}

Response NumberingPages::closeForm(Visit& visit, const base::Refusal* refused) const {
  const auto& caller = visit.caller();
  if (auto right = directory::require(caller, Capability::ManageBooks); !right) {
    return parts_.renderer.refusal(visit, right.error());
  }
  const auto book = parts_.database.read([&](base::db::Session& session) {
    return documents::findBook(session, caller.agency, visit.number("id"));
  });
  if (!book) return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "book.unknown"});
  const ActForm form{
      .fields = {{.kind = ActField::Kind::Text, .name = "reason", .required = true, .most = 500}},
      .facts = {{"book", book->name},
                {"year", std::to_string(book->year)},
                {"last", std::to_string(book->next - 1)}}};
  return formPage(visit, "book-close", form, "", refused);
}

Response NumberingPages::close(Visit& visit) const {
  const auto done =
      parts_.books.close(visit.caller(), visit.number("id"), visit.form.value("reason"));
  if (!done) return closeForm(visit, &done.error());
  return Response::redirect(kPath);
}

Response NumberingPages::voidReservedForm(Visit& visit, const base::Refusal* refused) const {
  const ActForm form{
      .fields = {{.kind = ActField::Kind::Text, .name = "reason", .required = true, .most = 500}},
      .facts = {{"number", documents::printedNumber(numberOf(visit).number)}}};
  return formPage(visit, "number-release", form, "", refused);
}

Response NumberingPages::voidReserved(Visit& visit) const {
  const auto done =
      parts_.books.voidReserved(visit.caller(), numberOf(visit), visit.form.value("reason"));
  if (!done) return voidReservedForm(visit, &done.error());
  return Response::redirect(kPath);
}

OtherAct voidNumberAct() {
  return {.slug = "void-number",
          .offered =
              [](const ActScene& scene) {
                using documents::State;
                const auto& document = scene.detail.document;
                const auto& caller = scene.visit.caller();
                if (document.agency != caller.agency) return false;
                if (document.state == State::Registered) {
                  return directory::may(caller, Capability::RegisterIncoming);
                }
                return (document.state == State::Numbered || document.state == State::Sealed) &&
                       directory::may(caller, Capability::GiveNumber);
              },
          .form = [](const ActScene& scene) -> ActForm {
            const auto& document = scene.detail.document;
            const auto& fields = document.fields;
            const auto number = document.direction == Direction::Incoming
                                    ? std::to_string(document.incoming->arrivalNumber.value_or(0))
                                    : documents::symbolOf(fields.codeNumber, fields.codeNotation);
            return {.fields = {{.kind = ActField::Kind::Text,
                                .name = "reason",
                                .required = true,
                                .most = 500}},
                    .facts = {{"number", number}}};
          }};
}

}  // namespace eoffice::web
