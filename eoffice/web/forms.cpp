#include "eoffice/web/forms.h"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace eoffice::web {
namespace {

using nlohmann::json;

json option(const std::string& value, const std::string& label, bool selected) {
  return {{"value", value}, {"label", label}, {"selected", selected}};
}

// What the page calls the field; empty where it has no label of its own.
// texts: field.*
std::string labelOf(const base::Texts& texts, base::Language language, const std::string& field) {
  static const std::map<std::string, std::string> kKeys{{"due_on", "field.reply_by"},
                                                        {"text", "instruct.text"},
                                                        {"workdays", "instruct.workdays"},
                                                        {"leader", "submit.leader"},
                                                        {"reason", "register.return_reason"},
                                                        {"remark", "review.remark"},
                                                        {"result", "finish.note"},
                                                        {"note", "submit.note"}};
  const auto known = kKeys.find(field);
  const auto key = known == kKeys.end() ? "field." + field : known->second;
  return !field.empty() && texts.has(key) ? texts.get(language, key) : std::string();
}

std::vector<const base::Refusal*> allOf(const base::Refusal& why) {
  std::vector<const base::Refusal*> faults{&why};
  for (const auto& other : why.others) faults.push_back(&other);
  return faults;
}

}  // namespace

TypedDate typedDate(const std::string& text) {
  const auto plain = base::squeezed(text);
  if (plain.empty()) return {};
  auto date = base::parseViDate(plain);
  if (!date) date = base::parseIsoDate(plain);
  return {date, date.has_value()};
}

TypedSymbol typedSymbol(const std::string& text) {
  const auto plain = base::squeezed(text);
  const auto slash = plain.find('/');
  if (slash == std::string::npos) return {"", plain};
  return {base::squeezed(plain.substr(0, slash)), base::squeezed(plain.substr(slash + 1))};
}

std::string sizeInWords(std::uint64_t bytes, base::Language language) {
  constexpr std::uint64_t kMega = 1 << 20;
  if (bytes % kMega == 0) return fmt::format("{} MB", bytes / kMega);
  if (bytes < kMega) return fmt::format("{} KB", bytes >> 10);
  const auto tenths = bytes * 10 / kMega;
  return fmt::format("{}{}{} MB", tenths / 10, language == base::Language::Vi ? ',' : '.',
                     tenths % 10);
}

std::int64_t typedNumber(const std::string& text) {
  const auto plain = base::squeezed(text);
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  return error == std::errc{} && end == plain.data() + plain.size() ? value : 0;
}

json typeOptions(const documents::DocumentTypes& types, documents::Direction direction,
                 const std::string& selected) {
  json options = json::array();
  bool found = false;
  for (const auto& type : types.all()) {
    if (type.incomingOnly && direction == documents::Direction::Outgoing) continue;
    const bool same = type.name == selected;
    found = found || same;
    options.push_back(option(type.name, type.name, same));
  }
  if (!found && !selected.empty()) options.push_back(option(selected, selected, true));
  return options;
}

json urgencyOptions(const Speech& say, documents::Urgency selected) {
  using documents::Urgency;
  json options = json::array();
  for (const auto urgency :
       {Urgency::Normal, Urgency::Urgent, Urgency::VeryUrgent, Urgency::Express}) {
    const std::string name(nameOf(urgency));
    options.push_back(option(name, say("urgency." + name), urgency == selected));
  }
  return options;
}

// texts: competence.*
json competenceOptions(const Speech& say, const std::string& selected) {
  json options = json::array({option("", say("competence.none"), selected.empty())});
  bool found = selected.empty();
  for (const auto known : documents::kCompetences) {
    const std::string name(known);
    found = found || name == selected;
    const auto key = "competence." + base::lowerAscii(name.substr(0, name.size() - 1));
    options.push_back(option(name, say(key), name == selected));
  }
  if (!found) options.push_back(option(selected, selected, true));
  return options;
}

// texts: secrecy.*
json secrecyOptions(const Speech& say, const std::string& selected) {
  json options = json::array();
  options.push_back(option("", say("secrecy.none"), selected.empty()));
  for (const char* level : {"mat", "toi_mat", "tuyet_mat"}) {
    options.push_back(option(level, say("secrecy." + std::string(level)), selected == level));
  }
  return options;
}

std::string pageField(const std::string& field) {
  static const std::map<std::string, std::string> kNames{
      {"code_number", "notation"}, {"code_notation", "notation"}, {"issued_date", "issued_on"},
      {"issuer_name", "issuer"},   {"subject", "abstract"},       {"signer_name", "signer"},
      {"due_date", "due_on"},      {"reply_by", "due_on"},        {"deadline", "workdays"}};
  const auto found = kNames.find(field);
  return found == kNames.end() ? field : found->second;
}

json errorsOf(const Renderer& renderer, base::Language language, const base::Refusal& why) {
  json errors = json::object();
  for (const auto* fault : allOf(why)) {
    if (fault->field.empty()) continue;
    const auto field = pageField(fault->field);
    if (!errors.contains(field)) errors[field] = renderer.sentence(language, *fault);
  }
  return errors;
}

json problemOf(const Renderer& renderer, base::Language language, const base::Refusal& why) {
  const auto faults = allOf(why);
  const auto said = [&](const base::Refusal& fault) {
    const auto label = labelOf(renderer.texts(), language, pageField(fault.field));
    const auto sentence = renderer.sentence(language, fault);
    return label.empty() ? sentence : label + ": " + sentence;
  };
  json items = json::array();
  for (const auto* fault : faults) {
    if (!fault->field.empty()) {
      items.push_back({{"field", pageField(fault->field)}, {"text", said(*fault)}});
    }
  }
  const bool one = faults.size() == 1;
  // Nothing went wrong where the act was done by the same person a moment ago.
  return {{"kind", why.code == "document.done_by_you" ? "good" : "late"},
          {"text", one ? said(why)
                       : renderer.texts().get(language, "problem.several",
                                              {{"count", std::to_string(faults.size())}})},
          {"detail", nullptr},
          {"items", one ? json::array() : std::move(items)}};
}

}  // namespace eoffice::web
