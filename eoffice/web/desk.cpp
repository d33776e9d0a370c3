#include "eoffice/web/desk.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/web/chain_view.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/reading_pages.h"
#include "eoffice/web/rule_badge.h"
#include "eoffice/web/steps.h"
#include "eoffice/web/task_view.h"
#include "eoffice/web/waiting.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;
using documents::Detail;
using documents::Direction;
using documents::ListRow;
using nlohmann::json;

constexpr int kListSize = 50;

std::string documentPath(DocumentId id, const OpenList* list) {
  const auto path = "/documents/" + std::to_string(id.value());
  return list ? path + "?list=" + escapedQuery(list->token) : path;
}

documents::ListResult rowsOf(base::db::Session& session, const Visit& visit, const OpenList& list,
                             documents::Page page) {
  const auto* box = std::get_if<documents::Box>(&list.content);
  if (box == nullptr) {
    return documents::list(session, visit.caller(), std::get<documents::ListFilter>(list.content),
                           page, list.order);
  }
  page.total = documents::Total::NotCounted;  // The navigation counts every box.
  auto result = documents::inBox(session, visit.caller(), *box, page);
  result.total = waitingBoxes(session, visit).at(static_cast<std::size_t>(*box));
  return result;
}

// The rows around a document, as far as a page reaches to both sides; its place stays known after
// an act took it out of the list. Where nothing is before them they are the list's first page.
struct Window {
  std::vector<ListRow> rows;
  std::optional<documents::ListKey> before, after;  ///< Keys of the pages beside it.
  std::optional<ListRow> previous, next;            ///< Neighbours of the document.
  std::int64_t total = 0;
};

Window windowOf(base::db::Session& session, const Visit& visit, const OpenList& list,
                const documents::Page& page) {
  auto result = rowsOf(session, visit, list, page);
  Window window{.rows = std::move(result.rows), .total = result.total};
  if (window.rows.empty()) return window;
  const bool backwards = page.side == documents::Page::Side::Before;
  if (page.key && (!backwards || result.more)) window.before = window.rows.front().key;
  if (backwards || result.more) window.after = window.rows.back().key;
  return window;
}

Window windowAround(base::db::Session& session, const Visit& visit, const OpenList& list,
                    DocumentId current) {
  const auto* box = std::get_if<documents::Box>(&list.content);
  const auto key = box ? documents::keyInBox(session, *box, current)
                       : documents::keyInList(session, list.order, current);
  if (!key) return windowOf(session, visit, list, {.size = kListSize});
  using Side = documents::Page::Side;
  auto before = rowsOf(
      session, visit, list,
      {.key = key, .side = Side::Before, .size = kListSize, .total = documents::Total::NotCounted});
  auto rest = rowsOf(session, visit, list, {.key = key, .side = Side::From, .size = kListSize});
  Window window{.rows = std::move(before.rows), .total = rest.total};
  if (!window.rows.empty()) window.previous = window.rows.back();
  const auto next = std::find_if(rest.rows.begin(), rest.rows.end(),
                                 [&](const ListRow& row) { return row.id != current; });
  if (next != rest.rows.end()) window.next = *next;
  if (before.more) window.before = window.rows.front().key;
  window.rows.insert(window.rows.end(), rest.rows.begin(), rest.rows.end());
  if (rest.more) window.after = window.rows.back().key;
  return window;
}

json rowView(const Speech& say, const ListRow& row, const OpenList& list, DocumentId current) {
  return {{"url", documentPath(row.id, &list)},
          {"title", row.subject.empty() ? say("desk.untitled") : row.subject},
          {"second", secondLine(row, say)},
          {"third", nullptr},
          {"badge", urgencyTag(say, row.urgency)},
          {"current", row.id == current},
          {"unread", false},
          {"select", nullptr},
          {"swap", true}};
}

// texts: done.*
json emptyList(const Speech& say, const OpenList& list) {
  return {{"text", say(list.emptyKey)}, {"url", nullptr}, {"link", nullptr}};
}

json urgentOf(const Speech& say, const std::vector<ListRow>& rows) {
  const auto count = std::count_if(rows.begin(), rows.end(), [](const ListRow& row) {
    return row.urgency == documents::Urgency::Express;
  });
  if (count == 0) return nullptr;
  return say("desk.express", {{"count", std::to_string(count)}});
}

