#include "base/config.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cctype>
#include <fstream>
#include <set>
#include <sstream>
#include <stdexcept>

#include "base/config_value.h"
#include "base/text.h"

namespace base {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPrefix = "EOFFICE_";
constexpr std::string_view kSecretFile = "file:";
constexpr std::string_view kMark = "\xEF\xBB\xBF";  // some editors begin UTF-8 files with it

}  // namespace

// Gathers values and faults; one pass over the file, one over the variables.
class ConfigReader {
 public:
  explicit ConfigReader(const std::vector<ConfigKey>& keys) {
    for (const auto& key : keys) declare(key);
  }

  void readFile(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    std::stringstream content;
    // An empty file gives nothing to <<, which is no fault.
    if (!in || fs::is_directory(file) || (!(content << in.rdbuf()) && in.bad())) {
      fault("config.file_unreadable", "", file.string());
      return;
    }
    content.clear();
    folder_ = fs::absolute(file).parent_path();
    int number = 0;
    for (std::string line; std::getline(content, line);) {
      ++number;
      if (number == 1 && line.starts_with(kMark)) line.erase(0, kMark.size());
      readLine(line, fmt::format("{}:{}", file.string(), number));
    }
  }

  void readVariables(const Config::Variables& variables) {
    folder_.clear();
    std::vector<std::string> names;
    for (const auto& [name, key] : variables_) names.push_back(name);
    for (const auto& [name, value] : variables) {
      if (!name.starts_with(kPrefix)) continue;
      const auto found = variables_.find(name);
      if (found != variables_.end()) {
        set(keys_.at(found->second), value, name);
      } else {
        unknown("config.unknown_variable", name, nearestName(name, names), name);
      }
    }
  }

  [[nodiscard]] Result<Config> result() {
    if (faults_.empty()) checkNeeds();
    if (!faults_.empty()) return refuseAll(std::move(faults_));
    return std::move(config_);
  }

 private:
  // The table is part of the program: what is wrong with it is a bug.
  void declare(const ConfigKey& key) {
    const auto wrong = [&](const char* what) {
      throw std::logic_error(fmt::format("configuration key {}: {}", key.name, what));
    };
    if (!keys_.emplace(key.name, key).second) wrong("declared twice");
    if (!variables_.emplace(configVariable(key.name), key.name).second)
      wrong("variable used twice");
    if (key.english.empty() || key.vietnamese.empty()) wrong("not explained");
    names_.push_back(key.name);
    Config::Value value{key.type, key.fallback, 0, {}};
    if (!key.fallback.empty()) {
      const auto number = parseConfigValue(key, key.fallback);
      if (!number) wrong("its default is refused");
      value.number = *number;
    }
    config_.values_.emplace(key.name, std::move(value));
  }

  void readLine(const std::string& line, const std::string& place) {
    if (!isUtf8(line)) {
      fault("config.not_utf8", "", place);
      return;
    }
    const auto whole = squeezed(line);
    if (whole.empty() || whole[0] == '#' || whole[0] == '!') return;
    const auto equals = line.find('=');
    const auto name = squeezed(line.substr(0, equals));
    if (equals == std::string::npos || name.empty()) {
      fault("config.not_a_setting", "", place);
      return;
    }
    const auto key = keys_.find(name);
    if (key == keys_.end()) {
      unknown("config.unknown_key", name, nearestName(name, names_), place);
    } else if (!seen_.emplace(name, place).second) {
      fault("config.key_twice", name, place, {{"first", seen_.at(name)}});
    } else {
      set(key->second, trimmed(line.substr(equals + 1)), place);
    }
  }

