#include "eoffice/api/look_up_actions.h"

#include "eoffice/api/document_json.h"
#include "eoffice/api/schemas.h"
#include "eoffice/directory/pickers.h"
#include "reminder/channels/bell.h"

namespace eoffice::api {
namespace {

using base::db::Session;
using base::http::Response;
using nlohmann::json;

constexpr std::size_t kHits = 20;
constexpr std::int64_t kNoticesOfAPage = 50;

Field words(const char* summary) { return optional(text("words", summary, 200)); }
Field hits() {
  return optional(number("size", "At most so many, 1 to 50; 20 when absent.", 1, 50));
}
std::size_t hitsWanted(const Call& call) {
  return static_cast<std::size_t>(call.query.number("size", kHits));
}

const Schema& agencySchema() {
  static const Schema kSchema{
      .name = "Agency",
      .fields = {id("id", "Agency."), text("code", "For issue: receivers."), text("name", "Name."),
                 text("short_name", "Short name."), text("parent_name", "Empty at the top."),
                 text("kind", "`province`, `department`, `ward` ..."),
                 flag("hosted", "Its office is here too.")}};
  return kSchema;
}

const Schema& personSchema() {
  static const Schema kSchema{
      .name = "PersonInPost",
      .fields = {id("post", "What acts take: lead, supports, leader, signer."),
                 object("person", schemas::namedRef()), text("title", "Title."),
                 text("role", "`official` ..."), optional(object("unit", schemas::namedRef())),
                 optional(text("mail", "Mail.")), flag("absent", "Today.")}};
  return kSchema;
}

const Schema& unitSchema() {
  static const Schema kSchema{
      .name = "Unit",
      .fields = {id("id", "Unit."), text("code", "Code."), text("name", "Name."),
                 text("notation", "In symbols."), optional(id("parent", "Unit above."))}};
  return kSchema;
}

const Schema& typeSchema() {
  static const Schema kSchema{
      .name = "DocumentType",
      .fields = {text("code", "Empty where symbols have none."), text("name", "Name."),
                 flag("incoming_only", "Registered when it arrives, never drafted.")}};
  return kSchema;
}

const Schema& noticeSchema() {
  static const Schema kSchema{
      .name = "Notification",
      .fields = {id("id", "Grows with time."), instant("at", "When."),
                 optional(instant("seen_at", "Null: unread.")), text("kind", "Kind."),
                 text("text", "In the caller's language."),
                 optional(text("object_kind", "`task`, `document`")),
                 optional(id("object_id", "Which one."))}};
  return kSchema;
}

// `{<name>: [...]}`
Schema listSchema(const char* schema, const char* name, const Schema& items) {
  return {.name = schema, .fields = {objects(name, items)}};
}
const Schema& agencyList() {
  static const Schema kSchema = listSchema("AgencyList", "agencies", agencySchema());
  return kSchema;
}
const Schema& peopleList() {
  static const Schema kSchema = listSchema("PeopleList", "people", personSchema());
  return kSchema;
}
const Schema& unitList() {
  static const Schema kSchema = listSchema("UnitList", "units", unitSchema());
  return kSchema;
}
const Schema& typeList() {
  static const Schema kSchema = listSchema("DocumentTypeList", "types", typeSchema());
  return kSchema;
}

const Schema& noticeList() {
  static const Schema kSchema{.name = "NotificationList",
                              .fields = {objects("notifications", noticeSchema(), "Newest first."),
                                         number("unread", "All that are unread.")}};
  return kSchema;
}

const Schema& readUpTo() {
  static const Schema kSchema{
      .name = "ReadUpTo",
      .side = Schema::Side::Input,
      .fields = {id("last", "The newest one that was shown; what came since stays unread.")}};
  return kSchema;
}

void writeNotice(JsonWriter& out, const base::Texts& texts, base::Language language,
                 const reminder::StoredNotice& notice) {
  out.open('{')
      .field("id", notice.id)
      .field("at", notice.at)
      .field("seen_at", notice.seenAt)
      .field("kind", notice.notice.kind)
      .field("text", reminder::Bell::text(texts, language, notice))
      .fieldOrNull("object_kind", notice.notice.object.kind)
      .fieldOrNull("object_id", notice.notice.object.id)
      .close('}');
}

}  // namespace

Operations LookUpActions::operations() const {
  using Me = LookUpActions;
  return {{.path = "/agencies",
           .name = "findAgencies",
           .group = "directory",
           .summary = "Agencies by words of their name or code; tone marks or not.",
           .query = {words("Without words nothing is found."), hits()},
           .answer = &agencyList(),
           .action = bind(this, &Me::agencies)},
          {.path = "/people",
           .name = "findPeople",
           .group = "directory",
           .summary = "People of the caller's agency, one row for each post.",
           .query = {words("Of name, title, unit or login."), hits()},
           .answer = &peopleList(),
           .action = bind(this, &Me::people)},
          {.path = "/units",
           .name = "listUnits",
           .group = "directory",
           .summary = "All units of the caller's agency, parents before children.",
           .answer = &unitList(),
           .action = bind(this, &Me::units)},
          {.path = "/document-types",
           .name = "listDocumentTypes",
           .group = "directory",
           .summary = "The types of documents.",
           .answer = &typeList(),
           .action = bind(this, &Me::documentTypes)},
          {.path = "/notifications",
           .name = "listNotifications",
           .group = "notifications",
           .summary = "What the caller was told, newest first.",
           .query = {optional(flag("unread", "Unread ones only.")),
                     optional(id("before", "Older than this one: the next page.")),
                     optional(number("size", "1 to 200; 50 when absent.", 1, 200))},
           .answer = &noticeList(),
           .action = bind(this, &Me::notifications)},
          {.method = base::http::Method::Post,
           .path = "/notifications/read",
           .name = "readNotifications",
           .group = "notifications",
           .summary = "Mark all up to one as read.",
           .body = &readUpTo(),
           .status = 204,
           .action = bind(this, &Me::markRead)}};
}

base::Result<json> LookUpActions::agencies(const Call& call) const {
  const auto found = parts_.database.read([&](Session& session) {
    return directory::findAgencies(session, call.query.text("words"),
                                   parts_.renderer.clock().today(), hitsWanted(call));
  });
  json agencies = json::array();
  for (const auto& hit : found) {
    agencies.push_back({{"id", hit.agency.value()},
                        {"code", hit.code},
                        {"name", hit.name},
                        {"short_name", hit.shortName},
                        {"parent_name", hit.parentName},
                        {"kind", directory::name(hit.kind)},
                        {"hosted", hit.hosted}});
  }
  return json{{"agencies", std::move(agencies)}};
}

base::Result<json> LookUpActions::people(const Call& call) const {
  const auto found = parts_.database.read([&](Session& session) {
    return directory::findPeople(session, call.caller(), call.query.text("words"),
                                 parts_.renderer.clock().today(), hitsWanted(call));
  });
  json people = json::array();
  for (const auto& card : found) {
    json unit = nullptr;
    if (card.unit.valid()) unit = {{"id", card.unit.value()}, {"name", card.unitName}};
    people.push_back({{"post", card.post.value()},
                      {"person", {{"id", card.person.value()}, {"name", card.personName}}},
                      {"title", card.title},
                      {"role", directory::name(card.role)},
                      {"unit", std::move(unit)},
                      {"mail", orNull(card.mail)},
                      {"absent", card.absent}});
  }
  return json{{"people", std::move(people)}};
}

base::Result<json> LookUpActions::units(const Call& call) const {
  const auto found = parts_.database.read([&](Session& session) {
    return directory::unitsOf(session, call.caller().agency, parts_.renderer.clock().today());
  });
  json units = json::array();
  for (const auto& unit : found) {
    units.push_back({{"id", unit.id.value()},
                     {"code", unit.code},
                     {"name", unit.name},
                     {"notation", unit.notation},
                     {"parent", numberOrNull(unit.parent.value())}});
  }
  return json{{"units", std::move(units)}};
}

base::Result<json> LookUpActions::documentTypes(const Call&) const {
  json types = json::array();
  for (const auto& type : parts_.types.all()) {
    types.push_back(
        {{"code", type.code}, {"name", type.name}, {"incoming_only", type.incomingOnly}});
  }
  return json{{"types", std::move(types)}};
}

base::Result<Response> LookUpActions::notifications(const Call& call) const {
  const reminder::ReaderId reader(call.caller().person.value());
  const auto size = static_cast<std::size_t>(call.query.number("size", kNoticesOfAPage));
  return parts_.database.read([&](Session& session) {
    JsonWriter out;
    out.open('{').key("notifications").open('[');
    for (const auto& notice : reminder::Bell::list(session, reader, call.query.flag("unread"), size,
                                                   call.query.number("before"))) {
      writeNotice(out, parts_.renderer.texts(), call.visit.language, notice);
    }
    out.close(']').field("unread", reminder::Bell::unread(session, reader)).close('}');
    return Response::json(out.take());
  });
}

base::Result<json> LookUpActions::markRead(const Call& call) const {
  const reminder::ReaderId reader(call.caller().person.value());
  const auto now = parts_.renderer.clock().now();
  parts_.database.transact([&](Session& session) {
    reminder::Bell::markAllSeen(session, reader, call.body.number("last"), now);
  });
  return json();
}

}  // namespace eoffice::api