void addNeighbours(json& document, const Window& window, const OpenList& list) {
  document["back_url"] = list.path;
  if (window.previous) document["previous_url"] = documentPath(window.previous->id, &list);
  if (window.next) document["next_url"] = documentPath(window.next->id, &list);
}

json keyUrl(const OpenList& list, const char* side, const std::optional<documents::ListKey>& key) {
  if (!key) return nullptr;
  return withQuery(list.path, side + ("=" + documents::textOf(*key)));
}

// "1000+" where the list is not counted further.
json countView(std::int64_t total, const OpenList& list) {
  const bool box = std::holds_alternative<documents::Box>(list.content);
  if (box || total < documents::kMostCounted) return total;
  return std::to_string(documents::kMostCounted) + "+";
}

// The page that the address asks for; the first one where it asks for nothing that makes sense.
documents::Page pageOf(const Visit& visit) {
  documents::Page page{.size = kListSize};
  if (const auto after = visit.request.query("after")) {
    page.key = documents::listKeyFrom(*after);
  } else if (const auto before = visit.request.query("before")) {
    page.key = documents::listKeyFrom(*before);
    page.side = documents::Page::Side::Before;
  }
  if (!page.key) page.side = documents::Page::Side::After;
  return page;
}

// What the assigner answers to a report; null while there is none, and for everybody else.
json confirmView(const Speech& say, const Visit& visit, const reminder::Task& task) {
  if (task.state != reminder::TaskState::Reported || !task.reportedAt ||
      task.assigner.holder.value() != visit.caller().post.value()) {
    return nullptr;
  }
  const auto path = "/tasks/" + std::to_string(task.id.value());
  return {{"text", say("confirm.reported", {{"at", base::viDateTime(*task.reportedAt)}})},
          {"confirm_url", path + "/confirm"},
          {"return_url", path + "/return"},
          {"version", task.version}};
}

// The task of the last instruction: who leads, who supports, until when.
void addTask(json& document, base::db::Session& session, const Speech& say, const Visit& visit,
             const Detail& detail, const Renderer& renderer) {
  if (detail.instructions.empty()) return;
  const auto& instruction = detail.instructions.back();
  json lead = nullptr;
  json supports = json::array();
  json badge = nullptr;
  json due = instruction.due ? json(dayInWords(say.texts(), say.language(), *instruction.due))
                             : json(nullptr);
  const auto rights = taskRightsOf(visit.caller());
  const auto task = reminder::findTask(session, rights, reminder::TaskId(instruction.task));
  if (task) {
    std::vector<PostId> posts;
    const auto participants = reminder::participantsOf(session, task->id);
    for (const auto& one : participants) posts.emplace_back(one.seat.holder.value());
    const auto today = renderer.clock().today();
    const auto names = directory::postNames(session, posts);
    for (const auto& one : participants) {
      const auto name = names.find(PostId(one.seat.holder.value()));
      if (name == names.end()) continue;
      if (one.part == reminder::Part::Lead) lead = name->second.personName;
      if (one.part == reminder::Part::Support) supports.push_back(name->second.personName);
    }
    badge = deadlineBadge(say.texts(), say.language(), *task, today,
                          renderer.calendars().of(rights.scope));
    document["tasks"].push_back({{"url", "/tasks/" + std::to_string(task->id.value())},
                                 {"title", task->title},
                                 {"badge", badge},
                                 {"second", lead.is_null() ? json("") : lead}});
    document["confirm"] = confirmView(say, visit, *task);
  }
  document["instruction"] = {
      {"text", instruction.text},
      {"by", instruction.leaderName + ", " + instruction.leaderTitle},
      {"at", base::viDateTime(instruction.at)},
      {"lead", lead},
      {"supports", std::move(supports)},
      {"due", due.is_null() ? json(nullptr) : json{{"text", due}, {"badge", badge}}}};
}

