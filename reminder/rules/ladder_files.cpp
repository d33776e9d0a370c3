#include "reminder/rules/ladder_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "reminder/calendar/data_file.h"
#include "reminder/tasks/task_names.h"

namespace reminder {
namespace {

using nlohmann::json;

constexpr int kFarthest = 60;  ///< Workdays before or after: what deadlines leave room for.
constexpr std::size_t kLongestId = 40;

const std::map<std::string, RecipientRole, std::less<>> kRoles = {
    {"holder", RecipientRole::Holder},
    {"head_of_unit", RecipientRole::HeadOfUnit},
    {"head_of_office", RecipientRole::HeadOfOffice},
    {"assigner", RecipientRole::Assigner},
    {"supports", RecipientRole::Supports}};

bool isSnakeCase(const std::string& text) {
  return text.size() <= kLongestId && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

std::vector<RecipientRole> readRoles(DataFile& file, const json& value, const std::string& place) {
  std::vector<RecipientRole> roles;
  const auto* names = file.array(value, place, "to");
  if (names == nullptr) return roles;
  if (names->empty()) file.fault("no_recipient", place + ".to");
  for (const auto& name : *names) {
    const auto found =
        name.is_string() ? kRoles.find(name.get_ref<const std::string&>()) : kRoles.end();
    if (found == kRoles.end() ||
        std::find(roles.begin(), roles.end(), found->second) != roles.end()) {
      file.fault("bad_value", place + ".to", name.dump());
    } else {
      roles.push_back(found->second);
    }
  }
  return roles;
}

Rung readRung(DataFile& file, const json& value, const std::string& place) {
  Rung rung;
  if (!file.object(value, place, {"id", "workdays", "to"})) return rung;
  rung.id = file.text(value, place, "id").value_or("");
  if (!isSnakeCase(rung.id)) file.fault("bad_value", place + ".id", rung.id);
  rung.workdays = file.integer(value, place, "workdays", -kFarthest, kFarthest).value_or(0);
  rung.to = readRoles(file, value, place);
  return rung;
}

/// one rung a workday, each id once; in order of time whatever the file's order.
void readRungs(DataFile& file, const json& value, const std::string& place, Ladder& ladder) {
  const auto* rungs = file.array(value, place, "rungs");
  std::set<std::string> ids;
  std::set<int> days;
  for (std::size_t i = 0; rungs != nullptr && i < rungs->size(); ++i) {
    const auto at = fmt::format("{}.rungs[{}]", place, i);
    const auto before = file.count();
    auto rung = readRung(file, (*rungs)[i], at);
    if (file.count() > before) continue;
    const bool newId = ids.insert(rung.id).second;
    const bool newDay = days.insert(rung.workdays).second;
    if (!newId || !newDay) file.fault("rung_twice", at, rung.id);
    ladder.rungs.push_back(std::move(rung));
  }
  std::sort(ladder.rungs.begin(), ladder.rungs.end(),
            [](const Rung& a, const Rung& b) { return a.workdays < b.workdays; });
}

void readCondition(DataFile& file, const json& value, const std::string& place,
                   LadderBook::Entry& entry) {
  if (!value.contains("when")) return;
  const auto& when = value["when"];
  if (!file.object(when, place + ".when", {"urgency", "source"})) return;
  if (when.contains("urgency")) {
    const auto name = file.text(when, place + ".when", "urgency").value_or("");
    entry.urgency = urgencyNamed(name);
    if (!entry.urgency) file.fault("bad_value", place + ".when.urgency", name);
  }
  if (when.contains("source")) entry.sourceKind = file.text(when, place + ".when", "source");
}

LadderBook::Entry readEntry(DataFile& file, const json& value, const std::string& place) {
  LadderBook::Entry entry;
  if (!file.object(value, place, {"name", "note", "when", "rungs"})) return entry;
  entry.ladder.name = file.text(value, place, "name").value_or("");
  readCondition(file, value, place, entry);
  readRungs(file, value, place, entry.ladder);
  return entry;
}

base::Result<LadderBook> read(DataFile& file, std::optional<std::string_view> text) {
  std::vector<LadderBook::Entry> entries;
  const auto whole = text ? file.parse(*text) : std::nullopt;
  if (whole) {
    file.object(*whole, "", {"note", "ladders"});
    const auto* ladders = file.array(*whole, "", "ladders");
    for (std::size_t i = 0; ladders != nullptr && i < ladders->size(); ++i) {
      entries.push_back(readEntry(file, (*ladders)[i], fmt::format("ladders[{}]", i)));
    }
    const bool hasDefault =
        !entries.empty() && !entries.back().urgency && !entries.back().sourceKind;
    if (ladders != nullptr && !hasDefault) file.fault("no_default", "ladders");
  }
  if (!file.clean()) return base::refuseAll(file.faults());
  return LadderBook(std::move(entries));
}

}  // namespace

base::Result<LadderBook> readLadders(const std::filesystem::path& path) {
  DataFile file("ladder", path.filename().string());
  const auto text = file.load(path);
  return read(file, text ? std::optional<std::string_view>(*text) : std::nullopt);
}

base::Result<LadderBook> parseLadders(std::string_view json) {
  DataFile file("ladder", "");
  return read(file, json);
}

}  // namespace reminder
