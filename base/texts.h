// The text catalogues: every sentence that a person reads, by key, in Vietnamese and English.
// Files `<folder>/vi/*.json` and `<folder>/en/*.json`, each a flat object `"key": "text with
// {fact}"`; a key stands in one file only. Read once; then safe from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace base {

enum class Language : std::uint8_t { Vi, En };

class Texts {
 public:
  using Facts = std::vector<std::pair<std::string, std::string>>;

  /// Throws std::runtime_error with file and key for JSON that is none, a key twice, a key that
  /// only one language has.
  explicit Texts(const std::filesystem::path& folder);

  [[nodiscard]] bool has(std::string_view key) const;
  /// The text with `{name}` replaced by the fact of that name. An unknown key is a bug: it comes
  /// back in brackets, and is logged.
  [[nodiscard]] std::string get(Language language, std::string_view key,
                                const Facts& facts = {}) const;
  [[nodiscard]] std::vector<std::string> keys() const;

 private:
  std::map<std::string, std::string, std::less<>> vi_;
  std::map<std::string, std::string, std::less<>> en_;
};

}  // namespace base