// Who gave what to whom, from the top down.
void addChain(json& document, base::db::Session& session, const Speech& say, const Visit& visit,
              const Detail& detail, const Renderer& renderer) {
  if (detail.chain.receivers.empty()) return;
  const auto names = directory::postNames(session, postsOf(detail.chain));
  document["chain"] =
      chainView(say, detail, names, renderer.clock().today(),
                renderer.calendars().of(reminder::ScopeId(visit.caller().agency.value())));
  document["slip_url"] = "/documents/" + std::to_string(detail.document.id.value()) + "/slip";
  document["instruction"] = nullptr;
}

// What the last act of this reader left to say: the number that was given, and the way on.
json doneOf(const Speech& say, const Visit& visit, const Detail& detail, const json& document) {
  const auto done = visit.request.query("done").value_or("");
  const auto& d = detail.document;
  json number = nullptr;
  if (done == "registered" && d.incoming && d.incoming->arrivalNumber) {
    number = std::to_string(*d.incoming->arrivalNumber);
  } else if (done == "numbered") {
    number = documents::symbolOf(d.fields.codeNumber, d.fields.codeNotation);
  } else if (!say.texts().has("done." + done + ".title")) {
    return nullptr;
  }
  return {{"title", say("done." + done + ".title")},
          {"number", number},
          {"text", say("done." + done + ".text")},
          {"next_url", document["next_url"]},
          {"next_label", say("done.next")}};
}

}  // namespace

std::string listTail(const Visit& visit, char before) {
  const auto token = visit.request.query("list").value_or("");
  return token.empty() ? std::string() : before + ("list=" + escapedQuery(token));
}

void Desk::addRoutes(base::http::Router& router) {
  for (const auto& list : namedLists()) {
    addPage(router, Method::Get, pathOf(list), "desk.list." + std::string(list.slug),
            [this, &list](Visit& visit) { return showList(visit, openList(list)); });
  }
  addPage(router, Method::Get, "/incoming/new", "desk.new",
          [this](Visit& visit) { return showNew(visit, nullptr); });
  addPage(router, Method::Get, "/documents/{id}", "desk.show",
          [this](Visit& visit) { return show(visit, DocumentId(visit.number("id"))); });
}

json Desk::listPane(base::db::Session& session, const Visit& visit, const OpenList& list,
                    DocumentId current, json* document) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto window = current.valid() ? windowAround(session, visit, list, current)
                                      : windowOf(session, visit, list, pageOf(visit));
  if (document != nullptr) addNeighbours(*document, window, list);
  const auto now = parts_.renderer.clock().now();
  const auto& calendar =
      parts_.renderer.calendars().of(reminder::ScopeId(visit.caller().agency.value()));
  json rows = json::array();
  std::vector<DocumentId> ids;
  for (const auto& row : window.rows) ids.push_back(row.id);
  const auto unseen = documents::unseenAmong(session, visit.caller(), ids);
  for (const auto& row : window.rows) {
    rows.push_back(rowView(say, row, list, current));
    rows.back()["unread"] = unseen.contains(row.id);
    auto rule = ruleBadge(say, list.token, row.urgency, row.since, now, calendar);
    if (rule.is_null()) continue;
    // An urgency keeps its place; what the rule says stands below it then.
    auto& view = rows.back();
    if (view["badge"].is_null()) {
      view["badge"] = std::move(rule);
    } else {
      view["third"] = rule["text"];
    }
  }
  const bool adds = list.token == "to-register" &&
                    directory::may(visit.caller(), directory::Capability::RegisterIncoming);
  return {
      {"title", say(list.titleKey)},
      {"count", countView(window.total, list)},
      {"urgent", urgentOf(say, window.rows)},
      {"sort", nullptr},
      {"add", adds ? json{{"label", say("desk.add")}, {"url", "/incoming/new"}} : json(nullptr)},
      {"rows", std::move(rows)},
      {"previous_url", keyUrl(list, "before", window.before)},
      {"more_url", keyUrl(list, "after", window.after)},
      {"empty", emptyList(say, list)}};
}

std::optional<OpenList> Desk::listOf(const Visit& visit) const {
  return openListFrom(visit.request.query("list").value_or(""), parts_.renderer.clock().today());
}

Response Desk::showList(Visit& visit, const OpenList& list) const {
  auto pane = parts_.database.read([&](base::db::Session& session) {
    return listPane(session, visit, list, DocumentId(), nullptr);
  });
  return parts_.renderer.page(
      visit, "pages/desk",
      {{"title", pane["title"]}, {"at", "list"}, {"list", std::move(pane)}, {"document", nullptr}});
}

