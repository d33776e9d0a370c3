#include "eoffice/web/search_pages.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "eoffice/directory/pickers.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/hits.h"
#include "eoffice/web/search_form.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using base::http::Response;
using documents::FindResult;
using documents::FoundDocument;
using nlohmann::json;
using search::FacetCount;

constexpr std::size_t kOthers = 10;  // People and agencies beside the documents.
constexpr int kSuggestedDocuments = 6;
constexpr std::size_t kSuggestedOthers = 3;
constexpr int kMostPages = 50;

json partsView(const std::vector<search::Marked>& parts) {
  json list = json::array();
  for (const auto& part : parts) list.push_back({{"text", part.text}, {"hit", part.hit}});
  return list;
}

// `12.345` as it is written in the language.
std::string grouped(std::int64_t number, base::Language language) {
  auto digits = std::to_string(number);
  for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3) {
    digits.insert(static_cast<std::size_t>(at), language == base::Language::Vi ? "." : ",");
  }
  return digits;
}

std::string originKey(search::Origin origin) {
  switch (origin) {
    case search::Origin::Subject:
    case search::Origin::Description:
      return "search.in.description";
    case search::Origin::Instruction:
      return "search.in.instruction";
    case search::Origin::Note:
      return "search.in.note";
    case search::Origin::FileName:
      return "search.in.file_name";
    case search::Origin::Text:
      return "search.in.text";
    case search::Origin::Receivers:
      return "search.in.receivers";
  }
  return "search.in.text";
}

json rowView(const Speech& say, const FoundDocument& found) {
  auto parts = partsView(found.subject);
  if (parts.empty()) parts.push_back({{"text", say("search.no_subject")}, {"hit", false}});
  json passage = nullptr;
  if (!found.passage.parts.empty()) {
    // texts: search.in.*
    passage = {{"origin", say(originKey(found.passage.origin))},
               {"pieces", partsView(found.passage.parts)}};
  }
  return {{"url", "/documents/" + std::to_string(found.row.id.value())},
          {"parts", std::move(parts)},
          {"badge", urgencyTag(say, found.row.urgency)},
          {"second", secondLine(found.row, say)},
          {"passage", std::move(passage)}};
}

json otherRow(const std::string& url, json parts, const std::string& second) {
  return {{"url", url},
          {"parts", std::move(parts)},
          {"badge", nullptr},
          {"second", second},
          {"passage", nullptr}};
}

json peopleRows(Session& session, const Caller& caller, const std::string& words,
                base::LocalDate today, std::size_t most) {
  json rows = json::array();
  for (const auto& card : directory::findPeople(session, caller, words, today, most)) {
    rows.push_back(
        otherRow("/directory?q=" + escapedQuery(card.personName), partsOf(card.personName, words),
                 card.title + " · " + (card.unitName.empty() ? card.agencyName : card.unitName)));
  }
  return rows;
}

json agencyRows(Session& session, const std::string& words, base::LocalDate today,
                std::size_t most) {
  json rows = json::array();
  for (const auto& agency : directory::findAgencies(session, words, today, most)) {
    rows.push_back(otherRow(
        "/directory/agencies?q=" + escapedQuery(agency.code), partsOf(agency.name, words),
        agency.parentName.empty() ? agency.code : agency.code + " · " + agency.parentName));
  }
  return rows;
}

void addGroup(json& groups, const std::string& label, json rows) {
  if (rows.empty()) return;
  const auto count = rows.size();
  groups.push_back(
      {{"label", label}, {"count", count}, {"more_url", nullptr}, {"rows", std::move(rows)}});
}

// The counts beside the results: each opens exactly what it counts.
class FacetsView {
 public:
  FacetsView(const Speech& say, const SearchForm& form, const FindResult& result)
      : say_(say), form_(form), result_(result) {}

