// The configuration: one table of keys, declared once by the program, from which the file is read,
// checked, printed and its annotated example written. Knows no key itself. A file holds lines
// `key = value` and comments (`#` or `!`); the value is all that stands after the `=`, without
// escapes or continued lines, in UTF-8. A variable EOFFICE_DATABASE_URL overrides `database.url`.
// Read once; then safe from any thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace base {

enum class KeyType : std::uint8_t {
  Text,
  Path,      ///< Relative ones count from the file's folder; variables and defaults from here.
  Integer,   ///< `-12`
  Flag,      ///< `true`, `false`
  Duration,  ///< `250ms`, `30s`, `5m`, `2h`, `1d`
  Bytes,     ///< `512B`, `16KB`, `64MB`, `2GB`: powers of 1,024
  Choice,    ///< One of `choices`.
  List,      ///< Texts with commas between them.
  Secret     ///< Text that is never shown. `file:/path` takes the first line of that file.
};

/// What a value must look like beyond its length. Judges a text, a path when it is whole, each item
/// of a list; never the default.
struct ConfigForm {
  bool (*accepts)(const std::string& text) = nullptr;
  std::string refusal = {};  ///< Code of the fault: `config.not_a_url`.
  std::string example = {};  ///< Its fact `wanted`.
};

/// One line of the table. `least` and `most` bound integers, milliseconds, bytes, or the number of
/// characters of the other types.
struct ConfigKey {
  std::string name;  ///< `database.pool_wait`: lower case, sections by dots.
  KeyType type = KeyType::Text;
  std::string fallback = {};  ///< As it would stand in the file; empty: not set.
  std::string unit = {};      ///< Of an integer: `connections`.
  std::optional<std::int64_t> least = {};
  std::optional<std::int64_t> most = {};
  std::vector<std::string> choices = {};
  ConfigForm form = {};
  std::vector<std::string> needs = {};  ///< Keys that must be set when this one is.
  std::string english = {};             ///< What it is for, in one sentence.
  std::string vietnamese = {};          ///< The same.
};

class Config {
 public:
  using Variables = std::map<std::string, std::string>;

  /// Reads `file` (none: defaults and variables alone). Refused with every fault at once: each has
  /// a code `config.…`, the key as its field, and the fact `place` (`path:12` or the variable's
  /// name). Variables that begin with EOFFICE_ and are no key are faults too. Throws
  /// std::logic_error when the table itself is wrong (a name twice, a default that is refused).
  [[nodiscard]] static Result<Config> read(const std::vector<ConfigKey>& keys,
                                           const std::optional<std::filesystem::path>& file,
                                           const Variables& variables);

  /// Empty text, an empty list or the zero of a number when it is not set and has no default.
  /// A name that is not in the table, or is of another type, is a bug: std::logic_error.
  [[nodiscard]] const std::string& text(std::string_view name) const;  ///< Text, Choice, Secret.
  [[nodiscard]] std::filesystem::path path(std::string_view name) const;
  [[nodiscard]] std::int64_t integer(std::string_view name) const;
  [[nodiscard]] bool flag(std::string_view name) const;
  [[nodiscard]] std::chrono::milliseconds duration(std::string_view name) const;
  [[nodiscard]] std::uint64_t bytes(std::string_view name) const;
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
  /// True when it has a value, be it the default.
  [[nodiscard]] bool isSet(std::string_view name) const;

  /// What holds, one line a key: `name = value   (where it comes from)`; secrets as `(hidden)`.
  [[nodiscard]] std::string describe() const;

 private:
  struct Value {
    KeyType type = KeyType::Text;
    std::string text;
    std::int64_t number = 0;
    std::string place;  ///< Empty: the default.
  };
  friend class ConfigReader;
  [[nodiscard]] const Value& at(std::string_view name, std::initializer_list<KeyType> types) const;

  std::map<std::string, Value, std::less<>> values_;
};

/// The variables of this process that begin with EOFFICE_.
[[nodiscard]] Config::Variables configVariables();

/// EOFFICE_DATABASE_POOL_WAIT for `database.pool_wait`.
[[nodiscard]] std::string configVariable(std::string_view key);

/// The annotated example: every key with its sentences, type, unit, range and default, commented
/// out, in the order of the table.
[[nodiscard]] std::string configExample(const std::vector<ConfigKey>& keys);

}  // namespace base
