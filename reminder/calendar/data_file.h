// Reads a JSON data file of this floor (calendar, ladder) and gathers every fault with its place,
// so that an operator sees all of them at once. `//` comments are allowed. One thread.
#pragma once

#include <filesystem>
#include <initializer_list>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"

namespace reminder {

/// Each reading function gives the value, or notes a fault `<area>.<what>` whose field is
/// `file: place` and gives nothing.
class DataFile {
 public:
  DataFile(std::string area, std::string file) : area_(std::move(area)), file_(std::move(file)) {}

  /// `<area>.unreadable`.
  [[nodiscard]] std::optional<std::string> load(const std::filesystem::path& path);
  /// `<area>.bad_json`, with the byte where it breaks; the whole must be an object.
  [[nodiscard]] std::optional<nlohmann::json> parse(std::string_view text);

  /// `<area>.unknown_key` for each key that is not allowed; `<area>.bad_value` for no object.
  bool object(const nlohmann::json& value, const std::string& place,
              std::initializer_list<std::string_view> allowed);
  /// `<area>.missing` or `<area>.bad_value`.
  const nlohmann::json* array(const nlohmann::json& object, const std::string& place,
                              const char* key);
  std::optional<std::string> text(const nlohmann::json& object, const std::string& place,
                                  const char* key);
  std::optional<int> integer(const nlohmann::json& object, const std::string& place,
                             const char* key, int least, int most);
  std::optional<base::LocalDate> date(const nlohmann::json& object, const std::string& place,
                                      const char* key);

  void fault(std::string_view what, const std::string& place, std::string_view found = {});
  [[nodiscard]] bool clean() const { return faults_.empty(); }
  [[nodiscard]] std::size_t count() const { return faults_.size(); }
  /// Moves the faults out.
  [[nodiscard]] std::vector<base::Refusal> faults();

 private:
  const nlohmann::json* member(const nlohmann::json& object, const std::string& place,
                               const char* key);

  std::string area_;
  std::string file_;
  std::vector<base::Refusal> faults_;
};

}  // namespace reminder
