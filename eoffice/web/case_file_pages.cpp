#include "eoffice/web/case_file_pages.h"

#include <fstream>
#include <memory>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/text.h"
#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/temporary_file.h"
#include "eoffice/records/package.h"
#include "eoffice/web/acts.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using base::http::Method;
using base::http::Response;
using documents::TemporaryFile;
using nlohmann::json;
using records::CaseFile;
using records::CaseFileId;
using records::FileState;

constexpr int kListSize = 50;
constexpr int kFoundDocuments = 8;

std::string pathOf(CaseFileId id) { return "/case-files/" + std::to_string(id.value()); }

// The tabs of the list: what stands in the address, and what it shows.
struct Tab {
  std::string_view slug;
  records::FileFilter filter;
};
std::vector<Tab> tabsFor(const Caller& caller, base::LocalDate today) {
  const auto due = base::addDays(today, base::daysBetween(records::warningDay(today), today));
  std::vector<Tab> tabs{{"mine", {.state = FileState::Open, .mine = true}},
                        {"closed", {.state = FileState::Closed, .mine = true}},
                        {"due", {.mine = true, .dueBy = due}},
                        {"archived", {.state = FileState::Archived}}};
  if (caller.role != Role::Official) tabs.push_back({"all", {}});
  return tabs;
}

json rowView(const Speech& say, const CaseFile& file, base::LocalDate today, bool selectable) {
  return {
      {"number", file.code},
      {"url", pathOf(file.id)},
      {"title", file.title},
      {"second",
       say("case_file.second",
           {{"retention", records::retentionInWords(say.texts(), say.language(), file.retention)},
            {"count", std::to_string(file.documents)}})},
      {"who", file.keeperName},
      {"date", file.handInDue ? json(base::viDate(*file.handInDue)) : json(nullptr)},
      {"tags", caseFileTags(say, file, today)},
      {"select", selectable ? json(std::to_string(file.id.value())) : json(nullptr)}};
}

json itemView(const Speech& say, const records::ItemLine& item, int number, bool removable) {
  return {{"number", number},
          {"url",
           item.seen ? json("/documents/" + std::to_string(item.document.value())) : json(nullptr)},
          {"symbol", item.symbol},
          {"date", item.issuedDate ? base::viDate(*item.issuedDate) : ""},
          {"title", item.seen ? item.subject : say("case_file.not_seen")},
          {"second", item.issuerName},
          {"document", removable ? json(std::to_string(item.document.value())) : json(nullptr)}};
}

json factsOf(const Speech& say, const CaseFile& file) {
  json facts = json::array();
  const auto add = [&](const char* key, const std::string& value) {
    if (!value.empty()) facts.push_back({{"label", say(key)}, {"value", value}, {"url", nullptr}});
  };
  add("case_file.keeper", file.keeperName);
  add("case_file.retention",
      records::retentionInWords(say.texts(), say.language(), file.retention));
  add("case_file.opened_on", base::viDate(file.openedOn));
  if (file.endedOn) {
    add("case_file.ended_on", base::viDate(*file.endedOn));
    const auto kept = records::keptUntil(*file.endedOn, file.retention);
    add("case_file.kept_until", kept ? base::viDate(*kept) : std::string());
  }
  if (file.handInDue) add("case_file.hand_in_due", base::viDate(*file.handInDue));
  add("case_file.note", file.note);
  return facts;
}

std::string fileName(const CaseFile& file) {
  return base::fold(file.code).empty() ? "ho-so" : "ho-so-" + file.code;
}

std::string readAll(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return std::move(out).str();
}

}  // namespace

// texts: case_state.*
json caseFileTags(const Speech& say, const CaseFile& file, base::LocalDate today) {
  json tags = json::array();
  const auto add = [&](const char* kind, const std::string& text) {
    tags.push_back({{"kind", kind}, {"text", text}, {"hint", nullptr}});
  };
  if (file.state == FileState::Closed && file.handInDue &&
      records::mustBeHandedIn(file.retention)) {
    const int left = base::daysBetween(today, *file.handInDue);
    const base::Texts::Facts facts{{"days", std::to_string(std::abs(left))}};
    if (left < 0) {
      add("late", say("case_file.late", facts));
      return tags;
    }
    if (today >= records::warningDay(*file.handInDue)) {
      add("near", say("case_file.near", facts));
      return tags;
    }
  }
  add(file.state == FileState::Archived ? "good" : "plain",
      say("case_state." + std::string(nameOf(file.state))));
  return tags;
}

