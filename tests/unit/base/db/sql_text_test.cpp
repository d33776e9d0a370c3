#include "base/db/sql_text.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using base::db::Params;
using base::db::queryName;
using base::db::withLiterals;

TEST(SqlText, TheNameIsTheFirstComment) {
  EXPECT_EQ(queryName("/* reminder.claimDue */ SELECT 1"), "reminder.claimDue");
  EXPECT_EQ(queryName("\n  /*x*/SELECT 1"), "x");
  EXPECT_EQ(queryName("SELECT 1 /* late */"), "");
  EXPECT_EQ(queryName("/* open"), "");
  EXPECT_EQ(queryName(""), "");
}

TEST(SqlText, WritesValuesThatCannotBeReadAsSql) {
  EXPECT_EQ(withLiterals("SELECT ?, ?, ?, ?", Params{1, -5, nullptr, ""}),
            "SELECT 1, -5, NULL, ''");
  EXPECT_EQ(withLiterals("SELECT ?", Params{"' OR 1"}), "SELECT _utf8mb4 X'27204f522031'");
  EXPECT_EQ(withLiterals("SELECT ?", Params{"\xFF"}), "SELECT X'ff'");
  EXPECT_EQ(withLiterals("SELECT ?", Params{"?"}), "SELECT _utf8mb4 X'3f'");
}

TEST(SqlText, QuestionMarksInQuotesAndCommentsStay) {
  const Params one{7};
  for (const char* const sql : {"/* ? */ ?", "'?' ?", "\"?\" ?", "`?` ?", "'a''?' ?", "'a\\'?' ?",
                                "'\\\\' ?", "-- ?\n ?", "# ?\n ?", "`a\\` ?"}) {
    const std::string expected = std::string(sql).substr(0, std::string(sql).size() - 1) + "7";
    EXPECT_EQ(withLiterals(sql, one), expected);
  }
  EXPECT_EQ(withLiterals("2 --?", one), "2 --7");  // minus minus: no comment without a space
}

TEST(SqlText, CountsThatDifferAreBugs) {
  EXPECT_THROW(static_cast<void>(withLiterals("? ?", Params{1})), std::logic_error);
  EXPECT_THROW(static_cast<void>(withLiterals("?", Params{1, 2})), std::logic_error);
  EXPECT_THROW(static_cast<void>(withLiterals("'?", Params{1})), std::logic_error);
}

}  // namespace
