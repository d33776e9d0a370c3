#include "eoffice/api/input.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"

namespace eoffice::api {
namespace {

using base::Refusal;
using base::RefusalKind;
using nlohmann::json;

constexpr std::size_t kMostFaults = 100;  ///< A longer list helps nobody.

std::string wantedOf(Kind kind) {
  switch (kind) {
    case Kind::Text:
    case Kind::Secret:
    case Kind::Choice:
      return "string";
    case Kind::Number:
      return "integer";
    case Kind::Flag:
      return "boolean";
    case Kind::Date:
      return "date";
    case Kind::Instant:
      return "instant";
    case Kind::Object:
    case Kind::Map:
      return "object";
    case Kind::TextList:
      return "array of strings";
    case Kind::NumberList:
      return "array of integers";
    case Kind::ObjectList:
      return "array of objects";
  }
  return {};
}

bool hasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) {
    return (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F;
  });
}

class Check {
 public:
  json object(const std::vector<Field>& fields, const json& given, const std::string& prefix);
  [[nodiscard]] base::Result<Values> result(json good) {
    if (!faults_.empty()) return base::refuseAll(std::move(faults_));
    return Values(std::move(good));
  }
  void fault(std::string code, std::string field,
             std::vector<std::pair<std::string, std::string>> facts = {}) {
    if (faults_.size() >= kMostFaults) return;
    faults_.push_back(
        Refusal{RefusalKind::Invalid, std::move(code), std::move(field), std::move(facts), {}});
  }

 private:
  json value(const Field& field, const json& given, const std::string& name);
  json textValue(const Field& field, const json& given, const std::string& name);
  json numberValue(const Field& field, const json& given, const std::string& name);
  json listValue(const Field& field, const json& given, const std::string& name);
  void wrongType(const Field& field, const std::string& name) {
    fault("field.wrong_type", name, {{"wanted", wantedOf(field.kind)}});
  }

  std::vector<Refusal> faults_;
};

json Check::object(const std::vector<Field>& fields, const json& given, const std::string& prefix) {
  json good = json::object();
  for (const auto& field : fields) {
    const auto found = given.find(field.name);
    if (found == given.end() || found->is_null()) {
      if (field.need == Need::Required) fault("field.missing", prefix + field.name);
      continue;
    }
    auto checked = value(field, *found, prefix + field.name);
    if (!checked.is_null()) good[field.name] = std::move(checked);
  }
  for (const auto& [name, unused] : given.items()) {
    const bool known = std::any_of(fields.begin(), fields.end(),
                                   [&, &key = name](const Field& f) { return f.name == key; });
    if (!known) fault("field.unknown", prefix + base::firstCharacters(name, 60));
  }
  return good;
}

json Check::value(const Field& field, const json& given, const std::string& name) {
  switch (field.kind) {
    case Kind::Text:
    case Kind::Secret:
    case Kind::Choice:
    case Kind::Date:
    case Kind::Instant:
      return textValue(field, given, name);
    case Kind::Number:
      return numberValue(field, given, name);
    case Kind::Flag:
      if (given.is_boolean()) return given;
      break;
    case Kind::Object:
      if (given.is_object()) return object(field.of->fields, given, name + ".");
      break;
    case Kind::TextList:
    case Kind::NumberList:
    case Kind::ObjectList:
      return listValue(field, given, name);
    case Kind::Map:
      break;
  }
  wrongType(field, name);
  return nullptr;
}

json Check::textValue(const Field& field, const json& given, const std::string& name) {
  if (!given.is_string()) {
    wrongType(field, name);
    return nullptr;
  }
  const auto& text = given.get_ref<const std::string&>();
  if (field.kind == Kind::Date && !base::parseIsoDate(text)) {
    fault("field.bad_iso_date", name);
  } else if (field.kind == Kind::Choice &&
             std::find(field.choices.begin(), field.choices.end(), text) == field.choices.end()) {
    std::string all;
    for (const auto& one : field.choices) all += (all.empty() ? "" : ", ") + one;
    fault("field.not_a_choice", name, {{"choices", all}});
  } else if (field.kind == Kind::Secret) {
    if (text.size() > static_cast<std::size_t>(field.most)) {
      fault("field.too_long", name,
            {{"most", std::to_string(field.most)}, {"length", std::to_string(text.size())}});
    }
  } else if (field.kind == Kind::Text) {
    if (hasControl(text)) fault("field.not_text", name);
    const auto length =
        static_cast<std::int64_t>(base::lengthInCharacters(base::squeezed(base::toNfc(text))));
    if (length > field.most) {
      fault("field.too_long", name,
            {{"most", std::to_string(field.most)}, {"length", std::to_string(length)}});
    }
    if (length < field.least) fault("field.missing", name);
  }
  return text;
}