records::Letterhead letterheadOf(Session& session, const Visit& visit, base::Instant now) {
  const auto agency = directory::findAgency(session, visit.caller().agency);
  const auto parent = directory::findAgency(session, agency ? agency->parent : AgencyId());
  return {.parent = parent ? parent->name : "",
          .agency = agency ? agency->name : "",
          .printedBy = visit.caller().name + ", " + base::viDateTime(now)};
}

Response paperAnswer(const std::filesystem::path& file, const std::string& name) {
  Response response;
  response.body = readAll(file);
  response.set("Content-Type", "application/pdf");
  response.set("Content-Disposition", "inline; filename*=UTF-8''" + escapedQuery(name) + ".pdf");
  response.set("Content-Security-Policy", "sandbox; default-src 'none'");
  response.set("Cache-Control", "private, no-store");
  return response;
}

void CaseFilePages::addRoutes(base::http::Router& router) {
  const auto get = [&](const char* path, const char* name, auto member) {
    addPage(router, Method::Get, path, name,
            [this, member](Visit& visit) { return (this->*member)(visit); });
  };
  const auto post = [&](const char* path, const char* name, auto member) {
    addPage(router, Method::Post, path, name,
            [this, member](Visit& visit) { return (this->*member)(visit); });
  };
  get("/case-files", "case_file.list", &CaseFilePages::list);
  addPage(router, Method::Get, "/case-files/new", "case_file.new",
          [this](Visit& visit) { return showNew(visit, nullptr); });
  post("/case-files/new", "case_file.open", &CaseFilePages::open);
  get("/case-files/{id}", "case_file.show", &CaseFilePages::show);
  post("/case-files/{id}/documents", "case_file.add", &CaseFilePages::addDocument);
  post("/case-files/{id}/documents/remove", "case_file.remove", &CaseFilePages::removeDocument);
  get("/case-files/{id}/contents.pdf", "case_file.contents", &CaseFilePages::contents);
  get("/case-files/{id}/package.zip", "case_file.package", &CaseFilePages::package);
  post("/documents/{id}/lay-in-file", "document.lay_in_file", &CaseFilePages::layIn);
  for (const char* slug : {"edit", "close", "reopen", "keep-back", "pass-on", "hand-in"}) {
    addPage(router, Method::Post, std::string("/case-files/{id}/") + slug,
            std::string("case_file.") + slug,
            [this, slug](Visit& visit) { return act(visit, slug); });
  }
}

// texts: case_tab.* case_empty.*
Response CaseFilePages::list(Visit& visit) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto today = parts_.renderer.clock().today();
  const auto tabs = tabsFor(visit.caller(), today);
  const auto asked = visit.request.query("tab").value_or("mine");
  const auto found =
      std::find_if(tabs.begin(), tabs.end(), [&](const Tab& tab) { return tab.slug == asked; });
  const auto& tab = found == tabs.end() ? tabs.front() : *found;
  auto filter = tab.filter;
  filter.words = base::squeezed(visit.request.query("q").value_or(""));
  const CaseFileId before(typedNumber(visit.request.query("before").value_or("")));
  const auto page = parts_.database.read([&](Session& session) {
    return records::listFiles(session, visit.caller(), filter, before, kListSize);
  });
  const bool selectable = tab.slug == "closed" || tab.slug == "due";
  json rows = json::array();
  for (const auto& file : page.files) {
    rows.push_back(rowView(say, file, today, selectable && file.state == FileState::Closed));
  }
  json tabViews = json::array();
  for (const auto& one : tabs) {
    tabViews.push_back({{"label", say("case_tab." + std::string(one.slug))},
                        {"url", "/case-files?tab=" + std::string(one.slug)},
                        {"current", one.slug == tab.slug},
                        {"count", nullptr},
                        {"alert", false}});
  }
  const auto here = "/case-files?tab=" + std::string(tab.slug) +
                    (filter.words.empty() ? "" : "&q=" + escapedQuery(filter.words));
  const auto year = std::to_string(static_cast<int>(today.year()));
  return parts_.renderer.page(
      visit, "pages/case_files",
      {{"title", say("case_file.files")},
       {"nav_path", "/case-files"},
       {"list_url", "/case-lists/" + year},
       {"tabs", std::move(tabViews)},
       {"filter",
        {{"action", "/case-files"},
         {"hidden", json::array({{{"name", "tab"}, {"value", tab.slug}}})},
         {"text", filter.words},
         {"text_label", say("case_file.find")},
         {"selects", json::array()},
         {"dates", nullptr},
         {"clear_url", nullptr}}},
       {"rows", std::move(rows)},
       {"selectable", selectable},
       {"more_url", page.next.valid() ? json(here + "&before=" + std::to_string(page.next.value()))
                                      : json(nullptr)},
       {"empty",
        {{"text", say("case_empty." + std::string(tab.slug))},
         {"url", nullptr},
         {"link", nullptr}}}});
}

