#include "base/texts.h"

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "base/log.h"

namespace base {
namespace {

namespace fs = std::filesystem;
using Catalogue = std::map<std::string, std::string, std::less<>>;

[[noreturn]] void fail(const fs::path& file, const std::string& what) {
  throw std::runtime_error("texts: " + file.string() + ": " + what);
}

nlohmann::json parseFlat(const fs::path& file) {
  std::ifstream in(file);
  if (!in) fail(file, "cannot be read");
  std::set<std::string> seen;
  const auto onEvent = [&](int, nlohmann::json::parse_event_t event, nlohmann::json& value) {
    // The parser would keep the last of two equal keys in silence.
    if (event == nlohmann::json::parse_event_t::key &&
        !seen.insert(value.get<std::string>()).second)
      fail(file, "key twice: " + value.get<std::string>());
    return true;
  };
  try {
    return nlohmann::json::parse(in, onEvent);
  } catch (const nlohmann::json::exception& e) {
    fail(file, e.what());
  }
}

void readFile(const fs::path& file, Catalogue& into) {
  const nlohmann::json parsed = parseFlat(file);
  if (!parsed.is_object()) fail(file, "is not an object of key and text");
  for (const auto& [key, text] : parsed.items()) {
    if (!text.is_string()) fail(file, "not a text: " + key);
    if (!into.emplace(key, text.get<std::string>()).second)
      fail(file, "key stands in another file too: " + key);
  }
}

Catalogue readFolder(const fs::path& folder) {
  if (!fs::is_directory(folder)) fail(folder, "is no folder");
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  Catalogue all;
  for (const fs::path& file : files) readFile(file, all);
  return all;
}

void expectSameKeys(const fs::path& folder, const Catalogue& one, const Catalogue& other) {
  for (const auto& [key, text] : one)
    if (!other.contains(key)) fail(folder, "lacks the key " + key);
}

}  // namespace

Texts::Texts(const std::filesystem::path& folder)
    : vi_(readFolder(folder / "vi")), en_(readFolder(folder / "en")) {
  expectSameKeys(folder / "en", vi_, en_);
  expectSameKeys(folder / "vi", en_, vi_);
}

bool Texts::has(std::string_view key) const { return vi_.contains(key); }

std::string Texts::get(Language language, std::string_view key, const Facts& facts) const {
  const Catalogue& catalogue = language == Language::Vi ? vi_ : en_;
  const auto found = catalogue.find(key);
  if (found == catalogue.end()) {
    log::error("text_missing", {{"key", key}});
    return "[" + std::string(key) + "]";
  }
  const std::string& text = found->second;
  if (facts.empty()) return text;
  // One pass: a fact that itself contains `{name}` is shown as it is.
  std::string out;
  out.reserve(text.size() + 32);
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t open = text.find('{', at);
    const std::size_t close = open == std::string::npos ? open : text.find('}', open);
    if (close == std::string::npos) break;
    const std::string_view name = std::string_view(text).substr(open + 1, close - open - 1);
    const auto fact = std::find_if(facts.begin(), facts.end(),
                                   [&](const auto& candidate) { return candidate.first == name; });
    out.append(text, at, open - at);
    if (fact == facts.end())
      out.append(text, open, close + 1 - open);
    else
      out.append(fact->second);
    at = close + 1;
  }
  return out.append(text, at, std::string::npos);
}

std::vector<std::string> Texts::keys() const {
  std::vector<std::string> names;
  names.reserve(vi_.size());
  for (const auto& [key, text] : vi_) names.push_back(key);
  return names;
}

}  // namespace base
