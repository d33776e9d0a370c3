#include "eoffice/web/other_acts.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <nlohmann/json.hpp>

#include "eoffice/web/document_view.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using nlohmann::json;
using Kind = ActField::Kind;

constexpr std::size_t kMostOfALine = 300;
constexpr std::size_t kMostOfAText = 2000;

std::string pathOf(const ActScene& scene) {
  return "/documents/" + std::to_string(scene.detail.document.id.value());
}

// `?list=to-sign&do=take-back`; either may be absent.
std::string queryOf(const Visit& visit, std::string_view act) {
  std::string query;
  if (const auto list = visit.request.query("list")) query = "?list=" + escapedQuery(*list);
  if (!act.empty()) query += (query.empty() ? "?do=" : "&do=") + std::string(act);
  return query;
}

std::string textOrNothing(const Speech& say, const std::string& key,
                          const base::Texts::Facts& facts = {}) {
  return say.texts().has(key) ? say(key, facts) : std::string();
}

std::string_view nameOf(Kind kind) {
  switch (kind) {
    case Kind::Line:
      return "line";
    case Kind::Text:
      return "text";
    case Kind::Day:
      return "day";
    case Kind::Number:
      return "number";
    case Kind::Select:
      return "select";
    case Kind::One:
      return "one";
    case Kind::Several:
      return "several";
    case Kind::File:
      return "file";
    case Kind::Pin:
      return "pin";
  }
  return "line";
}

constexpr std::array kKinds{Kind::Line, Kind::Text,    Kind::Day,  Kind::Number, Kind::Select,
                            Kind::One,  Kind::Several, Kind::File, Kind::Pin};

json optionsOf(const ActField& field, const Visit& visit) {
  const bool typed = visit.form.fields.contains(field.name);
  const auto chosen = visit.form.values(field.name);
  json options = json::array();
  for (const auto& option : field.options) {
    const bool selected =
        typed ? std::find(chosen.begin(), chosen.end(), option.value) != chosen.end()
              : option.selected;
    options.push_back({{"value", option.value},
                       {"label", option.label},
                       {"second", option.second},
                       {"selected", selected}});
  }
  return options;
}

json fieldView(const ActField& field, const std::string& act, const Speech& say, const Visit& visit,
               const json& errors) {
  const auto key = act + "." + field.name;
  const bool typed = field.kind != Kind::Pin && visit.form.fields.contains(field.name);
  const auto error = errors.find(field.name);
  json view{{"name", field.name},
            {"label", say(key)},
            {"hint", textOrNothing(say, key + ".hint")},
            {"error", error == errors.end() ? json(nullptr) : *error},
            {"required", field.required},
            {"most", field.most != 0 ? field.most
                                     : (field.kind == Kind::Text ? kMostOfAText : kMostOfALine)},
            {"value", typed ? visit.form.value(field.name) : field.value},
            {"options", optionsOf(field, visit)}};
  std::string describedBy;
  for (const char* part : {"hint", "error"}) {
    const auto& said = view[part];
    if (said.is_null() || said == "") continue;
    describedBy += (describedBy.empty() ? "act-" : " act-") + field.name + "-" + part;
  }
  view["described_by"] = describedBy;
  json kinds = json::object();
  for (const auto kind : kKinds) kinds[std::string(nameOf(kind))] = kind == field.kind;
  view["is"] = std::move(kinds);
  return view;
}

}  // namespace

json fieldsView(const std::vector<ActField>& fields, const std::string& key, const Speech& say,
                const Visit& visit, const json& errors) {
  json view = json::array();
  for (const auto& field : fields) view.push_back(fieldView(field, key, say, visit, errors));
  return view;
}

void OtherActs::add(OtherAct act) {
  assert(find(act.slug) == nullptr);
  acts_.push_back(std::move(act));
}

const OtherAct* OtherActs::find(std::string_view slug) const {
  const auto found = std::find_if(acts_.begin(), acts_.end(),
                                  [&](const OtherAct& act) { return act.slug == slug; });
  return found == acts_.end() ? nullptr : &*found;
}

// texts: act.*
json OtherActs::offered(const ActScene& scene) const {
  const Speech say(parts_.renderer.texts(), scene.visit.language);
  json rows = json::array();
  for (const auto& act : acts_) {
    if (!act.offered(scene)) continue;
    rows.push_back({{"label", say("act." + act.slug)},
                    {"url", pathOf(scene) + queryOf(scene.visit, act.slug)}});
  }
  return rows;
}

json OtherActs::form(const ActScene& scene, std::string_view slug,
                     const base::Refusal* refused) const {
  const auto* act = find(slug);
  if (act == nullptr || !act->offered(scene)) return nullptr;
  return actView(parts_, scene.visit, "act." + act->slug, act->form(scene),
                 {.action = pathOf(scene) + "/" + act->slug + queryOf(scene.visit, ""),
                  .cancelUrl = pathOf(scene) + queryOf(scene.visit, ""),
                  .version = std::to_string(scene.detail.document.version)},
                 refused);
}

json actView(const PageParts& parts, const Visit& visit, const std::string& key,
             const ActForm& form, const ActPlace& place, const base::Refusal* refused) {
  const Speech say(parts.renderer.texts(), visit.language);
  const auto errors = refused ? errorsOf(parts.renderer, visit.language, *refused) : json::object();
  auto fields = fieldsView(form.fields, key, say, visit, errors);
  const bool file = std::any_of(form.fields.begin(), form.fields.end(),
                                [](const ActField& field) { return field.kind == Kind::File; });
  return {{"label", say(key)},
          {"act",
           {{"action", place.action},
            {"version", place.version},
            {"text", textOrNothing(say, key + ".text", form.facts)},
            {"submit_label", say(key + ".submit")},
            {"cancel_url", place.cancelUrl},
            {"fields", std::move(fields)},
            {"sends_file", file},
            {"needs_file", file},
            {"errors", errors},
            {"upload_limit", sizeInWords(parts.uploadLimit, visit.language)},
            {"upload_bytes", parts.uploadLimit}}}};
}

}  // namespace eoffice::web