Response CaseFilePages::showNew(Visit& visit, const base::Refusal* refused) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto asked = [&](const char* name) { return visit.request.query(name).value_or(""); };
  const auto years = typedNumber(asked("years"));
  const records::Cover cover{
      .code = asked("code"),
      .title = asked("title"),
      .retention = asked("years") == "permanent" ? std::nullopt
                   : years > 0                   ? records::Retention(static_cast<int>(
                                     std::min<std::int64_t>(years, records::kLongestRetention)))
                                                 : records::Retention(10),
      .openedOn = parts_.renderer.clock().today()};
  const auto errors =
      refused ? errorsOf(parts_.renderer, visit.language, *refused) : json::object();
  return parts_.renderer.page(
      visit, "pages/form",
      {{"title", say("case_file.new")},
       {"nav_path", "/case-files"},
       {"lead", say("case_file.new_lead")},
       {"action", "/case-files/new"},
       {"submit_label", say("case_file.open")},
       {"cancel_url", "/case-files"},
       {"problem", refused ? problemOf(parts_.renderer, visit.language, *refused) : json(nullptr)},
       {"errors", errors},
       {"fields", fieldsView(coverFields(say, cover), "case_act.edit", say, visit, errors)}},
      refused ? statusOf(refused->kind) : 200);
}

Response CaseFilePages::open(Visit& visit) const {
  const auto cover = typedCover(visit);
  if (!cover) return showNew(visit, &cover.error());
  const auto opened = files_.open(visit.caller(), *cover);
  if (!opened) return showNew(visit, &opened.error());
  return Response::redirect(pathOf(*opened));
}

Response CaseFilePages::show(Visit& visit) const {
  return page(visit, CaseFileId(visit.number("id")), visit.request.query("do").value_or(""),
              nullptr);
}

Response CaseFilePages::act(Visit& visit, const std::string& slug) const {
  const CaseFileId id(visit.number("id"));
  const auto done = carryOut(visit, slug);
  if (!done) return page(visit, id, slug, &done.error());
  return Response::redirect(pathOf(id));
}

Response CaseFilePages::addDocument(Visit& visit) const {
  const CaseFileId id(visit.number("id"));
  const auto added =
      files_.add(visit.caller(), id, {DocumentId(typedNumber(visit.form.value("document")))});
  if (!added) return page(visit, id, "", &added.error());
  const auto words = visit.form.value("find");
  return Response::redirect(pathOf(id) + (words.empty() ? "" : "?find=" + escapedQuery(words)) +
                            "#find");
}

Response CaseFilePages::removeDocument(Visit& visit) const {
  const CaseFileId id(visit.number("id"));
  const auto removed =
      files_.remove(visit.caller(), id, DocumentId(typedNumber(visit.form.value("document"))));
  if (!removed) return page(visit, id, "", &removed.error());
  return Response::redirect(pathOf(id));
}

