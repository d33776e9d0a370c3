#include "eoffice/web/search_form.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using documents::Direction;
using documents::State;
using documents::Urgency;
using nlohmann::json;

constexpr int kPageSize = 20;
constexpr int kMostPages = 50;
constexpr int kFirstYear = 1900;
constexpr int kLastYear = 9999;
constexpr int kMostCodes = 255;

constexpr std::array<const char*, 11> kNames{
    "q", "type", "direction", "urgency", "state", "year", "issuer", "agency", "from", "to", "sort"};
// What the form itself has a field for; the others travel hidden.
constexpr std::array<const char*, 4> kHidden{"year", "issuer", "agency", "sort"};

template <class Enum>
std::optional<Enum> named(const std::string& name) {
  for (int code = 0; code <= kMostCodes; ++code) {
    const auto one = static_cast<Enum>(code);
    if (name != "unknown" && nameOf(one) == name) return one;
  }
  return std::nullopt;
}

json option(const std::string& value, const std::string& label, const std::string& chosen) {
  return {{"value", value}, {"label", label}, {"selected", value == chosen}};
}

template <class Enum>
json optionsOf(const Speech& say, const std::string& area, const std::string& chosen) {
  json options = json::array({option("", say("search.any"), chosen)});
  for (int code = 0; code <= kMostCodes; ++code) {
    const std::string name(nameOf(static_cast<Enum>(code)));
    if (name != "unknown") options.push_back(option(name, say(area + "." + name), chosen));
  }
  return options;
}

json select(const char* name, const std::string& label, json options) {
  return {{"name", name}, {"label", label}, {"options", std::move(options)}};
}

}  // namespace

SearchForm::SearchForm(const Visit& visit) {
  for (const char* name : kNames) {
    auto text = base::squeezed(visit.request.query(name).value_or(""));
    if (!text.empty() && base::isUtf8(text)) values_.emplace_back(name, std::move(text));
  }
  request_.words = value("q");
  request_.page = visit.queryNumber("page", 1, 1, kMostPages);
  request_.size = kPageSize;
  request_.order = value("sort") == "newest" ? search::Order::Newest : search::Order::Best;
  readFilter(visit);
}

void SearchForm::readFilter(const Visit& visit) {
  auto& filter = request_.filter;
  filter.type = value("type");
  filter.issuer = value("issuer");
  filter.direction = named<Direction>(value("direction"));
  filter.urgency = documents::urgencyFrom(value("urgency"));
  filter.state = documents::stateFrom(value("state"));
  if (const int year = visit.queryNumber("year", 0, kFirstYear, kLastYear); year > 0) {
    filter.year = year;
  }
  filter.agency = AgencyId(typedNumber(value("agency")));
  std::vector<base::Refusal> faults;
  for (auto [name, date] : {std::pair("from", &filter.from), std::pair("to", &filter.to)}) {
    const auto typed = typedDate(value(name));
    *date = typed.date;
    if (!typed.good) faults.push_back({base::RefusalKind::Invalid, "field.bad_date", name});
  }
  if (!faults.empty()) good_ = base::refuseAll(std::move(faults));
}

std::string SearchForm::value(const std::string& name) const {
  const auto found = std::find_if(values_.begin(), values_.end(),
                                  [&](const auto& one) { return one.first == name; });
  return found == values_.end() ? std::string() : found->second;
}

bool SearchForm::asked() const { return !request_.words.empty() || filtered(); }

bool SearchForm::filtered() const {
  return std::any_of(values_.begin(), values_.end(),
                     [](const auto& one) { return one.first != "q" && one.first != "sort"; });
}

std::string SearchForm::with(const std::string& name, const std::string& wanted) const {
  std::string query;
  const auto add = [&](const std::string& key, const std::string& text) {
    if (!text.empty()) query += (query.empty() ? "?" : "&") + key + "=" + escapedQuery(text);
  };
  for (const char* key : kNames) add(key, key == name ? wanted : value(key));
  return "/search" + query;
}

std::string SearchForm::atPage(int page) const {
  const auto here = with("q", value("q"));
  return here + (here.find('?') == std::string::npos ? "?" : "&") + "page=" + std::to_string(page);
}

json SearchForm::view(const Speech& say, const documents::DocumentTypes& types) const {
  json hidden = json::array();
  for (const char* name : kHidden) {
    if (!value(name).empty()) hidden.push_back({{"name", name}, {"value", value(name)}});
  }
  json typeList = json::array({option("", say("search.any"), value("type"))});
  for (const auto& type : types.all()) {
    typeList.push_back(option(type.name, type.name, value("type")));
  }
  // texts: direction.* urgency.* state.*
  return {
      {"action", "/search"},
      {"hidden", std::move(hidden)},
      {"text", value("q")},
      {"text_label", say("search.words")},
      {"selects", json::array({select("type", say("search.facet.type"), std::move(typeList)),
                               select("direction", say("search.facet.direction"),
                                      optionsOf<Direction>(say, "direction", value("direction"))),
                               select("urgency", say("search.facet.urgency"),
                                      optionsOf<Urgency>(say, "urgency", value("urgency"))),
                               select("state", say("search.facet.state"),
                                      optionsOf<State>(say, "state", value("state")))})},
      {"dates", {{"from", value("from")}, {"to", value("to")}}},
      {"clear_url", filtered() ? json("/search?q=" + escapedQuery(value("q"))) : json(nullptr)}};
}

}  // namespace eoffice::web
