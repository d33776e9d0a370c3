#include "reminder/calendar/calendar_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <set>

#include "reminder/calendar/calendar_rules.h"
#include "reminder/calendar/data_file.h"

namespace reminder {
namespace {

using nlohmann::json;
using std::chrono::minutes;

const std::map<std::string, std::chrono::weekday, std::less<>> kWeekdays = {
    {"monday", std::chrono::Monday},       {"tuesday", std::chrono::Tuesday},
    {"wednesday", std::chrono::Wednesday}, {"thursday", std::chrono::Thursday},
    {"friday", std::chrono::Friday},       {"saturday", std::chrono::Saturday},
    {"sunday", std::chrono::Sunday}};

const std::map<std::string, DayKind, std::less<>> kKinds = {
    {"workday", DayKind::Workday},           {"holiday", DayKind::Holiday},
    {"compensation", DayKind::Compensation}, {"swapped_off", DayKind::SwappedOff},
    {"swapped_work", DayKind::SwappedWork},  {"local_off", DayKind::LocalOff}};

std::string at(const std::string& place, std::size_t index) {
  return fmt::format("{}[{}]", place, index);
}

/// `07:30`; empty for anything else.
std::optional<minutes> clockTime(const json& value) {
  if (!value.is_string()) return std::nullopt;
  const auto& text = value.get_ref<const std::string&>();
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto digit = [&](std::size_t i) {
    return text[i] >= '0' && text[i] <= '9' ? text[i] - '0' : 100;
  };
  const int hour = digit(0) * 10 + digit(1);
  const int minute = digit(3) * 10 + digit(4);
  if (hour > 23 || minute > 59) return std::nullopt;
  return minutes{hour * 60 + minute};
}

void readYears(DataFile& file, const json& whole, CalendarRules& rules) {
  const auto* years = file.array(whole, "", "years");
  if (years == nullptr) return;
  const auto valid = [](const json& year) {
    return year.is_number_integer() && year >= 2000 && year <= 2200;
  };
  if (years->size() != 2 || !valid((*years)[0]) || !valid((*years)[1]) ||
      (*years)[0] > (*years)[1]) {
    return file.fault("bad_value", "years", years->dump());
  }
  rules.parts.firstYear = (*years)[0].get<int>();
  rules.parts.lastYear = (*years)[1].get<int>();
}

void readRestDays(DataFile& file, const json& whole, CalendarRules& rules) {
  const auto* names = file.array(whole, "", "rest_days");
  for (std::size_t i = 0; names != nullptr && i < names->size(); ++i) {
    const auto& name = (*names)[i];
    const auto found =
        name.is_string() ? kWeekdays.find(name.get_ref<const std::string&>()) : kWeekdays.end();
    if (found == kWeekdays.end()) {
      file.fault("bad_value", at("rest_days", i), name.dump());
    } else {
      rules.parts.restDays.push_back(found->second);
    }
  }
  if (rules.parts.restDays.size() > 6) file.fault("bad_value", "rest_days", "no day to work");
}

void readHours(DataFile& file, const json& whole, CalendarRules& rules) {
  const auto* spans = file.array(whole, "", "hours");
  if (spans == nullptr) return;
  if (spans->empty()) file.fault("bad_value", "hours", "[]");
  for (std::size_t i = 0; i < spans->size(); ++i) {
    const auto& span = (*spans)[i];
    const bool pair = span.is_array() && span.size() == 2;
    const auto from = pair ? clockTime(span[0]) : std::nullopt;
    const auto to = pair ? clockTime(span[1]) : std::nullopt;
    const auto& known = rules.parts.hours;
    if (!from || !to || *from >= *to || (!known.empty() && *from < known.back().to)) {
      file.fault("bad_value", at("hours", i), span.dump());
    } else {
      rules.parts.hours.push_back({*from, *to});
    }
  }
}

void readHoliday(DataFile& file, const json& value, const std::string& place, bool lunar,
                 CalendarRules& rules) {
  if (!file.object(value, place, {"id", "month", "day", "before", "after", "name", "decision"})) {
    return;
  }
  HolidayRule rule;
  rule.id = file.text(value, place, "id").value_or("");
  rule.name = file.text(value, place, "name").value_or("");
  rule.decision = file.text(value, place, "decision").value_or("");
  if (value.contains("before"))
    rule.before = file.integer(value, place, "before", 0, 9).value_or(0);
  if (value.contains("after")) rule.after = file.integer(value, place, "after", 0, 9).value_or(0);
  if (!lunar) {
    rule.month = file.integer(value, place, "month", 1, 12).value_or(1);
    rule.day = file.integer(value, place, "day", 1, 31).value_or(1);
    const auto date = std::chrono::year{2023} / rule.month / rule.day;  // not a leap year
    if (!date.ok()) file.fault("bad_value", place + ".day", std::to_string(rule.day));
  }
  rules.holidays.push_back(std::move(rule));
}

void readLunarTable(DataFile& file, const json& whole, CalendarRules& rules) {
  const json table = whole.value("lunar_table", json::object());
  if (!table.is_object()) return file.fault("bad_value", "lunar_table");
  for (int year = rules.parts.firstYear; year <= rules.parts.lastYear; ++year) {
    const auto key = std::to_string(year);
    const auto place = "lunar_table." + key;
    for (const auto& holiday : rules.holidays) {
      if (holiday.month != 0) continue;
      if (!table.contains(key)) {
        file.fault("missing", place);
        break;
      }
      const auto date = file.date(table[key], place, holiday.id.c_str());
      if (date && static_cast<int>(date->year()) != year) {
        file.fault("bad_value", place + "." + holiday.id, base::isoDate(*date));
      } else if (date) {
        rules.lunar[year][holiday.id] = *date;
      }
    }
  }
}

CalendarRules readRules(DataFile& file, const json& whole) {
  CalendarRules rules;
  file.object(whole, "",
              {"note", "years", "rest_days", "hours", "observed_shift", "fixed", "lunar",
               "lunar_note", "lunar_table"});
  readYears(file, whole, rules);
  readRestDays(file, whole, rules);
  readHours(file, whole, rules);
  const auto shift = whole.value("observed_shift", json(false));
  if (!shift.is_boolean()) file.fault("bad_value", "observed_shift", shift.dump());
  rules.observedShift = shift.is_boolean() && shift.get<bool>();
  for (const char* list : {"fixed", "lunar"}) {
    const auto* holidays = file.array(whole, "", list);
    for (std::size_t i = 0; holidays != nullptr && i < holidays->size(); ++i) {
      readHoliday(file, (*holidays)[i], at(list, i), std::string_view(list) == "lunar", rules);
    }
  }
  readLunarTable(file, whole, rules);
  return rules;
}

std::optional<DayRule> readDay(DataFile& file, const json& value, const std::string& place) {
  if (!file.object(value, place, {"date", "kind", "name", "decision"})) return std::nullopt;
  const auto date = file.date(value, place, "date");
  const auto kind = file.text(value, place, "kind");
  const auto name = file.text(value, place, "name");
  const auto decision = file.text(value, place, "decision");
  if (!date || !kind || !name || !decision) return std::nullopt;
  const auto found = kKinds.find(*kind);
  if (found == kKinds.end()) {
    file.fault("bad_value", place + ".kind", *kind);
    return std::nullopt;
  }
  return DayRule{*date, found->second, *name, *decision};
}

/// A swap must move work between a workday and a rest day, or it moves nothing.
void checkSwap(DataFile& file, const CalendarRules& rules, const DayRule& day,
               const std::string& place) {
  const bool restDay = isRestDay(rules, day.date);
  if ((day.kind == DayKind::SwappedWork && !restDay) ||
      (day.kind == DayKind::SwappedOff && restDay)) {
    file.fault("swap_of_wrong_day", place, base::isoDate(day.date));
  }
}

void readSettled(DataFile& file, const json& whole, const CalendarRules& rules,
                 CalendarDecisions& decisions) {
  if (!whole.contains("settles")) return;
  const auto year = file.integer(whole, "", "year", rules.parts.firstYear, rules.parts.lastYear);
  const auto* ids = file.array(whole, "", "settles");
  for (std::size_t i = 0; year && ids != nullptr && i < ids->size(); ++i) {
    const auto& id = (*ids)[i];
    const bool known =
        id.is_string() && std::any_of(rules.holidays.begin(), rules.holidays.end(),
                                      [&](const HolidayRule& rule) { return rule.id == id; });
    if (!known) {
      file.fault("bad_value", at("settles", i), id.dump());
    } else {
      decisions.settled.emplace(*year, id.get<std::string>());
    }
  }
}

void readDecisions(DataFile& file, const json& whole, const CalendarRules& rules,
                   CalendarDecisions& decisions) {
  file.object(whole, "", {"note", "year", "settles", "days", "unsettled"});
  readSettled(file, whole, rules, decisions);
  std::set<base::LocalDate> seen;
  for (const char* list : {"days", "unsettled"}) {
    if (!whole.contains(list)) continue;
    const auto* days = file.array(whole, "", list);
    for (std::size_t i = 0; days != nullptr && i < days->size(); ++i) {
      const auto place = at(list, i);
      const auto day = readDay(file, (*days)[i], place);
      if (!day) continue;
      const int year = static_cast<int>(day->date.year());
      if (year < rules.parts.firstYear || year > rules.parts.lastYear) {
        file.fault("bad_value", place + ".date", base::isoDate(day->date));
      }
      if (!seen.insert(day->date).second) {
        file.fault("date_twice", place, base::isoDate(day->date));
      }
      checkSwap(file, rules, *day, place);
      if (std::string_view(list) == "days") {
        decisions.days.insert_or_assign(day->date, *day);
      } else {
        decisions.unsettled.push_back(*day);
      }
    }
  }
}

/// `vn-2026.json` beside `vn.json`, in order of their names without the ending: `vn-2026` comes
/// before `vn-2026-ward`.
std::vector<std::filesystem::path> decisionFiles(const std::filesystem::path& folder,
                                                 const std::string& name) {
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const auto file = entry.path().filename().string();
    if (file.starts_with(name + "-") && entry.path().extension() == ".json") {
      files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end(),
            [](const auto& a, const auto& b) { return a.stem() < b.stem(); });
  return files;
}

void append(std::vector<base::Refusal>& faults, DataFile& file) {
  for (auto& fault : file.faults()) faults.push_back(std::move(fault));
}

}  // namespace

base::Result<CalendarParts> readCalendar(const std::filesystem::path& folder,
                                         const std::string& name) {
  std::vector<base::Refusal> faults;
  CalendarRules rules;
  DataFile file("calendar", name + ".json");
  if (const auto text = file.load(folder / (name + ".json"))) {
    if (const auto whole = file.parse(*text)) rules = readRules(file, *whole);
  }
  append(faults, file);
  if (!faults.empty()) return base::refuseAll(std::move(faults));

  CalendarDecisions decisions;
  for (const auto& path : decisionFiles(folder, name)) {
    DataFile decided("calendar", path.filename().string());
    const auto text = decided.load(path);
    const auto whole = text ? decided.parse(*text) : std::nullopt;
    if (whole) readDecisions(decided, *whole, rules, decisions);
    append(faults, decided);
  }
  if (!faults.empty()) return base::refuseAll(std::move(faults));
  return laidOver(std::move(rules), std::move(decisions));
}

}  // namespace reminder
