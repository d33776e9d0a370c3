#include "eoffice/web/view_filter.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "eoffice/directory/agencies.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using documents::Direction;
using documents::State;
using documents::View;
using documents::ViewColumn;
using nlohmann::json;

json option(const std::string& value, const std::string& label, const std::string& selected) {
  return {{"value", value}, {"label", label}, {"selected", value == selected}};
}

json select(const std::string& name, const std::string& label, json options) {
  return {{"name", name}, {"label", label}, {"options", std::move(options)}};
}

json field(const std::string& name, const std::string& label, const std::string& value,
           const char* mode) {
  return {{"name", name}, {"label", label}, {"value", value}, {"mode", mode}};
}

// texts: view.direction.* view.deadline.* view.sort.* view.field.*
json directions(const Speech& say, const View& view) {
  const auto& chosen = view.filter.direction;
  const auto selected = chosen ? std::string(nameOf(*chosen)) : std::string();
  json options = json::array({option("", say("view.any"), selected)});
  for (const auto one : {Direction::Incoming, Direction::Outgoing}) {
    const std::string name(nameOf(one));
    options.push_back(option(name, say("view.direction." + name), selected));
  }
  return select("direction", say("view.field.direction"), std::move(options));
}

json states(const Speech& say, const View& view) {
  const auto& chosen = view.filter.states;
  const auto selected = chosen.size() == 1 ? std::string(nameOf(chosen.front())) : std::string();
  json options = json::array({option("", say("view.any"), selected)});
  for (int code = 1; code <= 255; ++code) {
    const auto state = static_cast<State>(code);
    const std::string name(nameOf(state));
    if (!documents::stateFrom(name)) continue;
    if (view.filter.direction && documents::directionOf(state) != *view.filter.direction) continue;
    options.push_back(option(name, say("state." + name), selected));
  }
  return select("state", say("view.field.state"), std::move(options));
}

json deadlines(const Speech& say, const View& view) {
  const auto& chosen = view.filter.deadline;
  const auto selected = chosen ? std::string(nameOf(*chosen)) : std::string();
  json options = json::array({option("", say("view.all"), selected)});
  for (const auto one : documents::kDeadlines) {
    const std::string name(nameOf(one));
    options.push_back(option(name, say("view.deadline." + name), selected));
  }
  return select("deadline", say("view.field.deadline"), std::move(options));
}

json orders(const Speech& say, const View& view) {
  const std::string selected(nameOf(view.order));
  json options = json::array();
  for (const auto one : documents::kOrders) {
    const std::string name(nameOf(one));
    options.push_back(option(name, say("view.sort." + name), selected));
  }
  return select("sort", say("view.field.sort"), std::move(options));
}

json urgencies(const Speech& say, const View& view) {
  const auto& chosen = view.filter.urgency;
  const auto selected = chosen ? std::string(nameOf(*chosen)) : std::string();
  json options = json::array({option("", say("view.any"), selected)});
  for (const auto one : {documents::Urgency::Normal, documents::Urgency::Urgent,
                         documents::Urgency::VeryUrgent, documents::Urgency::Express}) {
    const std::string name(nameOf(one));
    options.push_back(option(name, say("urgency." + name), selected));
  }
  return select("urgency", say("view.field.urgency"), std::move(options));
}

json types(const PageParts& parts, const Speech& say, const View& view) {
  json options = json::array({option("", say("view.any"), view.filter.type)});
  for (const auto& type : parts.types.all()) {
    options.push_back(option(type.name, type.name, view.filter.type));
  }
  return select("type", say("view.field.type"), std::move(options));
}

json units(base::db::Session& session, const Speech& say, const Caller& caller, const View& view,
           base::LocalDate today) {
  const auto& chosen = view.filter.unit;
  const auto selected = chosen.valid() ? std::to_string(chosen.value()) : std::string();
  json options = json::array({option("", say("view.any"), selected)});
  for (const auto& unit : directory::unitsOf(session, caller.agency, today)) {
    options.push_back(option(std::to_string(unit.id.value()), unit.name, selected));
  }
  return select("unit", say("view.field.unit"), std::move(options));
}

json columnChoices(const Speech& say, const View& view) {
  const auto& shown = view.shownColumns();
  json choices = json::array();
  for (const auto column : documents::allColumns()) {
    const std::string name(nameOf(column));
    choices.push_back({{"value", name},
                       {"label", say("view.column." + name)},
                       {"checked", std::find(shown.begin(), shown.end(), column) != shown.end()},
                       {"fixed", column == ViewColumn::Subject}});
  }
  return choices;
}

std::string viDay(const std::optional<base::LocalDate>& day) {
  return day ? base::viDate(*day) : std::string();
}

}  // namespace

View typedView(const base::http::Request& request) {
  return documents::viewFrom([&](const std::string& name) {
    if (name == "columns") {
      std::string names;
      for (const auto& one : request.queryAll(name)) names += (names.empty() ? "" : ",") + one;
      return names;
    }
    auto text = request.query(name).value_or("");
    if (name != "from" && name != "to") return text;
    const auto typed = typedDate(text);
    return typed.date ? base::isoDate(*typed.date) : text;
  });
}

json viewFilter(const PageParts& parts, base::db::Session& session, const Visit& visit,
                const Speech& say, const View& view) {
  const auto today = parts.renderer.clock().today();
  const auto& filter = view.filter;
  const bool narrowed = !filter.type.empty() || !filter.issuer.empty() || filter.urgency ||
                        view.year || filter.from || filter.to || filter.unit.valid() ||
                        filter.handler.valid();
  json hidden = json::array();
  if (filter.handler.valid()) {
    hidden.push_back({{"name", "handler"}, {"value", std::to_string(filter.handler.value())}});
  }
  return {{"hidden", std::move(hidden)},
          {"words", filter.words},
          {"selects", json::array({directions(say, view), states(say, view), deadlines(say, view),
                                   orders(say, view)})},
          {"more_open", narrowed},
          {"more_selects", json::array({types(parts, say, view), urgencies(say, view),
                                        units(session, say, visit.caller(), view, today)})},
          {"fields", json::array({field("issuer", say("view.field.issuer"), filter.issuer, "text"),
                                  field("year", say("view.field.year"),
                                        view.year ? std::to_string(*view.year) : "", "numeric")})},
          {"from", viDay(filter.from)},
          {"to", viDay(filter.to)},
          {"columns", columnChoices(say, view)},
          {"clear_url", documents::queryOf(view).empty() ? json(nullptr) : json("/documents")}};
}

}  // namespace eoffice::web
