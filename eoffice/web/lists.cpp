#include "eoffice/web/lists.h"

#include <algorithm>
#include <map>

namespace eoffice::web {
namespace {

using documents::Box;
using documents::Direction;
using documents::ListFilter;
using documents::State;

constexpr std::string_view kDocuments = "documents";

ListFilter all(Direction direction) { return {.direction = direction}; }
ListFilter inState(Direction direction, State state) {
  return {.direction = direction, .states = {state}};
}
// What has its number in the book, however far it has come: what a clerk looks for there.
ListFilter registered() {
  return {.direction = Direction::Incoming,
          .states = {State::Registered, State::Submitted, State::Directed, State::Finished}};
}
ListFilter underWay() {
  return {.direction = Direction::Outgoing,
          .states = {State::Draft, State::InReview, State::Returned, State::Approved, State::Signed,
                     State::Numbered, State::Sealed}};
}

std::vector<NamedList> makeLists() {
  const auto in = Direction::Incoming;
  const auto out = Direction::Outgoing;
  return {{"to-register", in, Box::ToRegister},
          {"to-submit", in, Box::ToSubmit},
          {"to-instruct", in, Box::ToDirect},
          {"to-handle", in, Box::ToHandle},
          {"to-support", in, Box::ToSupport},
          {"to-read", in, Box::ToRead},
          {"registered", in, registered()},
          {"directed", in, inState(in, State::Directed)},
          {"finished", in, inState(in, State::Finished)},
          {"returned", in, inState(in, State::Refused)},
          {"all-incoming", in, all(in)},
          {"to-revise", out, Box::ToRevise},
          {"to-review", out, Box::ToReview},
          {"to-sign", out, Box::ToSign},
          {"to-number", out, Box::ToNumber},
          {"to-seal", out, Box::ToSeal},
          {"to-issue", out, Box::ToIssue},
          {"under-way", out, underWay()},
          {"issued", out, inState(out, State::Issued)},
          {"all-outgoing", out, all(out)}};
}

NavEntry entry(std::string_view slug) {
  const auto* list = findList(slug);
  return {pathOf(*list), titleKeyOf(*list), list, std::nullopt};
}

NavEntry page(std::string path, std::string key) {
  return {std::move(path), "nav." + std::move(key), nullptr, std::nullopt};
}

NavEntry tasks(std::string_view slug) {
  const std::string name(slug);
  return {"/tasks/" + name, "nav.tasks." + name, nullptr, slug};
}

NavGroup lookUp() {
  return {"nav.group.look_up",
          {entry("all-incoming"), entry("all-outgoing"), page("/documents", "documents"),
           page("/case-files", "case_files"), page("/directory", "directory")}};
}

NavGroup books() {
  return {"nav.group.books",
          {page("/books/incoming", "books.incoming"), page("/books/handling", "books.handling"),
           page("/books/outgoing", "books.outgoing"), page("/numbering", "numbering"),
           page("/reports/handling", "reports.handling"), page("/case-files", "case_files"),
           page("/documents", "documents"), page("/directory", "directory")}};
}

NavGroup followedTasks() {
  return {"nav.group.tasks", {tasks("late"), tasks("near"), tasks("open"), tasks("done")}};
}

std::map<Role, std::vector<NavGroup>> makeNavigation() {
  const NavGroup today{"", {page("/today", "today")}};
  return {
      {Role::Clerk,
       {{"nav.group.incoming",
         {entry("to-register"), entry("to-submit"), entry("registered"), entry("returned")}},
        {"nav.group.outgoing",
         {entry("to-number"), entry("to-seal"), entry("to-issue"), entry("issued")}},
        books()}},
      {Role::HeadOfOffice,
       {today,
        {"nav.group.mine",
         {entry("to-submit"), entry("to-instruct"), entry("to-review"), entry("to-sign"),
          tasks("mine"), entry("to-support"), entry("to-read"), tasks("to-confirm")}},
        followedTasks(),
        books()}},
      {Role::Leader,
       {today,
        {"nav.group.mine",
         {entry("to-instruct"), entry("to-review"), entry("to-sign"), entry("to-read"),
          tasks("to-confirm")}},
        followedTasks(),
        lookUp()}},
      {Role::HeadOfUnit,
       {{"nav.group.mine",
         {tasks("mine"), entry("to-support"), entry("to-read"), entry("to-review"),
          entry("to-instruct"), entry("to-revise")}},
        {"nav.group.follow", {tasks("late"), tasks("near"), tasks("open"), tasks("done")}},
        lookUp()}},
      {Role::Official,
       {{"nav.group.mine",
         {tasks("mine"), entry("to-support"), entry("to-read"), entry("to-revise")}},
        {"nav.group.follow", {entry("under-way"), tasks("done")}},
        lookUp()}},
      {Role::RecordsKeeper, {books(), lookUp()}},
      {Role::UnitAdmin,
       {{"nav.group.look_up", {page("/directory", "directory"), page("/numbering", "numbering")}}}},
      {Role::SystemAdmin, {{"nav.group.look_up", {page("/directory", "directory")}}}}};
}

}  // namespace

const std::vector<NamedList>& namedLists() {
  static const auto kLists = makeLists();
  return kLists;
}

const NamedList* findList(Direction direction, std::string_view slug) {
  for (const auto& list : namedLists()) {
    if (list.direction == direction && list.slug == slug) return &list;
  }
  return nullptr;
}

const NamedList* findList(std::string_view slug) {
  for (const auto& list : namedLists()) {
    if (list.slug == slug) return &list;
  }
  return nullptr;
}

std::string pathOf(const NamedList& list) {
  return "/" + std::string(nameOf(list.direction)) + "/" + std::string(list.slug);
}

// texts: nav.*
std::string titleKeyOf(const NamedList& list) { return "nav.list." + std::string(list.slug); }

// texts: empty.*
OpenList openList(const NamedList& list) {
  return {.token = std::string(list.slug),
          .path = pathOf(list),
          .titleKey = titleKeyOf(list),
          .emptyKey = "empty." + std::string(list.slug),
          .content = list.content};
}

OpenList openList(const documents::View& view, base::LocalDate today) {
  const auto query = documents::queryOf(view);
  OpenList list{.token = std::string(kDocuments) + (query.empty() ? "" : "?" + query),
                .titleKey = "documents.title",
                .emptyKey = "documents.none",
                .content = view.filterOn(today),
                .order = view.shownOrder()};
  list.path = "/" + list.token;
  return list;
}

std::optional<OpenList> openListFrom(std::string_view token, base::LocalDate today) {
  if (const auto* named = findList(token)) return openList(*named);
  if (!token.starts_with(kDocuments)) return std::nullopt;
  token.remove_prefix(kDocuments.size());
  if (!token.empty() && token.front() != '?') return std::nullopt;
  return openList(documents::viewFromQuery(token.substr(token.empty() ? 0 : 1)), today);
}

std::string withQuery(const std::string& path, const std::string& more) {
  return path + (path.find('?') == std::string::npos ? "?" : "&") + more;
}

const std::vector<NavGroup>& navigationOf(Role role) {
  static const auto kNavigation = makeNavigation();
  return kNavigation.at(role);
}

std::optional<NavGroup> delegatedOf(Role role, const std::vector<std::int64_t>& boxes) {
  NavGroup group{"nav.group.delegated", {}};
  for (const auto* slug : {"to-instruct", "to-review"}) {
    const auto* list = findList(slug);
    if (boxes.at(static_cast<std::size_t>(std::get<Box>(list->content))) == 0) continue;
    const auto& own = navigationOf(role);
    const bool shown = std::any_of(own.begin(), own.end(), [&](const NavGroup& one) {
      return std::any_of(one.entries.begin(), one.entries.end(),
                         [&](const NavEntry& entry) { return entry.list == list; });
    });
    if (!shown) group.entries.push_back(entry(slug));
  }
  return group.entries.empty() ? std::nullopt : std::optional(std::move(group));
}

std::string_view homeOf(Role role) {
  switch (role) {
    case Role::Clerk:
      return "/incoming/to-register";
    case Role::HeadOfOffice:
      return "/incoming/to-submit";
    case Role::Leader:
      return "/today";
    case Role::Official:
    case Role::HeadOfUnit:
      return "/tasks/mine";
    case Role::RecordsKeeper:
      return "/books/incoming";
    case Role::UnitAdmin:
    case Role::SystemAdmin:
      return "/directory";
  }
  return "/directory";
}

}  // namespace eoffice::web
