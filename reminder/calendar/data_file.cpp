#include "reminder/calendar/data_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

namespace reminder {
namespace {

std::string joined(const std::string& place, const char* key) {
  return place.empty() ? key : place + "." + key;
}

std::string shown(const nlohmann::json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).substr(0, 80);
}

}  // namespace

std::optional<std::string> DataFile::load(const std::filesystem::path& path) {
  std::ifstream stream(path, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream.is_open() || stream.bad()) {
    fault("unreadable", "", path.string());
    return std::nullopt;
  }
  return text;
}

std::optional<nlohmann::json> DataFile::parse(std::string_view text) {
  try {
    auto whole = nlohmann::json::parse(text, nullptr, true, /*ignore_comments=*/true);
    if (whole.is_object()) return whole;
    fault("bad_value", "", "the whole file must be an object");
  } catch (const nlohmann::json::parse_error& error) {
    fault("bad_json", "byte " + std::to_string(error.byte));
  }
  return std::nullopt;
}

bool DataFile::object(const nlohmann::json& value, const std::string& place,
                      std::initializer_list<std::string_view> allowed) {
  if (!value.is_object()) {
    fault("bad_value", place, shown(value));
    return false;
  }
  for (const auto& [key, ignored] : value.items()) {
    if (std::find(allowed.begin(), allowed.end(), key) == allowed.end()) {
      fault("unknown_key", joined(place, key.c_str()));
    }
  }
  return true;
}

const nlohmann::json* DataFile::member(const nlohmann::json& object, const std::string& place,
                                       const char* key) {
  const auto found = object.find(key);
  if (found != object.end()) return &*found;
  fault("missing", joined(place, key));
  return nullptr;
}

const nlohmann::json* DataFile::array(const nlohmann::json& object, const std::string& place,
                                      const char* key) {
  const auto* value = member(object, place, key);
  if (value == nullptr || value->is_array()) return value;
  fault("bad_value", joined(place, key), shown(*value));
  return nullptr;
}

std::optional<std::string> DataFile::text(const nlohmann::json& object, const std::string& place,
                                          const char* key) {
  const auto* value = member(object, place, key);
  if (value == nullptr) return std::nullopt;
  if (value->is_string() && !value->get_ref<const std::string&>().empty()) {
    return value->get<std::string>();
  }
  fault("bad_value", joined(place, key), shown(*value));
  return std::nullopt;
}

std::optional<int> DataFile::integer(const nlohmann::json& object, const std::string& place,
                                     const char* key, int least, int most) {
  const auto* value = member(object, place, key);
  if (value == nullptr) return std::nullopt;
  if (value->is_number_integer()) {
    const auto number = value->get<std::int64_t>();
    if (number >= least && number <= most) return static_cast<int>(number);
  }
  fault("bad_value", joined(place, key), shown(*value));
  return std::nullopt;
}

std::optional<base::LocalDate> DataFile::date(const nlohmann::json& object,
                                              const std::string& place, const char* key) {
  const auto found = text(object, place, key);
  if (!found) return std::nullopt;
  const auto day = base::parseIsoDate(*found);
  if (!day) fault("bad_value", joined(place, key), *found);
  return day;
}

void DataFile::fault(std::string_view what, const std::string& place, std::string_view found) {
  // texts: error.calendar.*
  // texts: error.ladder.*
  std::string field = file_;
  if (!place.empty()) field += (field.empty() ? "" : ": ") + place;
  faults_.push_back(base::Refusal{base::RefusalKind::Invalid,
                                  area_ + "." + std::string(what),
                                  field,
                                  {{"place", field}, {"found", std::string(found)}},
                                  {}});
}

std::vector<base::Refusal> DataFile::faults() { return std::move(faults_); }

}  // namespace reminder
