#include "eoffice/web/hits.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/text.h"
#include "eoffice/directory/pickers.h"

namespace eoffice::web {
namespace {

using nlohmann::json;

constexpr std::string_view kBetween = " \t\n,.;:()/\"'-";

bool isHit(std::string_view word, const std::vector<std::string>& wanted) {
  const auto folded = base::fold(word);
  return std::any_of(wanted.begin(), wanted.end(),
                     [&](const auto& one) { return folded.rfind(one, 0) == 0; });
}

void append(json& parts, std::string_view text, bool hit) {
  if (text.empty()) return;
  if (!parts.empty() && parts.back()["hit"] == hit) {
    parts.back()["text"] = parts.back()["text"].get<std::string>() + std::string(text);
  } else {
    parts.push_back({{"text", std::string(text)}, {"hit", hit}});
  }
}

}  // namespace

json partsOf(std::string_view text, std::string_view query) {
  const auto wanted = directory::searchWords(query);
  json parts = json::array();
  std::string_view between;  // Marked where it stands between two hits.
  bool before = false;
  while (!text.empty()) {
    const auto begin = std::min(text.find_first_not_of(kBetween), text.size());
    between = text.substr(0, begin);
    text.remove_prefix(begin);
    const auto end = std::min(text.find_first_of(kBetween), text.size());
    const auto word = text.substr(0, end);
    text.remove_prefix(end);
    const bool hit = !word.empty() && isHit(word, wanted);
    append(parts, between, before && hit);
    append(parts, word, hit);
    before = hit;
  }
  return parts;
}

}  // namespace eoffice::web