  json view() {
    const auto& facets = result_.facets;
    add("year", facets.years, [](const std::string& value) { return Item{value, value}; });
    add("type", facets.types, [](const std::string& value) { return Item{value, value}; });
    add("issuer", facets.issuers, [](const std::string& value) { return Item{value, value}; });
    add("agency", facets.agencies, [this](const std::string& value) {
      for (const auto& [id, name] : result_.agencies) {
        if (std::to_string(id.value()) == value) return Item{value, name};
      }
      return Item{value, value};
    });
    addCodes<documents::State>("state", facets.states);
    addCodes<documents::Urgency>("urgency", facets.urgencies);
    addCodes<documents::Direction>("direction", facets.directions);
    return std::move(groups_);
  }

 private:
  struct Item {
    std::string value, label;
  };

  template <class Enum>
  void addCodes(const std::string& name, const std::vector<FacetCount>& counts) {
    add(name, counts, [this, &name](const std::string& code) {
      const std::string value(nameOf(static_cast<Enum>(std::stoi(code))));
      return Item{value, say_(name + "." + value)};
    });
  }

  // A single value is no choice, unless it is the one that was chosen.
  template <class ItemOf>
  void add(const std::string& name, const std::vector<FacetCount>& counts, ItemOf itemOf) {
    const auto chosen = form_.value(name);
    if (counts.size() < 2 && chosen.empty()) return;
    json items = json::array();
    for (const auto& one : counts) {
      const Item item = itemOf(one.value);
      const bool current = base::fold(item.value) == base::fold(chosen);
      items.push_back({{"label", item.label},
                       {"count", grouped(one.count, say_.language())},
                       {"current", current},
                       {"url", form_.with(name, current ? "" : item.value)}});
    }
    // texts: search.facet.*
    groups_.push_back({{"label", say_("search.facet." + name)}, {"items", std::move(items)}});
  }

  const Speech& say_;
  const SearchForm& form_;
  const FindResult& result_;
  json groups_ = json::array();
};

std::string countOf(const Speech& say, const FindResult& result) {
  if (result.from == FindResult::From::Database && !result.exact) return say("search.count_some");
  return say(result.exact ? "search.count" : "search.count_about",
             {{"count", grouped(result.total, say.language())}});
}

// Why this is not what it could be.
json noteOf(const Speech& say, const FindResult& result, const search::BuildProgress& building) {
  if (result.from == FindResult::From::Index) {
    return result.widened ? json(say("search.widened")) : json(nullptr);
  }
  if (building.all == 0) return say("search.without_index");
  constexpr std::int64_t kWhole = 100;
  return say(
      "search.building",
      {{"percent", std::to_string(std::min(kWhole - 1, kWhole * building.done / building.all))}});
}

json sorts(const Speech& say, const SearchForm& form) {
  const bool newest = form.request().order == search::Order::Newest;
  const auto tab = [](const std::string& label, const std::string& url, bool current) {
    return json{{"label", label}, {"url", url}, {"current", current}};
  };
  return json::array({tab(say("search.best"), form.with("sort", ""), !newest),
                      tab(say("search.newest"), form.with("sort", "newest"), newest)});
}

json documentsView(const Speech& say, const SearchForm& form, const FindResult& result,
                   const search::BuildProgress& building) {
  json rows = json::array();
  for (const auto& found : result.found) rows.push_back(rowView(say, found));
  const int page = form.request().page;
  const bool more = result.more && page < kMostPages;
  json pager = nullptr;
  if (page > 1 || more) {
    pager = {{"shown", say("list.page", {{"page", std::to_string(page)}})},
             {"previous_url", page > 1 ? json(form.atPage(page - 1)) : json(nullptr)},
             {"next_url", more ? json(form.atPage(page + 1)) : json(nullptr)}};
  }
  return {{"count", countOf(say, result)},
          {"note", noteOf(say, result, building)},
          {"sorts", form.request().words.empty() ? json::array() : sorts(say, form)},
          {"rows", std::move(rows)},
          {"pager", std::move(pager)},
          {"facets", FacetsView(say, form, result).view()}};
}