Response CaseFilePages::page(Visit& visit, CaseFileId id, const std::string& asked,
                             const base::Refusal* refused) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto today = parts_.renderer.clock().today();
  const auto find = base::squeezed(visit.request.query("find").value_or(""));
  auto data = parts_.database.read([&](Session& session) -> json {
    const auto file = records::findFile(session, visit.caller(), id);
    if (!file) return nullptr;
    const bool fills = file->state == FileState::Open && file->keeper == visit.caller().post;
    json rows = json::array();
    for (const auto& item : records::itemsOf(session, visit.caller(), id)) {
      rows.push_back(itemView(say, item, static_cast<int>(rows.size()) + 1, fills));
    }
    json found = json::array();
    if (fills && !find.empty()) {
      for (const auto& row :
           documents::list(session, visit.caller(), {.words = find}, {.size = kFoundDocuments})
               .rows) {
        found.push_back({{"document", std::to_string(row.id.value())},
                         {"title", row.subject},
                         {"second", secondLine(row, say)}});
      }
    }
    auto step = stepOf(session, visit, *file, asked, refused);
    return {{"title", file->title},
            {"nav_path", "/case-files"},
            {"code", file->code},
            {"tags", caseFileTags(say, *file, today)},
            {"path", pathOf(id)},
            {"fills", fills},
            {"find", find},
            {"found", std::move(found)},
            {"rows", std::move(rows)},
            {"facts", factsOf(say, *file)},
            {"step", std::move(step["form"])},
            {"next", std::move(step["next"])},
            {"others", std::move(step["others"])},
            {"problem",
             refused ? problemOf(parts_.renderer, visit.language, *refused) : json(nullptr)}};
  });
  if (data.is_null()) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "case_file.unknown"});
  }
  return parts_.renderer.page(visit, "pages/case_file", std::move(data),
                              refused ? statusOf(refused->kind) : 200);
}

Response CaseFilePages::contents(Visit& visit) const {
  const CaseFileId id(visit.number("id"));
  const TemporaryFile out(parts_.temporary);
  const auto name = parts_.database.read([&](Session& session) -> std::string {
    const auto file = records::findFile(session, visit.caller(), id);
    if (!file) return {};
    papers_.contents(letterheadOf(session, visit, parts_.renderer.clock().now()), *file,
                     records::itemsOf(session, visit.caller(), id), out.path());
    return fileName(*file);
  });
  if (name.empty()) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "case_file.unknown"});
  }
  return paperAnswer(out.path(), name);
}

// The package is written to a file that lives as long as the answer is being sent.
Response CaseFilePages::package(Visit& visit) const {
  const auto out = std::make_shared<TemporaryFile>(parts_.temporary);
  const TemporaryFile list(parts_.temporary);
  const auto now = parts_.renderer.clock().now();
  const CaseFileId id(visit.number("id"));
  auto package = parts_.database.read([&](Session& session) -> std::optional<records::Package> {
    const auto file = records::findFile(session, visit.caller(), id);
    if (!file) return std::nullopt;
    const auto agency = directory::findAgency(session, file->agency);
    records::Package made{.file = *file,
                          .agencyCode = agency ? agency->codeQd20 : "",
                          .agencyName = agency ? agency->name : "",
                          .items = records::itemsOf(session, visit.caller(), id),
                          .files = records::filesToPack(session, visit.caller(), id),
                          .at = now,
                          .by = visit.caller().name};
    papers_.contents(letterheadOf(session, visit, now), *file, made.items, list.path());
    return made;
  });
  if (!package) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "case_file.unknown"});
  }
  package->contents = readAll(list.path());
  records::writePackage(*package, parts_.blobs, out->path());
  files_.noteExport(visit.caller(), id);
  Response response;
  response.body = [out](std::ostream& stream) {
    std::ifstream in(out->path(), std::ios::binary);
    stream << in.rdbuf();
  };
  response.set("Content-Type", "application/zip");
  response.set("Content-Disposition",
               "attachment; filename*=UTF-8''" + escapedQuery(fileName(package->file)) + ".zip");
  response.set("Cache-Control", "private, no-store");
  return response;
}

void CaseFilePages::addActs(OtherActs& others) const {
  others.add({.slug = "lay-in-file",
              .offered = [](const ActScene&) { return true; },
              .form =
                  [](const ActScene& scene) {
                    ActField file{.kind = ActField::Kind::One, .name = "file", .required = true};
                    const auto page =
                        records::listFiles(scene.session, scene.visit.caller(),
                                           {.state = FileState::Open, .mine = true}, {}, 200);
                    for (const auto& one : page.files) {
                      file.options.push_back({std::to_string(one.id.value()), one.title, one.code,
                                              page.files.size() == 1});
                    }
                    return ActForm{.fields = {std::move(file)}};
                  }});
}

Response CaseFilePages::layIn(Visit& visit) const {
  const DocumentId document(visit.number("id"));
  const auto added =
      files_.add(visit.caller(), CaseFileId(typedNumber(visit.form.value("file"))), {document});
  return afterOther(added, desk_, visit, document, "lay-in-file");
}

}  // namespace eoffice::web
