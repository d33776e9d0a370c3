#include "base/config_value.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <charconv>
#include <limits>
#include <numeric>

#include "base/text.h"

namespace base {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t factor;
};

// From large to small: the first that divides a number is how it is written.
constexpr std::array<Unit, 5> kDurations{
    {{"d", 86'400'000}, {"h", 3'600'000}, {"m", 60'000}, {"s", 1000}, {"ms", 1}}};
constexpr std::array<Unit, 4> kSizes{
    {{"GB", 1LL << 30}, {"MB", 1LL << 20}, {"KB", 1LL << 10}, {"B", 1}}};

std::optional<std::int64_t> wholeNumber(std::string_view text) {
  std::int64_t value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return value;
}

template <std::size_t N>
std::optional<std::int64_t> measured(std::string_view text, const std::array<Unit, N>& units) {
  const auto digits = text.find_first_not_of("0123456789");
  if (digits == 0 || digits == std::string_view::npos) return std::nullopt;
  const auto number = wholeNumber(text.substr(0, digits));
  const auto name = squeezed(text.substr(digits));
  for (const auto& unit : units) {
    if (name != unit.name) continue;
    if (!number || *number > std::numeric_limits<std::int64_t>::max() / unit.factor) break;
    return *number * unit.factor;
  }
  return std::nullopt;
}

template <std::size_t N>
std::string shortest(std::int64_t number, const std::array<Unit, N>& units) {
  for (const auto& unit : units) {
    if (number % unit.factor == 0 && (number != 0 || unit.factor == units.back().factor)) {
      return fmt::format("{}{}", number / unit.factor, unit.name);
    }
  }
  return std::to_string(number);
}

tl::unexpected<Refusal> wrong(const ConfigKey& key, std::string code, std::string_view text,
                              const std::string& wanted) {
  Refusal refusal{RefusalKind::Invalid, std::move(code), key.name, {}, {}};
  refusal.facts.emplace_back("value", key.type == KeyType::Secret ? "(hidden)" : std::string(text));
  refusal.facts.emplace_back("wanted", wanted);
  return tl::unexpected<Refusal>(std::move(refusal));
}

Result<std::int64_t> numberOf(const ConfigKey& key, std::string_view text) {
  const auto orRefuse = [&](std::optional<std::int64_t> number, const char* code,
                            const char* wanted) -> Result<std::int64_t> {
    if (number) return *number;
    return wrong(key, code, text, wanted);
  };
  switch (key.type) {
    case KeyType::Integer:
      return orRefuse(wholeNumber(text), "config.not_an_integer", "12");
    case KeyType::Flag:
      if (text == "true") return 1;
      if (text == "false") return 0;
      return wrong(key, "config.not_a_flag", text, "true, false");
    case KeyType::Duration:
      return orRefuse(measured(text, kDurations), "config.not_a_duration",
                      "250ms, 30s, 5m, 2h, 1d");
    case KeyType::Bytes:
      return orRefuse(measured(text, kSizes), "config.not_a_size", "512B, 16KB, 64MB, 2GB");
    case KeyType::Choice:
      if (std::find(key.choices.begin(), key.choices.end(), text) != key.choices.end()) return 0;
      return wrong(key, "config.not_a_choice", text,
                   fmt::format("{}", fmt::join(key.choices, ", ")));
    case KeyType::Text:
    case KeyType::Path:
    case KeyType::List:
    case KeyType::Secret:
      return 0;
  }
  return 0;
}

bool isTextual(KeyType type) {
  return type == KeyType::Text || type == KeyType::Path || type == KeyType::List ||
         type == KeyType::Secret;
}

}  // namespace

Result<std::int64_t> parseConfigValue(const ConfigKey& key, std::string_view text) {
  auto number = numberOf(key, text);
  if (!number) return number;
  const auto measure =
      isTextual(key.type) ? static_cast<std::int64_t>(lengthInCharacters(text)) : *number;
  if ((key.least && measure < *key.least) || (key.most && measure > *key.most)) {
    return wrong(key, isTextual(key.type) ? "config.wrong_length" : "config.out_of_range", text,
                 configRangeText(key));
  }
  return number;
}

Result<void> checkConfigForm(const ConfigKey& key, const std::string& text) {
  if (key.form.accepts == nullptr) return {};
  const auto items =
      key.type == KeyType::List ? configListItems(text) : std::vector<std::string>{text};
  for (const auto& item : items) {
    if (!key.form.accepts(item)) return wrong(key, key.form.refusal, item, key.form.example);
  }
  return {};
}

std::string configNumberText(KeyType type, std::int64_t number) {
  if (type == KeyType::Duration) return shortest(number, kDurations);
  if (type == KeyType::Bytes) return shortest(number, kSizes);
  return std::to_string(number);
}

std::string configRangeText(const ConfigKey& key) {
  if (key.type == KeyType::Choice) return fmt::format("{}", fmt::join(key.choices, ", "));
  const auto text = [&](std::int64_t number) { return configNumberText(key.type, number); };
  if (key.least && key.most) return fmt::format("{} … {}", text(*key.least), text(*key.most));
  if (key.least) return "≥ " + text(*key.least);
  if (key.most) return "≤ " + text(*key.most);
  return {};
}

std::vector<std::string> configListItems(std::string_view text) {
  std::vector<std::string> items;
  for (std::size_t from = 0; from <= text.size();) {
    const auto comma = std::min(text.find(',', from), text.size());
    auto item = squeezed(text.substr(from, comma - from));
    if (!item.empty()) items.push_back(std::move(item));
    from = comma + 1;
  }
  return items;
}

std::string nearestName(std::string_view wrong, const std::vector<std::string>& names) {
  std::string best;
  std::size_t bestDistance = std::max<std::size_t>(2, wrong.size() / 4) + 1;
  for (const auto& name : names) {
    std::vector<std::size_t> row(name.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 0; i < wrong.size(); ++i) {  // Levenshtein, one row at a time
      std::size_t diagonal = std::exchange(row[0], i + 1);
      for (std::size_t j = 0; j < name.size(); ++j) {
        const auto change = diagonal + (wrong[i] == name[j] ? 0 : 1);
        diagonal = row[j + 1];
        row[j + 1] = std::min({change, row[j] + 1, row[j + 1] + 1});
      }
    }
    if (row.back() < bestDistance) {
      bestDistance = row.back();
      best = name;
    }
  }
  return best;
}

}  // namespace base
