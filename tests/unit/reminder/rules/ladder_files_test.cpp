#include "reminder/rules/ladder_files.h"

#include <gtest/gtest.h>

namespace reminder {
namespace {

std::vector<std::string> faults(std::string_view json) {
  const auto read = parseLadders(json);
  if (read) return {};
  std::vector<std::string> found{read.error().code + "@" + read.error().field};
  for (const auto& other : read.error().others) found.push_back(other.code + "@" + other.field);
  return found;
}
using Faults = std::vector<std::string>;

TEST(LadderFiles, ReadsTheShippedLadders) {
  const auto book = readLadders(EOFFICE_SOURCE_DIR "/config/ladders/default.json");
  ASSERT_TRUE(book) << book.error().code << " " << book.error().field;
  const auto& ordinary = book->of(Urgency::Normal, "document");
  ASSERT_EQ(ordinary.rungs.size(), 7u);
  EXPECT_EQ(ordinary.rungs.front().id, "before_5");
  EXPECT_EQ(ordinary.rungs.front().to, std::vector{RecipientRole::Holder});
  EXPECT_EQ(ordinary.rungs.back().workdays, 10);
  EXPECT_EQ(book->of(Urgency::Urgent, "").name, "default");
  EXPECT_EQ(book->of(Urgency::Express, "").name, "express");
}

TEST(LadderFiles, SortsRungsByTime) {
  const auto book = parseLadders(R"({"ladders": [{"name": "x", "rungs": [
    {"id": "late", "workdays": 1, "to": ["holder"]},
    {"id": "early", "workdays": -2, "to": ["holder"]}]}]})");
  ASSERT_TRUE(book);
  EXPECT_EQ(book->of(Urgency::Normal, "").rungs.front().id, "early");
}

TEST(LadderFiles, TakesTheFirstLadderThatMatches) {
  const auto book = parseLadders(R"({"ladders": [
    {"name": "meeting", "when": {"source": "meeting"}, "rungs": []},
    {"name": "urgent", "when": {"urgency": "urgent", "source": "document"}, "rungs": []},
    {"name": "rest", "rungs": []}]})");
  ASSERT_TRUE(book);
  EXPECT_EQ(book->of(Urgency::Urgent, "meeting").name, "meeting");
  EXPECT_EQ(book->of(Urgency::Urgent, "document").name, "urgent");
  EXPECT_EQ(book->of(Urgency::Normal, "document").name, "rest");
}

struct FaultRow {
  const char* json;
  Faults expected;
};

class LadderFault : public testing::TestWithParam<FaultRow> {};

TEST_P(LadderFault, IsNamedByItsPlace) { EXPECT_EQ(faults(GetParam().json), GetParam().expected); }

INSTANTIATE_TEST_SUITE_P(
    Rows, LadderFault,
    testing::Values(
        FaultRow{"[]", {"ladder.bad_value@"}}, FaultRow{"{", {"ladder.bad_json@byte 2"}},
        FaultRow{"{}", {"ladder.missing@ladders"}},
        FaultRow{R"({"ladders": []})", {"ladder.no_default@ladders"}},
        FaultRow{R"({"ladders": [{"name": "x", "when": {"urgency": "express"}, "rungs": []}]})",
                 {"ladder.no_default@ladders"}},
        FaultRow{
            R"({"ladders": [{"name": "x", "rungs": [
            {"id": "a", "workdays": 1, "to": ["holder"]},
            {"id": "a", "workdays": 2, "to": ["holder"]},
            {"id": "b", "workdays": 1, "to": ["holder"]}]}]})",
            {"ladder.rung_twice@ladders[0].rungs[1]", "ladder.rung_twice@ladders[0].rungs[2]"}},
        FaultRow{
            R"({"ladders": [{"name": "x", "rungs": [
            {"id": "Before 1", "workdays": 1.5, "to": []},
            {"id": "c", "workdays": 61, "to": ["mayor", "holder", "holder"], "colour": 1}]}]})",
            {"ladder.bad_value@ladders[0].rungs[0].id",
             "ladder.bad_value@ladders[0].rungs[0].workdays",
             "ladder.no_recipient@ladders[0].rungs[0].to",
             "ladder.unknown_key@ladders[0].rungs[1].colour",
             "ladder.bad_value@ladders[0].rungs[1].workdays",
             "ladder.bad_value@ladders[0].rungs[1].to", "ladder.bad_value@ladders[0].rungs[1].to"}},
        FaultRow{R"({"ladders": [{"name": "x", "when": {"urgency": "soon"}, "rungs": []},
                                 {"name": "", "rungs": 7}]})",
                 {"ladder.bad_value@ladders[0].when.urgency", "ladder.bad_value@ladders[1].name",
                  "ladder.bad_value@ladders[1].rungs"}}));

TEST(LadderFiles, SaysWhichFileCannotBeRead) {
  const auto read = readLadders("/nowhere/ladders.json");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().code, "ladder.unreadable");
  EXPECT_EQ(read.error().field, "ladders.json");
}

TEST(LadderBook, ChangesItsFingerprintWithAnyRung) {
  const auto print = [](const char* workdays) {
    return parseLadders(std::string(R"({"ladders": [{"name": "x", "rungs": [
      {"id": "a", "workdays": )") +
                        workdays + R"(, "to": ["holder"]}]}]})")
        ->fingerprint();
  };
  EXPECT_EQ(print("1"), print("1"));
  EXPECT_NE(print("1"), print("2"));
}

}  // namespace
}  // namespace reminder
