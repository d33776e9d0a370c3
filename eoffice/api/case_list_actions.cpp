// The year's list of case files, by REST.
#include "eoffice/api/case_file_actions.h"
#include "eoffice/api/schemas.h"

namespace eoffice::api {
namespace {

using base::http::Method;
using nlohmann::json;
using records::CaseList;

std::vector<Field> entryFields() {
  return {
      optional(text("heading", "Lines of one heading stand together.", 200)),
      text("code", "Once in the list: `01.TCCB`.", 40),
      text("title", "Title.", 500),
      optional(number("retention_years", "Years; null: permanent.", 1, records::kLongestRetention)),
      optional(id("keeper", "Post.")),
      optional(text("note", "Note.", 500))};
}

const Schema& entryInput() {
  static const Schema kSchema{
      .name = "CaseListLine", .side = Schema::Side::Input, .fields = entryFields()};
  return kSchema;
}

const Schema& listInput() {
  static const Schema kSchema{
      .name = "CaseListDraft",
      .side = Schema::Side::Input,
      .fields = {objects("entries", entryInput(), "All lines, in their order."),
                 number("version", "That was seen; 0 for a list that nobody has begun.", 0)}};
  return kSchema;
}

const Schema& versionInput() {
  static const Schema kSchema{.name = "CaseListVersion",
                              .side = Schema::Side::Input,
                              .fields = {number("version", "That was seen.", 1)}};
  return kSchema;
}

const Schema& entryOutput() {
  static const Schema kSchema{
      .name = "CaseListEntry",
      .fields = {text("heading", "Heading.", 200, 0), text("code", "Code."),
                 text("title", "Title."),
                 optional(number("retention_years", "Years; null: permanent.")),
                 optional(id("keeper", "Post.")), text("keeper_name", "Who holds it."),
                 text("note", "Note."),
                 optional(id("file", "That was opened from it, if the caller sees it."))}};
  return kSchema;
}

const Schema& listOutput() {
  static const Schema kSchema{
      .name = "CaseList",
      .fields = {number("year", "Year."),
                 choice("state", "Lines change in a draft.", {"draft", "in_force"}),
                 number("version", "For the next act; 0: nobody has begun it."),
                 optional(instant("issued_at", "Put in force.")), text("issued_by", "By whom."),
                 objects("entries", entryOutput(), "In their order.")}};
  return kSchema;
}

json maybeId(std::int64_t id) { return id != 0 ? json(id) : json(nullptr); }

json listJson(const CaseList& list) {
  json entries = json::array();
  for (const auto& entry : list.entries) {
    entries.push_back(
        {{"heading", entry.heading},
         {"code", entry.code},
         {"title", entry.title},
         {"retention_years", entry.retention ? json(*entry.retention) : json(nullptr)},
         {"keeper", maybeId(entry.keeper.value())},
         {"keeper_name", entry.keeperName},
         {"note", entry.note},
         {"file", maybeId(entry.opened.value())}});
  }
  return {{"year", list.year},
          {"state", nameOf(list.state)},
          {"version", list.version},
          {"issued_at", list.issuedAt ? json(base::isoInstant(*list.issuedAt)) : json(nullptr)},
          {"issued_by", list.issuedByName},
          {"entries", std::move(entries)}};
}

int yearOf(const Call& call) {
  return static_cast<int>(std::clamp<std::int64_t>(call.path("year"), 2000, 2999));
}

}  // namespace

Operations CaseFileActions::listOperations() const {
  using Me = CaseFileActions;
  return {{.path = "/case-lists/{year}",
           .name = "showCaseList",
           .group = "case_files",
           .summary = "The agency's list of files of a year.",
           .answer = &listOutput(),
           .action = bind(this, &Me::showList)},
          {.method = Method::Put,
           .path = "/case-lists/{year}",
           .name = "saveCaseList",
           .group = "case_files",
           .summary = "Replace the lines of a draft.",
           .body = &listInput(),
           .answer = &listOutput(),
           .errors = {"permission.denied", "case_list.in_force", "case_list.changed_meanwhile",
                      "case_list.code_twice", "case_file.retention"},
           .action = bind(this, &Me::saveList)},
          {.method = Method::Post,
           .path = "/case-lists/{year}/issue",
           .name = "issueCaseList",
           .group = "case_files",
           .summary = "Put the list in force, by who signs for the agency.",
           .body = &versionInput(),
           .answer = &listOutput(),
           .errors = {"permission.denied", "case_list.empty", "case_list.in_force",
                      "case_list.changed_meanwhile"},
           .action = bind(this, &Me::issueList)}};
}

base::Result<json> CaseFileActions::showList(const Call& call) const {
  return listJson(lists_.of(call.caller(), yearOf(call)));
}

base::Result<json> CaseFileActions::saveList(const Call& call) const {
  std::vector<records::ListEntry> entries;
  for (const auto& line : call.body.objects("entries")) {
    entries.push_back(
        {.heading = line.text("heading"),
         .code = line.text("code"),
         .title = line.text("title"),
         .retention = line.has("retention_years")
                          ? records::Retention(static_cast<int>(line.number("retention_years")))
                          : std::nullopt,
         .keeper = PostId(line.number("keeper")),
         .note = line.text("note")});
  }
  const auto saved = lists_.save(call.caller(), yearOf(call),
                                 static_cast<int>(call.body.number("version")), entries);
  if (!saved) return tl::unexpected(saved.error());
  return showList(call);
}

base::Result<json> CaseFileActions::issueList(const Call& call) const {
  const auto issued =
      lists_.issue(call.caller(), yearOf(call), static_cast<int>(call.body.number("version")));
  if (!issued) return tl::unexpected(issued.error());
  return showList(call);
}

}  // namespace eoffice::api