  // Without white space at both ends; inside, a value is what it is.
  static std::string trimmed(const std::string& text) {
    const auto begin = text.find_first_not_of(" \t\r");
    if (begin == std::string::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
  }

  static bool mayBeEmpty(KeyType type) {
    return type == KeyType::Text || type == KeyType::Path || type == KeyType::List ||
           type == KeyType::Secret;
  }

  void set(const ConfigKey& key, std::string text, const std::string& place) {
    auto& value = config_.values_.at(key.name);
    value.place = place;
    if (key.type == KeyType::Secret && text.starts_with(kSecretFile)) {
      std::ifstream in(text.substr(kSecretFile.size()));
      if (!std::getline(in, text)) {
        fault("config.secret_unreadable", key.name, place);
        return;
      }
      text = trimmed(text);
    }
    const bool wanted = key.least && *key.least > 0;
    if (text.empty() && mayBeEmpty(key.type) && !wanted) {  // `key =` takes a default back
      value.text.clear();
      return;
    }
    const auto number = parseConfigValue(key, text);
    if (!number) {
      fault(number.error(), key, place);
      return;
    }
    if (key.type == KeyType::Path && !folder_.empty()) text = (folder_ / text).lexically_normal();
    if (auto formed = checkConfigForm(key, text); !formed) {
      fault(formed.error(), key, place);
      return;
    }
    value.text = std::move(text);
    value.number = *number;
  }

  void checkNeeds() {
    for (const auto& [name, key] : keys_) {
      const auto& value = config_.values_.at(name);
      if (value.text.empty() || value.place.empty()) continue;
      for (const auto& other : key.needs) {
        if (config_.isSet(other)) continue;
        fault("config.incomplete", name, value.place, {{"other", other}});
      }
    }
  }

  void fault(Refusal refusal, const ConfigKey& key, const std::string& place) {
    refusal.facts.insert(refusal.facts.begin(), {{"place", place}, {"key", key.name}});
    faults_.push_back(std::move(refusal));
  }

  void unknown(const std::string& code, const std::string& name, const std::string& near,
               const std::string& place) {
    if (near.empty()) {
      fault(code, name, place);
    } else {
      // texts: error.config.*
      fault(code + "_like", name, place, {{"nearest", near}});
    }
  }

  void fault(std::string code, const std::string& key, const std::string& place,
             std::vector<std::pair<std::string, std::string>> more = {}) {
    Refusal refusal{
        RefusalKind::Invalid, std::move(code), key, {{"place", place}, {"key", key}}, {}};
    for (auto& fact : more) refusal.facts.push_back(std::move(fact));
    faults_.push_back(std::move(refusal));
  }

  std::map<std::string, ConfigKey, std::less<>> keys_;
  std::map<std::string, std::string> variables_;  // variable → key
  std::vector<std::string> names_;
  std::map<std::string, std::string> seen_;  // key → place
  fs::path folder_;
  Config config_;
  std::vector<Refusal> faults_;
};

Result<Config> Config::read(const std::vector<ConfigKey>& keys, const std::optional<fs::path>& file,
                            const Variables& variables) {
  ConfigReader reader(keys);
  if (file) reader.readFile(*file);
  reader.readVariables(variables);
  return reader.result();
}

const Config::Value& Config::at(std::string_view name, std::initializer_list<KeyType> types) const {
  const auto found = values_.find(name);
  if (found == values_.end()) {
    throw std::logic_error(fmt::format("no configuration key {}", name));
  }
  const auto type = found->second.type;
  if (types.size() > 0 && std::find(types.begin(), types.end(), type) == types.end()) {
    throw std::logic_error(fmt::format("configuration key {} is of another type", name));
  }
  return found->second;
}

const std::string& Config::text(std::string_view name) const {
  return at(name, {KeyType::Text, KeyType::Choice, KeyType::Secret}).text;
}

fs::path Config::path(std::string_view name) const { return at(name, {KeyType::Path}).text; }

std::int64_t Config::integer(std::string_view name) const {
  return at(name, {KeyType::Integer}).number;
}

bool Config::flag(std::string_view name) const { return at(name, {KeyType::Flag}).number != 0; }

std::chrono::milliseconds Config::duration(std::string_view name) const {
  return std::chrono::milliseconds{at(name, {KeyType::Duration}).number};
}

std::uint64_t Config::bytes(std::string_view name) const {
  return static_cast<std::uint64_t>(at(name, {KeyType::Bytes}).number);
}

std::vector<std::string> Config::list(std::string_view name) const {
  return configListItems(at(name, {KeyType::List}).text);
}

bool Config::isSet(std::string_view name) const { return !at(name, {}).text.empty(); }

std::string Config::describe() const {
  std::string out;
  for (const auto& [name, value] : values_) {
    const bool hide = value.type == KeyType::Secret && !value.text.empty();
    out += fmt::format("{} = {}   ({})\n", name, hide ? "(hidden)" : value.text,
                       value.place.empty() ? "default" : value.place);
  }
  return out;
}

Config::Variables configVariables() {
  Config::Variables out;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (!text.starts_with(kPrefix) || equals == std::string_view::npos) continue;
    out.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return out;
}

std::string configVariable(std::string_view key) {
  std::string out(kPrefix);
  for (const char c : key) {
    out += c == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  }
  return out;
}

}  // namespace base