json Check::numberValue(const Field& field, const json& given, const std::string& name) {
  if (!given.is_number_integer()) {
    wrongType(field, name);
    return nullptr;
  }
  const bool huge =
      given.is_number_unsigned() && given.get<std::uint64_t>() > std::uint64_t{kMostNumber};
  const auto number = huge ? kMostNumber : given.get<std::int64_t>();
  if (huge || number < field.least || number > field.most) {
    const bool open = field.most == kMostNumber && !huge;
    fault(open ? "field.too_small" : "field.out_of_range", name,
          {{"least", std::to_string(field.least)}, {"most", std::to_string(field.most)}});
  }
  return number;
}

json Check::listValue(const Field& field, const json& given, const std::string& name) {
  if (!given.is_array()) {
    wrongType(field, name);
    return nullptr;
  }
  if (given.size() > static_cast<std::size_t>(field.most)) {
    fault("field.too_many", name, {{"most", std::to_string(field.most)}});
    return nullptr;
  }
  json good = json::array();
  std::size_t position = 0;
  for (const auto& item : given) {
    const auto itemName = name + "." + std::to_string(position++);
    if (field.kind == Kind::TextList) {
      good.push_back(textValue(text("", "", 200), item, itemName));
    } else if (field.kind == Kind::NumberList) {
      good.push_back(numberValue(id("", ""), item, itemName));
    } else if (item.is_object()) {
      good.push_back(object(field.of->fields, item, itemName + "."));
    } else {
      wrongType(field, itemName);
    }
  }
  return good;
}

// What a parameter's text is as JSON; a text that does not fit stays one, and is found out.
json fromQuery(const Field& field, const std::string& text) {
  if (field.kind == Kind::Number) {
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc{} && end == text.data() + text.size()) return number;
  }
  if (field.kind == Kind::Flag) {
    if (text == "1" || text == "true") return true;
    if (text == "0" || text == "false") return false;
  }
  return text;
}

}  // namespace

std::string Values::text(const std::string& name) const {
  return has(name) ? object_[name].get<std::string>() : std::string();
}

std::int64_t Values::number(const std::string& name, std::int64_t otherwise) const {
  return has(name) ? object_[name].get<std::int64_t>() : otherwise;
}

bool Values::flag(const std::string& name) const { return has(name) && object_[name].get<bool>(); }

std::optional<base::LocalDate> Values::date(const std::string& name) const {
  return has(name) ? base::parseIsoDate(text(name)) : std::nullopt;
}

std::vector<std::int64_t> Values::numbers(const std::string& name) const {
  return has(name) ? object_[name].get<std::vector<std::int64_t>>() : std::vector<std::int64_t>();
}

std::vector<std::string> Values::texts(const std::string& name) const {
  return has(name) ? object_[name].get<std::vector<std::string>>() : std::vector<std::string>();
}

std::vector<Values> Values::objects(const std::string& name) const {
  std::vector<Values> list;
  if (!has(name)) return list;
  for (const auto& item : object_[name]) list.emplace_back(item);
  return list;
}

Values Values::object(const std::string& name) const {
  return has(name) ? Values(object_[name]) : Values();
}

base::Result<Values> readObject(const Schema& schema, const json& object) {
  Check check;
  auto good = check.object(schema.fields, object, {});
  return check.result(std::move(good));
}

base::Result<Values> readBody(const Schema& schema, std::string_view body) {
  const auto parsed = json::parse(body, nullptr, false);
  if (!parsed.is_object()) return base::refuse(RefusalKind::Invalid, "request.malformed_json");
  return readObject(schema, parsed);
}

base::Result<Values> readQuery(
    const std::vector<Field>& fields, std::string_view target,
    const std::function<std::optional<std::string>(const std::string&)>& value) {
  const auto mark = target.find('?');
  auto rest = mark == std::string_view::npos ? std::string_view() : target.substr(mark + 1);
  if (rest.empty()) {  // The usual case of a busy list.
    const bool none = std::none_of(fields.begin(), fields.end(),
                                   [](const Field& f) { return f.need == Need::Required; });
    if (none) return Values();
  }
  json given = json::object();
  while (!rest.empty()) {
    const auto pair = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(rest.size(), pair.size() + 1));
    const std::string name(pair.substr(0, pair.find('=')));
    if (name.empty()) continue;
    const auto field = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& one) { return one.name == name; });
    if (field == fields.end()) {
      given[base::isUtf8(name) ? name : "?"] = "";
    } else {
      const auto text = value(name).value_or("");
      // An empty parameter, as forms send it, says nothing.
      if (base::isUtf8(text) ? !text.empty() : false) given[name] = fromQuery(*field, text);
      if (!base::isUtf8(text)) given[name] = std::string(1, '\x01');
    }
  }
  Check check;
  auto good = check.object(fields, given, {});
  return check.result(std::move(good));
}

}  // namespace eoffice::api
