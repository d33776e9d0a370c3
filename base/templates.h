// Logic-less pages and mails: Mustache, escaped by default, compiled once for each language.
// `[[key]]` in a template is the catalogue's text, put in (and escaped) when it is compiled;
// `{{> parts/name}}` is another file of the folder. Safe from any thread.
#pragma once

#include <filesystem>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "base/texts.h"

namespace base {

class Templates {
 public:
  enum class Escape : std::uint8_t { Html, None };  ///< None: plain-text mail.

  /// Reads every `*.mustache` below `folder`. Throws std::runtime_error for a template that does
  /// not compile, a part or a text key that is missing.
  Templates(const std::filesystem::path& folder, const Texts& texts, Escape escape = Escape::Html);
  ~Templates();
  /// `name` without the ending: `pages/sign_in`. An unknown name is a bug (std::logic_error).
  [[nodiscard]] std::string render(const std::string& name, const nlohmann::json& data,
                                   Language language) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace base
