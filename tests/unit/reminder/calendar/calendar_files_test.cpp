#include "reminder/calendar/calendar_files.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

namespace reminder {
namespace {

constexpr const char* kRules = R"({
  "years": [2026, 2026], "rest_days": ["saturday", "sunday"],
  "hours": [["07:30", "11:30"], ["13:30", "17:00"]], "observed_shift": true,
  "fixed": [{"id": "labour_day", "month": 5, "day": 1, "name": "01/5", "decision": "Điều 112"}],
  "lunar": []})";

class CalendarFiles : public testing::Test {
 protected:
  CalendarFiles() {
    folder_ = std::filesystem::temp_directory_path() /
              ("calendar_files_test." + std::to_string(getpid()));
    std::filesystem::create_directories(folder_);
  }
  ~CalendarFiles() override { std::filesystem::remove_all(folder_); }

  void write(const char* name, const std::string& text) { std::ofstream(folder_ / name) << text; }
  /// `code@field` of each fault; empty when the calendar is read.
  std::vector<std::string> faults() {
    const auto read = readCalendar(folder_, "vn");
    if (read) return {};
    std::vector<std::string> found{read.error().code + "@" + read.error().field};
    for (const auto& other : read.error().others) found.push_back(other.code + "@" + other.field);
    return found;
  }

  std::filesystem::path folder_;
};

using Faults = std::vector<std::string>;

TEST_F(CalendarFiles, SaysWhichFileIsMissing) {
  EXPECT_EQ(faults(), Faults{"calendar.unreadable@vn.json"});
}

TEST_F(CalendarFiles, SaysWhereJsonBreaks) {
  write("vn.json", R"({"years": [2026,)");
  EXPECT_EQ(faults(), Faults{"calendar.bad_json@vn.json: byte 17"});
}

TEST_F(CalendarFiles, NamesAllFaultsOfTheRulesAtOnce) {
  write("vn.json",
        R"({"years": [2027, 2026], "rest_days": ["freeday"], "hours": [["7:30", "11:30"]],
    "fixed": [{"id": "x", "month": 2, "day": 30, "name": "n", "decision": ""}], "lunar": [],
    "colour": 1})");
  EXPECT_EQ(
      faults(),
      (Faults{"calendar.unknown_key@vn.json: colour", "calendar.bad_value@vn.json: years",
              "calendar.bad_value@vn.json: rest_days[0]", "calendar.bad_value@vn.json: hours[0]",
              "calendar.bad_value@vn.json: fixed[0].decision",
              "calendar.bad_value@vn.json: fixed[0].day"}));
}

TEST_F(CalendarFiles, NamesTheYearThatTheLunarTableLacks) {
  write("vn.json", R"({"years": [2026, 2027], "rest_days": [], "hours": [["07:30", "11:30"]],
    "fixed": [], "lunar": [{"id": "tet", "name": "Tết", "decision": "Điều 112"}],
    "lunar_table": {"2026": {"tet": "2026-02-17"}}})");
  EXPECT_EQ(faults(), Faults{"calendar.missing@vn.json: lunar_table.2027"});
}

TEST_F(CalendarFiles, RefusesASwapThatMovesNothingAndADateTwice) {
  write("vn.json", kRules);
  write("vn-2026.json", R"({"days": [
    {"date": "2026-08-31", "kind": "swapped_work", "name": "n", "decision": "d"},
    {"date": "2026-08-22", "kind": "swapped_off", "name": "n", "decision": "d"},
    {"date": "2026-08-22", "kind": "local_off", "name": "n", "decision": "d"},
    {"date": "2026-02-30", "kind": "holiday", "name": "n", "decision": "d"},
    {"date": "2026-03-02", "kind": "picnic", "name": "n", "decision": "d"}]})");
  EXPECT_EQ(faults(), (Faults{"calendar.swap_of_wrong_day@vn-2026.json: days[0]",
                              "calendar.swap_of_wrong_day@vn-2026.json: days[1]",
                              "calendar.date_twice@vn-2026.json: days[2]",
                              "calendar.bad_value@vn-2026.json: days[3].date",
                              "calendar.bad_value@vn-2026.json: days[4].kind"}));
}

TEST_F(CalendarFiles, LaysALaterFileOverAnEarlierOne) {
  write("vn.json", kRules);
  write(
      "vn-2026.json",
      R"({"days": [{"date": "2026-10-06", "kind": "local_off", "name": "Bão", "decision": "d"}]})");
  write("vn-2026-ward.json", R"({"days": [
    {"date": "2026-10-06", "kind": "workday", "name": "Trực bão", "decision": "d"}]})");
  EXPECT_TRUE(WorkCalendar(readCalendar(folder_, "vn").value())
                  .isWorkday(std::chrono::year{2026} / 10 / 6));
}

TEST_F(CalendarFiles, LetsADecisionSettleWhatARuleGives) {
  write("vn.json", kRules);
  write("vn-2026.json", R"({"year": 2026, "settles": ["labour_day"], "days": [
    {"date": "2026-05-04", "kind": "holiday", "name": "01/5", "decision": "d"}]})");
  const WorkCalendar calendar(readCalendar(folder_, "vn").value());
  EXPECT_TRUE(calendar.isWorkday(std::chrono::year{2026} / 5 / 1));
  EXPECT_FALSE(calendar.isWorkday(std::chrono::year{2026} / 5 / 4));
}

TEST_F(CalendarFiles, RefusesToSettleAnUnknownHoliday) {
  write("vn.json", kRules);
  write("vn-2026.json", R"({"year": 2026, "settles": ["christmas"]})");
  EXPECT_EQ(faults(), Faults{"calendar.bad_value@vn-2026.json: settles[0]"});
}

}  // namespace
}  // namespace reminder
