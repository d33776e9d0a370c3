#include "eoffice/api/case_file_actions.h"

#include "eoffice/api/schemas.h"
#include "eoffice/records/case_file_rows.h"

namespace eoffice::api {
namespace {

using base::db::Session;
using base::http::Method;
using nlohmann::json;
using records::CaseFile;
using records::CaseFileId;
using records::HandIn;
using records::HandInId;

constexpr int kUsualSize = 20;

Field retention() {
  return optional(
      number("retention_years", "Years; null: permanent.", 1, records::kLongestRetention));
}

const Schema& fileRow() {
  static const Schema kSchema{
      .name = "CaseFile",
      .fields = {id("id", "File."), text("code", "Number and notation: `01.TCCB`."),
                 text("title", "Title."), number("year", "Of its opening."),
                 choice("state", "What may be done.", {"open", "closed", "handed_in", "archived"}),
                 number("version", "For the next act.", 1), id("keeper", "Post."),
                 text("keeper_name", "Who holds it."), retention(),
                 choice("work", "Decides the time for handing in.", {"general", "construction"}),
                 date("opened_on", "Day."), optional(date("ended_on", "End of the work.")),
                 optional(date("hand_in_due", "Last day for handing in.")),
                 optional(date("kept_back_until", "With consent.")), text("note", "Note.", 500, 0),
                 number("documents", "How many it holds.")}};
  return kSchema;
}

const Schema& item() {
  static const Schema kSchema{
      .name = "CaseFileItem",
      .fields = {id("document", "Document."), flag("seen", "False: not the caller's to see."),
                 text("symbol", "Number and notation."),
                 optional(date("issued_date", "The document's own date.")), text("type", "Type."),
                 text("subject", "Abstract."), text("issuer", "Issuer."), number("pages", "Pages."),
                 instant("added_at", "Laid in.")}};
  return kSchema;
}

const Schema& fileDetail() {
  static const Schema kSchema{.name = "CaseFileDetail",
                              .fields = {object("file", fileRow()),
                                         objects("documents", item(), "Sorted by their dates.")}};
  return kSchema;
}

const Schema& fileList() {
  static const Schema kSchema{
      .name = "CaseFileList",
      .fields = {objects("files", fileRow(), "Newest first."),
                 optional(id("next", "`before` of the next page; null at the end."))}};
  return kSchema;
}

const Schema& cover(bool withVersion) {
  const auto fields = [](bool versioned) {
    std::vector<Field> all{
        text("code", "Once in the agency and year.", 40),
        text("title", "Title.", 500),
        retention(),
        optional(choice("work", "`general` when absent.", {"general", "construction"})),
        optional(date("opened_on", "Today when absent.")),
        optional(text("note", "Note.", 500))};
    if (versioned) all.push_back(schemas::version());
    return all;
  };
  static const Schema kNew{
      .name = "NewCaseFile", .side = Schema::Side::Input, .fields = fields(false)};
  static const Schema kEdit{
      .name = "CaseFileCover", .side = Schema::Side::Input, .fields = fields(true)};
  return withVersion ? kEdit : kNew;
}

const Schema& documentIds() {
  static const Schema kSchema{.name = "CaseFileDocuments",
                              .side = Schema::Side::Input,
                              .fields = {ids("documents", "That the caller may see.", 200)}};
  return kSchema;
}

const Schema& closing() {
  static const Schema kSchema{
      .name = "CaseFileClosing",
      .side = Schema::Side::Input,
      .fields = {date("ended_on", "End of the work."), text("title", "The last word on it.", 500),
                 retention(), schemas::version()}};
  return kSchema;
}

const Schema& reason() {
  static const Schema kSchema{.name = "CaseFileReason",
                              .side = Schema::Side::Input,
                              .fields = {text("reason", "Why."), schemas::version()}};
  return kSchema;
}

const Schema& keepingBack() {
  static const Schema kSchema{
      .name = "CaseFileKeepingBack",
      .side = Schema::Side::Input,
      .fields = {date("until", "Last day."), text("reason", "The written consent, and why."),
                 schemas::version()}};
  return kSchema;
}

const Schema& passingOn() {
  static const Schema kSchema{
      .name = "CaseFilePassingOn",
      .side = Schema::Side::Input,
      .fields = {id("keeper", "Post of the agency."), text("reason", "Why."), schemas::version()}};
  return kSchema;
}

const Schema& handInRow() {
  static const Schema kSchema{
      .name = "CaseHandIn",
      .fields = {id("id", "Hand-in."),
                 choice("state", "What the archive answered.", {"waiting", "accepted", "returned"}),
                 instant("at", "Handed in."), text("by", "By whom."),
                 optional(instant("answered_at", "By the archive.")),
                 text("answered_by", "Who answered."), text("remark", "Why it was given back."),
                 number("count", "Files.")}};
  return kSchema;
}

const Schema& handInList() {
  static const Schema kSchema{
      .name = "CaseHandInList",
      .fields = {objects("hand_ins", handInRow(), "Those that wait first, then newest first.")}};
  return kSchema;
}

const Schema& handInDetail() {
  static const Schema kSchema{
      .name = "CaseHandInDetail",
      .fields = {object("hand_in", handInRow()), objects("files", fileRow(), "As listed.")}};
  return kSchema;
}

const Schema& chosenFiles() {
  static const Schema kSchema{.name = "CaseFileChoice",
                              .side = Schema::Side::Input,
                              .fields = {ids("files", "Closed files of the caller.")}};
  return kSchema;
}

const Schema& givingBack() {
  static const Schema kSchema{
      .name = "CaseHandInReturn", .side = Schema::Side::Input, .fields = {text("reason", "Why.")}};
  return kSchema;
}

json maybeDay(const std::optional<base::LocalDate>& day) {
  return day ? json(base::isoDate(*day)) : json(nullptr);
}

json fileJson(const CaseFile& file) {
  return {{"id", file.id.value()},
          {"code", file.code},
          {"title", file.title},
          {"year", file.year},
          {"state", nameOf(file.state)},
          {"version", file.version},
          {"keeper", file.keeper.value()},
          {"keeper_name", file.keeperName},
          {"retention_years", file.retention ? json(*file.retention) : json(nullptr)},
          {"work", nameOf(file.work)},
          {"opened_on", base::isoDate(file.openedOn)},
          {"ended_on", maybeDay(file.endedOn)},
          {"hand_in_due", maybeDay(file.handInDue)},
          {"kept_back_until", maybeDay(file.keptBackUntil)},
          {"note", file.note},
          {"documents", file.documents}};
}

json filesJson(const std::vector<CaseFile>& files) {
  json rows = json::array();
  for (const auto& file : files) rows.push_back(fileJson(file));
  return rows;
}

json itemJson(const records::ItemLine& one) {
  return {{"document", one.document.value()},
          {"seen", one.seen},
          {"symbol", one.symbol},
          {"issued_date", maybeDay(one.issuedDate)},
          {"type", one.typeName},
          {"subject", one.subject},
          {"issuer", one.issuerName},
          {"pages", one.pages},
          {"added_at", base::isoInstant(one.addedAt)}};
}

json handInJson(const HandIn& one) {
  return {{"id", one.id.value()},
          {"state", nameOf(one.state)},
          {"at", base::isoInstant(one.at)},
          {"by", one.byName},
          {"answered_at", one.answeredAt ? json(base::isoInstant(*one.answeredAt)) : json(nullptr)},
          {"answered_by", one.answeredByName},
          {"remark", one.remark},
          {"count", one.files}};
}

records::Retention retentionOf(const Values& body) {
  if (!body.has("retention_years")) return std::nullopt;
  return static_cast<int>(body.number("retention_years"));
}

records::FileTarget targetOf(const Call& call) {
  return {CaseFileId(call.path("id")), static_cast<int>(call.body.number("version"))};
}

records::Cover coverOf(const Values& body, base::LocalDate today) {
  return {.code = body.text("code"),
          .title = body.text("title"),
          .retention = retentionOf(body),
          .work = records::workFrom(body.text("work")).value_or(records::Work::General),
          .openedOn = body.date("opened_on").value_or(today),
          .note = body.text("note")};
}

const std::vector<std::string> kActErrors{"case_file.unknown", "case_file.not_yours",
                                          "case_file.changed_meanwhile", "case_file.wrong_state"};

std::vector<std::string> with(std::vector<std::string> more) {
  more.insert(more.begin(), kActErrors.begin(), kActErrors.end());
  return more;
}

}  // namespace

Operations CaseFileActions::operations() const {
  auto all = fileOperations();
  for (auto more : {handInOperations(), listOperations()}) {
    all.insert(all.end(), more.begin(), more.end());
  }
  return all;
}

Operations CaseFileActions::fileOperations() const {
  using Me = CaseFileActions;
  const auto act = [&](const char* path, const char* name, const char* summary, const Schema* body,
                       std::vector<std::string> errors, auto member) {
    return Operation{.method = Method::Post,
                     .path = std::string("/case-files/{id}/") + path,
                     .name = name,
                     .group = "case_files",
                     .summary = summary,
                     .body = body,
                     .answer = &fileRow(),
                     .errors = with(std::move(errors)),
                     .action = bind(this, member)};
  };
  return {
      {.path = "/case-files",
       .name = "listCaseFiles",
       .group = "case_files",
       .summary = "The case files that the caller may see.",
       .query = {optional(choice("state", "Of that state.",
                                 {"open", "closed", "handed_in", "archived"})),
                 optional(flag("mine", "Only those that the caller keeps.")),
                 optional(number("year", "Of that year.", 2000, 2999)),
                 optional(text("q", "Words of code or title.", 200)),
                 optional(date("due_by", "To be handed in by that day.")),
                 optional(id("before", "`next` of the page before.")),
                 optional(number("size", "1 to 200; 20 when absent.", 1, 200))},
       .answer = &fileList(),
       .action = bind(this, &Me::list)},
      {.method = Method::Post,
       .path = "/case-files",
       .name = "openCaseFile",
       .group = "case_files",
       .summary = "Open a file; the caller keeps it.",
       .body = &cover(false),
       .answer = &fileRow(),
       .status = 201,
       .errors = {"case_file.code_taken", "case_file.retention", "field.date_in_future"},
       .action = bind(this, &Me::open)},
      {.path = "/case-files/{id}",
       .name = "showCaseFile",
       .group = "case_files",
       .summary = "A file with its documents.",
       .answer = &fileDetail(),
       .errors = {"case_file.unknown"},
       .action = bind(this, &Me::show)},
      act("cover", "editCaseFile", "Change the cover of an open file.", &cover(true),
          {"case_file.code_taken", "case_file.retention", "field.date_in_future"}, &Me::edit),
      act("documents", "layIntoCaseFile", "Lay documents in; those that lie there stay.",
          &documentIds(), {"case_file.no_document", "case_file.full", "document.unknown"},
          &Me::add),
      {.method = Method::Delete,
       .path = "/case-files/{id}/documents/{document}",
       .name = "takeOutOfCaseFile",
       .group = "case_files",
       .summary = "Take a document out; the document itself stays.",
       .answer = &fileRow(),
       .errors = kActErrors,
       .action = bind(this, &Me::remove)},
      act("closing", "closeCaseFile", "The work is done: the file takes no more documents.",
          &closing(),
          {"case_file.empty", "case_file.ends_before_it_begins", "case_file.retention",
           "field.date_in_future"},
          &Me::close),
      act("reopening", "reopenCaseFile", "Open a closed file again.", &reason(), {}, &Me::reopen),
      act("keeping-back", "keepCaseFileBack", "Keep a closed file back, with written consent.",
          &keepingBack(), {"case_file.kept_back_too_long"}, &Me::keepBack),
      act("keeper", "passCaseFileOn", "Give the file to another keeper.", &passingOn(),
          {"case_file.unknown_keeper"}, &Me::passOn)};
}

Operations CaseFileActions::handInOperations() const {
  using Me = CaseFileActions;
  return {
      {.path = "/case-hand-ins",
       .name = "listCaseHandIns",
       .group = "case_files",
       .summary = "Hand-ins to the archive: the agency's for keepers of records, else one's own.",
       .answer = &handInList(),
       .action = bind(this, &Me::handIns)},
      {.method = Method::Post,
       .path = "/case-hand-ins",
       .name = "handInCaseFiles",
       .group = "case_files",
       .summary = "Hand closed files in to the archive, together.",
       .body = &chosenFiles(),
       .answer = &handInDetail(),
       .status = 201,
       .errors = {"case_file.none_chosen", "case_file.unknown", "case_file.not_closed"},
       .action = bind(this, &Me::handIn)},
      {.path = "/case-hand-ins/{id}",
       .name = "showCaseHandIn",
       .group = "case_files",
       .summary = "A hand-in with its files.",
       .answer = &handInDetail(),
       .errors = {"hand_in.unknown"},
       .action = bind(this, &Me::showHandIn)},
      {.method = Method::Post,
       .path = "/case-hand-ins/{id}/acceptance",
       .name = "acceptCaseHandIn",
       .group = "case_files",
       .summary = "The archive takes the files.",
       .answer = &handInDetail(),
       .errors = {"permission.denied", "hand_in.unknown", "hand_in.answered"},
       .action = bind(this, &Me::accept)},
      {.method = Method::Post,
       .path = "/case-hand-ins/{id}/return",
       .name = "returnCaseHandIn",
       .group = "case_files",
       .summary = "The archive gives the files back.",
       .body = &givingBack(),
       .answer = &handInDetail(),
       .errors = {"permission.denied", "hand_in.unknown", "hand_in.answered"},
       .action = bind(this, &Me::giveBack)}};
}

base::Result<json> CaseFileActions::after(const Call& call, const base::Result<void>& act) const {
  if (!act) return tl::unexpected(act.error());
  const auto file = parts_.database.read([&](Session& session) {
    return records::findFile(session, call.caller(), CaseFileId(call.path("id")));
  });
  if (!file) return base::refuse(base::RefusalKind::NotFound, "case_file.unknown");
  return fileJson(*file);
}

base::Result<json> CaseFileActions::list(const Call& call) const {
  const auto& query = call.query;
  const records::FileFilter filter{
      .state = records::fileStateFrom(query.text("state")),
      .mine = query.flag("mine"),
      .year =
          query.has("year") ? std::optional(static_cast<int>(query.number("year"))) : std::nullopt,
      .words = query.text("q"),
      .dueBy = query.date("due_by")};
  const auto page = parts_.database.read([&](Session& session) {
    return records::listFiles(session, call.caller(), filter, CaseFileId(query.number("before")),
                              static_cast<int>(query.number("size", kUsualSize)));
  });
  return json{{"files", filesJson(page.files)},
              {"next", page.next.valid() ? json(page.next.value()) : json(nullptr)}};
}

base::Result<json> CaseFileActions::show(const Call& call) const {
  const CaseFileId id(call.path("id"));
  return parts_.database.read([&](Session& session) -> base::Result<json> {
    const auto file = records::findFile(session, call.caller(), id);
    if (!file) return base::refuse(base::RefusalKind::NotFound, "case_file.unknown");
    json items = json::array();
    for (const auto& one : records::itemsOf(session, call.caller(), id)) {
      items.push_back(itemJson(one));
    }
    return json{{"file", fileJson(*file)}, {"documents", std::move(items)}};
  });
}

base::Result<json> CaseFileActions::open(const Call& call) const {
  const auto opened =
      files_.open(call.caller(), coverOf(call.body, parts_.renderer.clock().today()));
  if (!opened) return tl::unexpected(opened.error());
  return fileJson(*parts_.database.read(
      [&](Session& session) { return records::findFile(session, call.caller(), *opened); }));
}

base::Result<json> CaseFileActions::edit(const Call& call) const {
  return after(call, files_.edit(call.caller(), targetOf(call),
                                 coverOf(call.body, parts_.renderer.clock().today())));
}

base::Result<json> CaseFileActions::add(const Call& call) const {
  std::vector<DocumentId> documents;
  for (const auto id : call.body.numbers("documents")) documents.emplace_back(id);
  return after(call, files_.add(call.caller(), CaseFileId(call.path("id")), documents));
}

base::Result<json> CaseFileActions::remove(const Call& call) const {
  return after(call, files_.remove(call.caller(), CaseFileId(call.path("id")),
                                   DocumentId(call.path("document"))));
}

base::Result<json> CaseFileActions::close(const Call& call) const {
  return after(call,
               files_.close(call.caller(), {targetOf(call), *call.body.date("ended_on"),
                                            call.body.text("title"), retentionOf(call.body)}));
}

base::Result<json> CaseFileActions::reopen(const Call& call) const {
  return after(call, files_.reopen(call.caller(), targetOf(call), call.body.text("reason")));
}

base::Result<json> CaseFileActions::keepBack(const Call& call) const {
  return after(call, files_.keepBack(call.caller(), targetOf(call), *call.body.date("until"),
                                     call.body.text("reason")));
}

base::Result<json> CaseFileActions::passOn(const Call& call) const {
  return after(call, files_.passOn(call.caller(), targetOf(call),
                                   PostId(call.body.number("keeper")), call.body.text("reason")));
}

base::Result<json> CaseFileActions::afterHandIn(const Call& call, HandInId id,
                                                const base::Result<void>& act) const {
  if (!act) return tl::unexpected(act.error());
  return parts_.database.read([&](Session& session) -> base::Result<json> {
    const auto handIn = records::findHandIn(session, call.caller(), id);
    if (!handIn) return base::refuse(base::RefusalKind::NotFound, "hand_in.unknown");
    return json{{"hand_in", handInJson(*handIn)},
                {"files", filesJson(records::filesOf(session, call.caller(), id))}};
  });
}

base::Result<json> CaseFileActions::handIns(const Call& call) const {
  json rows = json::array();
  for (const auto& one : parts_.database.read(
           [&](Session& session) { return records::handIns(session, call.caller()); })) {
    rows.push_back(handInJson(one));
  }
  return json{{"hand_ins", std::move(rows)}};
}

base::Result<json> CaseFileActions::handIn(const Call& call) const {
  std::vector<CaseFileId> files;
  for (const auto id : call.body.numbers("files")) files.emplace_back(id);
  const auto done = files_.handIn(call.caller(), files);
  if (!done) return tl::unexpected(done.error());
  return afterHandIn(call, *done, {});
}

base::Result<json> CaseFileActions::showHandIn(const Call& call) const {
  return afterHandIn(call, HandInId(call.path("id")), {});
}

base::Result<json> CaseFileActions::accept(const Call& call) const {
  const HandInId id(call.path("id"));
  return afterHandIn(call, id, files_.accept(call.caller(), id));
}

base::Result<json> CaseFileActions::giveBack(const Call& call) const {
  const HandInId id(call.path("id"));
  return afterHandIn(call, id, files_.giveBack(call.caller(), id, call.body.text("reason")));
}

}  // namespace eoffice::api
