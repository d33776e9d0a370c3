#include <fmt/format.h>

#include "base/config.h"
#include "base/config_value.h"

namespace base {
namespace {

constexpr std::size_t kWidth = 100;

std::string typeText(const ConfigKey& key) {
  switch (key.type) {
    case KeyType::Text:
      return "text";
    case KeyType::Path:
      return "path";
    case KeyType::Integer:
      return "integer";
    case KeyType::Flag:
      return "true or false";
    case KeyType::Duration:
      return "duration";
    case KeyType::Bytes:
      return "size";
    case KeyType::Choice:
      return "choice";
    case KeyType::List:
      return "list, with commas";
    case KeyType::Secret:
      return "secret";
  }
  return {};
}

std::string unitText(const ConfigKey& key) {
  if (key.type == KeyType::Duration) return "ms, s, m, h, d";
  if (key.type == KeyType::Bytes) return "B, KB, MB, GB";
  return key.unit;
}

// A comment, broken between words; a sentence of any language counts by its bytes.
std::string comment(std::string_view text) {
  std::string out;
  std::string line = "#";
  for (std::size_t from = 0; from < text.size();) {
    const auto space = std::min(text.find(' ', from), text.size());
    const auto word = text.substr(from, space - from);
    if (line.size() + 1 + word.size() > kWidth && line.size() > 1) {
      out += line + '\n';
      line = "#";
    }
    line += ' ';
    line += word;
    from = space + 1;
  }
  return out + line + '\n';
}

std::string annotation(const ConfigKey& key) {
  const bool textual = key.type == KeyType::Text || key.type == KeyType::Path ||
                       key.type == KeyType::List || key.type == KeyType::Secret;
  std::string out = "[" + typeText(key);
  if (const auto unit = unitText(key); !unit.empty()) out += "; unit: " + unit;
  if (const auto range = configRangeText(key); !range.empty()) {
    out += (key.type == KeyType::Choice ? "; one of: " : "; range: ") + range;
    if (textual) out += " characters";
  }
  out += "; default: " + (key.fallback.empty() ? "none" : key.fallback);
  return out + "; variable: " + configVariable(key.name) + "]";
}

std::string sectionOf(const ConfigKey& key) { return key.name.substr(0, key.name.find('.')); }

}  // namespace

std::string configExample(const std::vector<ConfigKey>& keys) {
  std::string out =
      "# Every key that there is, with its default. Take the # away to set another value.\n"
      // texts: data
      "# Mọi khóa cấu hình cùng giá trị mặc định. Bỏ dấu # ở đầu dòng để đặt giá trị khác.\n"
      "#\n"
      "# A value is all that stands after the =, in UTF-8; no quotes, no escapes. A relative path "
      "counts\n"
      "# from the folder of this file. A variable of the environment overrides the file.\n";
  std::string section;
  for (const auto& key : keys) {
    if (sectionOf(key) != section) {
      section = sectionOf(key);
      out += fmt::format("\n# ---- {} {}\n", section, std::string(80 - section.size(), '-'));
    }
    out += '\n' + comment(key.english) + comment(key.vietnamese) + comment(annotation(key));
    out += fmt::format("#{} ={}{}\n", key.name, key.fallback.empty() ? "" : " ", key.fallback);
  }
  return out;
}

}  // namespace base
