#include "base/db/in_list.h"

#include <gtest/gtest.h>

#include "base/id.h"

namespace base::db {
namespace {

using ThingId = Id<struct ThingTag>;

std::vector<std::int64_t> numbersOf(const InList& list) {
  std::vector<std::int64_t> numbers;
  for (const auto& param : list.params()) numbers.push_back(std::get<std::int64_t>(param.value()));
  return numbers;
}

TEST(InList, RepeatsTheLastIdUpToAPowerOfTwo) {
  const InList list(std::vector<ThingId>{ThingId(7), ThingId(8), ThingId(9)});
  EXPECT_EQ(list.text(), "(?,?,?,?)");
  EXPECT_EQ(numbersOf(list), (std::vector<std::int64_t>{7, 8, 9, 9}));
}

TEST(InList, OneIdStandsAlone) {
  const InList list(std::vector<ThingId>{ThingId(7)});
  EXPECT_EQ(list.text(), "(?)");
  EXPECT_EQ(numbersOf(list), (std::vector<std::int64_t>{7}));
}

TEST(InList, HoldsNothingWhenEmpty) {
  const InList list(std::vector<ThingId>{});
  EXPECT_EQ(list.text(), "(?)");
  ASSERT_EQ(list.params().size(), 1U);
  EXPECT_TRUE(std::holds_alternative<std::nullptr_t>(list.params().front().value()));
}

}  // namespace
}  // namespace base::db
