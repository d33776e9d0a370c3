#include "eoffice/web/hits.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

namespace eoffice::web {
namespace {

// The text with its hits in brackets.
std::string marked(std::string_view text, std::string_view query) {
  std::string out;
  for (const auto& part : partsOf(text, query)) {
    const auto words = part["text"].get<std::string>();
    out += part["hit"].get<bool>() ? '[' + words + ']' : words;
  }
  return out;
}

TEST(Hits, MarkWordsThatBeginLikeTheQueryWithoutToneMarks) {
  EXPECT_EQ(marked("V/v đẩy mạnh cải cách hành chính", "cai cach"),
            "V/v đẩy mạnh [cải cách] hành chính");
  EXPECT_EQ(marked("Đắk Lắk", "dak"), "[Đắk] Lắk");
  EXPECT_EQ(marked("Chuyển đổi số", "ĐỔI"), "Chuyển [đổi] số");
  EXPECT_EQ(marked("Báo cáo số 12/BC-UBND", "12"), "Báo cáo số [12]/BC-UBND");
}

TEST(Hits, KeepTheWholeText) {
  EXPECT_EQ(marked("  a,  b ", "zzz"), "  a,  b ");
  EXPECT_EQ(marked("", "a"), "");
  EXPECT_EQ(marked("a b", ""), "a b");
  EXPECT_EQ(marked("(cải) cách.", "cai cach"), "([cải) cách].");
}

}  // namespace
}  // namespace eoffice::web