Response Desk::showNew(Visit& visit, const base::Refusal* refused) const {
  if (auto right = directory::require(visit.caller(), directory::Capability::RegisterIncoming);
      !right) {
    return parts_.renderer.refusal(visit, right.error());
  }
  const Speech say(parts_.renderer.texts(), visit.language);
  auto document = emptyDocument();
  document["title"] = say("desk.new");
  document["second"] = say("desk.new_second");
  document["back_url"] = "/incoming/to-register";
  document["drop"] = true;
  document["step"] = parts_.database.read([&](base::db::Session& session) {
    return Steps::newRegistration(parts_, session, visit, refused);
  });
  if (refused != nullptr) {
    document["problem"] = problemOf(parts_.renderer, visit.language, *refused);
    document["side_open"] = true;
  }
  return parts_.renderer.page(visit, "pages/desk",
                              {{"title", say("desk.new")},
                               {"at", "document"},
                               {"list", nullptr},
                               {"nav_path", "/incoming/to-register"},
                               {"document", std::move(document)}},
                              refused ? statusOf(refused->kind) : 200);
}

// The one next step and what else may be done; an act that was asked for stands in the step's
// place.
void Desk::addForms(json& document, base::db::Session& session, const Visit& visit,
                    const Detail& detail, const DeskNews& news) const {
  const ActScene scene{session, visit, detail};
  const auto asked = visit.request.query("do").value_or("");
  const auto act = news.act.empty() ? std::string_view(asked) : news.act;
  document["step"] = others_.form(scene, act, news.refused);
  if (!document["step"].is_null()) {
    document["side_open"] = true;
    return;
  }
  document["step"] = Steps(parts_, session, visit, detail).current(news.refused);
  document["others"] = others_.offered(scene);
}

Response Desk::show(Visit& visit, DocumentId id, const DeskNews& news) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto list = listOf(visit);
  // before it is read, so that what was taken back a moment ago is not shown.
  documents::noteView(parts_.database, visit.caller(), id, parts_.renderer.clock().now());
  auto page = parts_.database.read([&](base::db::Session& session) -> json {
    const auto detail = documents::detail(session, visit.caller(), id);
    if (!detail) return nullptr;
    const auto wanted = typedNumber(visit.request.query("file").value_or(""));
    auto document = documentView(say, *detail, wanted, listTail(visit, '&'));
    json pane = nullptr;
    if (list) pane = listPane(session, visit, *list, id, &document);
    addTextTab(document, session, say, visit, *detail, parts_.renderer.clock().today());
    addForms(document, session, visit, *detail, news);
    addTask(document, session, say, visit, *detail, parts_.renderer);
    addChain(document, session, say, visit, *detail, parts_.renderer);
    if (detail->document.state == documents::State::Issued) {
      document["delivery"] =
          deliveryView(say, id, exchange::delivery::deliveriesOf(session, id.value()));
    }
    document["done"] = doneOf(say, visit, *detail, document);
    if (news.refused != nullptr) {
      document["problem"] = problemOf(parts_.renderer, visit.language, *news.refused);
      document["side_open"] = true;
    }
    return {{"title", document["title"]},
            {"at", "document"},
            {"list", std::move(pane)},
            {"nav_path", list ? list->path : visit.request.path},
            {"document", std::move(document)}};
  });
  if (page.is_null()) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::NotFound, "document.unknown"});
  }
  return parts_.renderer.page(visit, "pages/desk", std::move(page),
                              news.refused ? statusOf(news.refused->kind) : 200);
}

Response Desk::backTo(const Visit& visit, DocumentId id) {
  return Response::redirect("/documents/" + std::to_string(id.value()) + listTail(visit, '?'));
}

Response Desk::nextAfter(const Visit& visit) const {
  const auto list = listOf(visit);
  if (!list) return Response::redirect("/");
  const auto next = parts_.database.read([&](base::db::Session& session) -> std::string {
    const auto result = rowsOf(session, visit, *list, {.size = 1});
    return result.rows.empty() ? list->path : documentPath(result.rows.front().id, &*list);
  });
  return Response::redirect(next);
}

}  // namespace eoffice::web