json emptyView(const std::string& text) {
  return {{"text", text}, {"url", nullptr}, {"link", nullptr}};
}

}  // namespace

void SearchPages::addRoutes(base::http::Router& router) {
  addPage(router, base::http::Method::Get, "/search", "search",
          [this](Visit& visit) { return search(visit); });
  addPage(router, base::http::Method::Get, "/search/suggest", "search.suggest",
          [this](Visit& visit) { return suggest(visit); });
}

Response SearchPages::search(Visit& visit) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const SearchForm form(visit);
  const auto& words = form.request().words;
  json page{
      {"title", words.empty() ? say("search.title") : say("search.results", {{"words", words}})},
      {"q", words},
      {"filter", form.view(say, parts_.types)},
      {"filter_open", form.filtered()},
      {"problem", nullptr},
      {"found", nullptr},
      {"groups", json::array()},
      {"empty", nullptr}};
  base::Result<FindResult> result;
  if (form.asked()) {
    result = form.good() ? parts_.finder.find(visit.caller(), form.request())
                         : tl::unexpected(form.good().error());
    if (!result) {
      page["problem"] = problemOf(parts_.renderer, visit.language, result.error());
      page["filter_open"] = page["filter_open"] || form.filtered();
      return parts_.renderer.page(visit, "pages/search", std::move(page), 422);
    }
    page["found"] = documentsView(say, form, *result, parts_.finder.building());
  }
  if (!words.empty() && !form.filtered() && form.request().page == 1) {
    const auto today = parts_.renderer.clock().today();
    parts_.database.read([&](Session& session) {
      page["groups"] = json::array();
      addGroup(page["groups"], say("directory.people"),
               peopleRows(session, visit.caller(), words, today, kOthers));
      addGroup(page["groups"], say("directory.agencies"),
               agencyRows(session, words, today, kOthers));
    });
  }
  if (form.asked() && result->found.empty()) {
    page["empty"] = emptyView(say(form.filtered() ? "search.none_filtered" : "search.none"));
  } else if (!form.asked()) {
    page["empty"] = emptyView(say("search.begin"));
  }
  return parts_.renderer.page(visit, "pages/search", std::move(page));
}

Response SearchPages::suggest(Visit& visit) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto typed = visit.request.query("q").value_or("");
  const auto words = base::squeezed(typed);
  json options = json::array();
  const auto add = [&](const std::string& kind, json rows) {
    for (auto& row : rows) {
      row["kind"] = say(kind);
      row["id"] = "suggest-" + std::to_string(options.size());
      options.push_back(std::move(row));
    }
  };
  if (!words.empty() && base::isUtf8(words)) {
    const auto result = parts_.finder.find(visit.caller(), {.words = typed,
                                                            .typing = documents::Typing::UnderWay,
                                                            .counting = search::Counting::Nothing,
                                                            .size = kSuggestedDocuments});
    json documents = json::array();
    if (result) {
      for (const auto& found : result->found) documents.push_back(rowView(say, found));
    }
    add("search.kind.document", std::move(documents));
    const auto today = parts_.renderer.clock().today();
    json people, agencies;
    parts_.database.read([&](Session& session) {
      people = peopleRows(session, visit.caller(), words, today, kSuggestedOthers);
      agencies = agencyRows(session, words, today, kSuggestedOthers);
    });
    add("search.kind.person", std::move(people));
    add("search.kind.agency", std::move(agencies));
    add("search.kind.all",
        json::array({otherRow(
            "/search?q=" + escapedQuery(words),
            json::array({{{"text", say("search.all", {{"words", words}})}, {"hit", false}}}),
            "")}));
  }
  return parts_.renderer.part(visit, "parts/suggestions", {{"options", std::move(options)}});
}

}  // namespace eoffice::web
