#include "eoffice/documents/document.h"

#include <gtest/gtest.h>

#include "eoffice/documents/field_rules.h"

namespace {

using namespace eoffice::documents;

TEST(Document, WritesOneDigitNumbersWithAZero) {
  EXPECT_EQ(symbolOf("5", "UBND-KGVX"), "05/UBND-KGVX");
  EXPECT_EQ(symbolOf("12", "UBND-KGVX"), "12/UBND-KGVX");
  EXPECT_EQ(symbolOf("05", "UBND"), "05/UBND");
  EXPECT_EQ(symbolOf("", "UBND"), "");
}

TEST(Document, NamesEveryStateAndFindsItAgain) {
  for (const auto state :
       {State::Arrived, State::Registered, State::Submitted, State::Directed, State::Finished,
        State::Refused, State::Draft, State::InReview, State::Returned, State::Approved,
        State::Signed, State::Numbered, State::Sealed, State::Issued}) {
    EXPECT_EQ(stateFrom(nameOf(state)), state);
  }
  EXPECT_FALSE(stateFrom("nonsense"));
}

TEST(FieldRules, MeasuresInCharactersAndSquares) {
  FieldCheck check;
  std::string value = "  Đắk   Lắk ";
  check.required(value, "name", 7);
  EXPECT_TRUE(check.good());
  EXPECT_EQ(value, "Đắk Lắk");
  std::string longer = "Đắk Lắkk";
  check.required(longer, "name", 7);
  ASSERT_FALSE(check.result());
  EXPECT_EQ(check.result().error().code, "field.too_long");
}

TEST(FieldRules, RefusesBytesThatAreNoText) {
  FieldCheck check;
  std::string broken = "abc\xFF";
  check.optional(broken, "name", 10);
  std::string control = std::string("a\0b", 3);
  check.optional(control, "other", 10);
  ASSERT_FALSE(check.result());
  EXPECT_EQ(check.result().error().code, "field.not_text");
  EXPECT_EQ(check.result().error().others.size(), 1U);
}

}  // namespace
