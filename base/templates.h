// Logic-less pages and mails: Mustache, escaped by default, compiled once for each language.
// `[[key]]` in a template is the catalogue's text, put in (and escaped) when it is compiled; a
// `{fact}` of that text becomes the page's own `{{fact}}`. `{{> parts/name}}` is another file of
// the folder. Knows nothing of HTTP or of who reads. Safe from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "base/texts.h"

namespace base {

class Templates {
 public:
  enum class Escape : std::uint8_t { Html, None };  ///< None: plain-text mail.

  /// Reads every `*.mustache` below `folder`. Throws std::runtime_error for a template that does
  /// not compile, a part or a text key that is missing, parts that include each other in a ring.
  /// With Escape::Html the indentation of lines and empty lines are dropped.
  Templates(const std::filesystem::path& folder, const Texts& texts, Escape escape = Escape::Html);
  ~Templates();
  Templates(const Templates&) = delete;
  Templates& operator=(const Templates&) = delete;

  /// `name` without the ending: `pages/sign_in`. An unknown name is a bug (std::logic_error).
  ///
  /// `data` is an object. In sections, `false`, `null`, an empty text, an empty list and an absent
  /// value are "no"; everything else (0 and `{}` too) is "yes". A name that an item lacks is looked
  /// up in what surrounds it: give the item `null` where that must not happen. Beside each list
  /// `rows` stands `has_rows`, for what is written once around it.
  [[nodiscard]] std::string render(const std::string& name, const nlohmann::json& data,
                                   Language language) const;

  [[nodiscard]] std::vector<std::string> names() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace base
