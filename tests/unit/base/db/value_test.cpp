#include "base/db/value.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace {

using base::db::Param;
using base::db::Row;

enum class Colour : std::uint8_t { Red = 3 };

template <class T>
std::string textOf(const T& value) {
  return std::get<std::string>(Param(value).value());
}

template <class T>
std::int64_t numberOf(const T& value) {
  return std::get<std::int64_t>(Param(value).value());
}

template <class T>
bool isNull(const T& value) {
  return std::holds_alternative<std::nullptr_t>(Param(value).value());
}

TEST(Param, TakesWhatACallerHas) {
  EXPECT_EQ(numberOf(5U), 5);
  EXPECT_EQ(numberOf(true), 1);
  EXPECT_EQ(numberOf(Colour::Red), 3);
  EXPECT_EQ(numberOf(base::Id<struct XTag>(9)), 9);
  EXPECT_EQ(textOf(std::string_view("a\0b", 3)), std::string("a\0b", 3));
  EXPECT_EQ(textOf(*base::parseIsoInstant("2026-01-06T03:15:00.5Z")), "2026-01-06 03:15:00.500000");
  EXPECT_EQ(textOf(*base::parseIsoDate("2026-01-06")), "2026-01-06");
  EXPECT_TRUE(isNull(base::Id<struct XTag>()));
  EXPECT_TRUE(isNull(std::optional<std::string>()));
  EXPECT_EQ(textOf(std::optional<std::string>("x")), "x");
}

TEST(Row, ReadsEachType) {
  const Row row({"-7", "text", std::nullopt, "2026-01-06 03:15:00.000001", "2026-01-06", "3",
                 "2026-01-06 03:15:00"});
  EXPECT_EQ(row.integer(0), -7);
  EXPECT_TRUE(row.flag(0));
  EXPECT_EQ(row.text(1), "text");
  EXPECT_TRUE(row.isNull(2));
  EXPECT_EQ(row.textOr(2, "other"), "other");
  EXPECT_EQ(row.maybeInteger(2), std::nullopt);
  EXPECT_EQ(row.maybeInstant(2), std::nullopt);
  EXPECT_EQ(row.maybeText(1), "text");
  EXPECT_EQ(row.instant(3), *base::parseIsoInstant("2026-01-06T03:15:00.000001Z"));
  EXPECT_EQ(row.instant(6), *base::parseIsoInstant("2026-01-06T03:15:00Z"));
  EXPECT_EQ(row.date(4), *base::parseIsoDate("2026-01-06"));
  EXPECT_EQ(row.code<Colour>(5), Colour::Red);
  EXPECT_FALSE(row.id<base::Id<struct XTag>>(2).valid());
}

TEST(Row, ReadingWhatIsNotThereIsABug) {
  const Row row({"text", std::nullopt, "12x", "2026-13-01"});
  EXPECT_THROW(static_cast<void>(row.integer(0)), std::logic_error);
  EXPECT_THROW(static_cast<void>(row.integer(1)), std::logic_error);
  EXPECT_THROW(static_cast<void>(row.integer(2)), std::logic_error);
  EXPECT_THROW(static_cast<void>(row.text(1)), std::logic_error);
  EXPECT_THROW(static_cast<void>(row.instant(0)), std::logic_error);
  EXPECT_THROW(static_cast<void>(row.date(3)), std::logic_error);
  EXPECT_THROW(static_cast<void>(row.text(9)), std::out_of_range);
}

}  // namespace
