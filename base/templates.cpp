#include "base/templates.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <kainjow/mustache.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace base {
namespace {

namespace fs = std::filesystem;
namespace km = kainjow::mustache;
using Sources = std::map<std::string, std::string>;

[[noreturn]] void fail(const std::string& name, const std::string& what) {
  throw std::runtime_error("template " + name + ": " + what);
}

std::string escapeHtml(const std::string& text) {
  if (text.find_first_of("&<>\"'") == std::string::npos) return text;
  std::string out;
  out.reserve(text.size() + 32);
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (c == '\'')
      out += "&#39;";
    else
      out += c;
  }
  return out;
}

// Every blank becomes one node of the compiled template, so indentation would cost at each page.
std::string squeeze(const std::string& text) {
  std::string out;
  out.reserve(text.size());
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::size_t first = std::min(text.find_first_not_of(" \t\r", at), end);
    if (first < end) out.append(text, first, end - first).append("\n");
    at = end + 1;
  }
  return out;
}

Sources readSources(const fs::path& folder, Templates::Escape escape) {
  if (!fs::is_directory(folder))
    throw std::runtime_error("templates: no folder " + folder.string());
  Sources sources;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() != ".mustache") continue;
    std::ifstream in(entry.path(), std::ios::binary);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (!in.good() && !in.eof()) fail(entry.path().string(), "cannot be read");
    if (escape == Templates::Escape::Html) text = squeeze(text);
    const fs::path name = fs::relative(entry.path(), folder).replace_extension();
    sources.emplace(name.generic_string(), std::move(text));
  }
  return sources;
}

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return std::string(text.substr(first, text.find_last_not_of(" \t") + 1 - first));
}

// Puts the parts in where they are named: the library would parse them again at every use.
void inlineParts(const Sources& sources, const std::string& name, std::vector<std::string>& path,
                 std::string& out) {
  if (std::find(path.begin(), path.end(), name) != path.end()) fail(name, "includes itself");
  const auto found = sources.find(name);
  if (found == sources.end()) fail(path.empty() ? name : path.back(), "no part " + name);
  path.push_back(name);
  const std::string& text = found->second;
  std::size_t at = 0;
  for (std::size_t tag; (tag = text.find("{{>", at)) != std::string::npos;) {
    const std::size_t close = text.find("}}", tag);
    if (close == std::string::npos) fail(name, "unclosed part");
    out.append(text, at, tag - at);
    inlineParts(sources, trimmed(std::string_view(text).substr(tag + 3, close - tag - 3)), path,
                out);
    at = close + 2;
    // A part ends with its own newline; the tag's would be a second one.
    if (at < text.size() && text[at] == '\n' && !out.empty() && out.back() == '\n') ++at;
  }
  out.append(text, at, std::string::npos);
  path.pop_back();
}

// `{fact}` of a catalogue text becomes `{{fact}}` of the template.
std::string withFacts(const std::string& text) {
  std::string out;
  for (const char c : text) {
    out += c;
    if (c == '{' || c == '}') out += c;
  }
  return out;
}

std::string putTexts(const std::string& name, const std::string& text, const Texts& texts,
                     Language language, Templates::Escape escape) {
  std::string out;
  out.reserve(text.size() * 2);
  std::size_t at = 0;
  for (std::size_t tag; (tag = text.find("[[", at)) != std::string::npos;) {
    const std::size_t close = text.find("]]", tag);
    if (close == std::string::npos) fail(name, "unclosed [[");
    const std::string key = text.substr(tag + 2, close - tag - 2);
    if (!texts.has(key)) fail(name, "no text " + key);
    std::string value = texts.get(language, key);
    if (escape == Templates::Escape::Html) value = escapeHtml(value);
    out.append(text, at, tag - at).append(withFacts(value));
    at = close + 2;
  }
  return out.append(text, at, std::string::npos);
}

km::mustache compile(const std::string& name, const std::string& text, Templates::Escape escape) {
  km::mustache compiled(text);
  if (!compiled.is_valid()) fail(name, compiled.error_message());
  if (escape == Templates::Escape::Html)
    compiled.set_custom_escape(escapeHtml);
  else
    compiled.set_custom_escape([](const std::string& value) { return value; });
  return compiled;
}

km::data toData(const nlohmann::json& value) {
  using Type = nlohmann::json::value_t;
  switch (value.type()) {
    case Type::object: {
      km::data object;
      for (const auto& [key, member] : value.items()) {
        object[key] = toData(member);
        if (member.is_array()) object["has_" + key] = km::data(!member.empty());
      }
      return object;
    }
    case Type::array: {
      km::data list{km::data::type::list};
      // NOTE: push_back copies the whole item; the list behind the const reference is our own.
      auto& items = const_cast<km::list&>(list.list_value());
      items.reserve(value.size());
      for (const auto& item : value) items.push_back(toData(item));
      return list;
    }
    case Type::string: {
      const auto& text = value.get_ref<const std::string&>();
      return text.empty() ? km::data(false) : km::data(text);
    }
    case Type::boolean:
      return km::data(value.get<bool>());
    case Type::number_integer:
    case Type::number_unsigned:
    case Type::number_float:
      return km::data(value.dump());
    case Type::null:
    case Type::binary:
    case Type::discarded:
      break;
  }
  return km::data(false);
}

std::size_t indexOf(Language language) { return language == Language::Vi ? 0 : 1; }

}  // namespace

struct Templates::State {
  // NOTE: mustache::render is not const in the library, yet writes to the object only when it meets
  // a part or a lambda; parts are put in before it compiles and data never holds a lambda. So one
  // compiled template serves all threads.
  std::map<std::string, std::array<std::unique_ptr<km::mustache>, 2>, std::less<>> compiled;
};

Templates::Templates(const std::filesystem::path& folder, const Texts& texts, Escape escape)
    : state_(std::make_unique<State>()) {
  const Sources sources = readSources(folder, escape);
  for (const auto& [name, source] : sources) {
    std::string whole;
    std::vector<std::string> path;
    inlineParts(sources, name, path, whole);
    for (const Language language : {Language::Vi, Language::En}) {
      const std::string text = putTexts(name, whole, texts, language, escape);
      state_->compiled[name][indexOf(language)] =
          std::make_unique<km::mustache>(compile(name, text, escape));
    }
  }
}

Templates::~Templates() = default;

std::string Templates::render(const std::string& name, const nlohmann::json& data,
                              Language language) const {
  const auto found = state_->compiled.find(name);
  if (found == state_->compiled.end()) throw std::logic_error("no template " + name);
  const km::data converted = toData(data);
  std::string out;
  out.reserve(16384);
  found->second[indexOf(language)]->render(
      converted, km::mustache::render_handler([&out](const std::string& piece) { out += piece; }));
  return out;
}

std::vector<std::string> Templates::names() const {
  std::vector<std::string> all;
  all.reserve(state_->compiled.size());
  for (const auto& [name, compiled] : state_->compiled) all.push_back(name);
  return all;
}

}  // namespace base
