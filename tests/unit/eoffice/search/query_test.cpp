#include "eoffice/search/query.h"

#include <gtest/gtest.h>

namespace eoffice::search {
namespace {

const Vocabulary kVocabulary{.states = {{"daxong", 5}, {"finished", 5}},
                             .urgencies = {{"hoatoc", 3}},
                             .directions = {{"den", 1}, {"di", 2}}};

// A query in one line: what each condition means, with ` & ` between.
std::string said(const Conditions& conditions) {
  std::string out;
  for (const auto& one : conditions) {
    if (!out.empty()) out += " & ";
    if (one.excluded) out += "not ";
    if (one.kind == Condition::Kind::Days) {
      out += "days " + (one.from.ok() ? base::isoDate(one.from) : std::string("*")) + ".." +
             (one.to.ok() ? base::isoDate(one.to) : std::string("*"));
    } else if (one.kind == Condition::Kind::Attribute) {
      out += "attribute" + std::to_string(static_cast<int>(one.attribute)) + "=" + one.value;
    } else {
      if (one.part != Part::Anywhere)
        out += "part" + std::to_string(static_cast<int>(one.part)) + ":";
      out += one.phrase ? "\"" : "";
      for (std::size_t i = 0; i < one.words.size(); ++i)
        out += (i ? " " : "") + one.words[i].folded;
      out += one.phrase ? "\"" : "";
      out += one.prefix ? "*" : "";
    }
  }
  return out;
}

struct Case {
  const char* name;
  const char* typed;
  const char* meant;
};

class ParseQuery : public ::testing::TestWithParam<Case> {};

TEST_P(ParseQuery, UnderstandsWhatWasTyped) {
  const auto conditions = parseQuery(GetParam().typed, kVocabulary);
  ASSERT_TRUE(conditions) << conditions.error().code;
  EXPECT_EQ(said(*conditions), GetParam().meant);
}

INSTANTIATE_TEST_SUITE_P(
    Table, ParseQuery,
    ::testing::Values(Case{"Words", "  cải   cách ", "cai & cach"}, Case{"Empty", "", ""},
                      Case{"Phrase", "\"cải cách\" hành chính", "\"cai cach\" & hanh & chinh"},
                      Case{"CurlyQuotes", "“cải cách” thủ tục", "\"cai cach\" & thu & tuc"},
                      Case{"OpenQuote", "\"cải cách", "\"cai cach\""},
                      Case{"QuoteInsideAWord", "a\"b c\"", "a & \"b c\""},
                      Case{"Prefix", "ke*", "ke*"},
                      Case{"PrefixOfAPhrase", "\"ke hoa*\"", "\"ke hoa\"*"},
                      Case{"Symbol", "1234/UBND-KGVX", "\"1234 ubnd kgvx\""},
                      Case{"Number", "so:0012", "attribute0=12"},
                      Case{"NumberWithAccents", "Số:12", "attribute0=12"},
                      Case{"NumberThatIsASymbol", "so:12/QĐ-UBND", "attribute2=12 qd ubnd"},
                      Case{"Notation", "kyhieu:UBND-KGVX", "attribute2=ubnd kgvx"},
                      Case{"Arrival", "soden:57", "attribute1=57"},
                      Case{"Type", "loai:\"Quyết định\"", "attribute3=quyet dinh"},
                      Case{"EnglishType", "type:QD", "attribute3=qd"},
                      Case{"State", "trangthai:\"đã xong\"", "attribute5=5"},
                      Case{"EnglishState", "state:finished", "attribute5=5"},
                      Case{"Urgency", "khan:hoa_toc", "attribute6=3"},
                      Case{"Direction", "huong:đi", "attribute7=2"},
                      Case{"Year", "năm:2026", "attribute8=2026"},
                      Case{"Excluded", "kế -hoạch -\"năm học\" -loai:QD",
                           "ke & not hoach & not \"nam hoc\" & not attribute3=qd"},
                      Case{"LonelyMinus", "a - b", "a & b"},
                      Case{"Subject", "trichyeu:\"phòng cháy\"", "part1:\"phong chay\""},
                      Case{"Signer", "nguoiky:Dũng", "part3:dung"},
                      Case{"From", "tu:1/10/2026", "days 2026-10-01..*"},
                      Case{"To", "đến:01/10/2026", "days *..2026-10-01"},
                      Case{"IsoDate", "from:2026-10-01", "days 2026-10-01..*"},
                      Case{"Day", "ngay:01/10/2026", "days 2026-10-01..2026-10-01"},
                      Case{"Month", "ngay:2/2024", "days 2024-02-01..2024-02-29"},
                      Case{"ToYear", "den:2025", "days *..2025-12-31"},
                      Case{"UnknownField", "foo:bar", "\"foo bar\""},
                      Case{"ColonBeforeSpace", "Kính gửi: các xã", "kinh & gui & cac & xa"},
                      Case{"KnownFieldBeforeSpace", "so: 12", "so & 12"},
                      Case{"OnlySigns", "/// ... \"\" -", ""}, Case{"NotUtf8", "a\xFF", "a"}),
    [](const auto& one) { return one.param.name; });

struct Fault {
  const char* name;
  const char* typed;
  const char* code;
  const char* value;
};

class RefuseQuery : public ::testing::TestWithParam<Fault> {};

TEST_P(RefuseQuery, RatherThanLeaveAFilterOut) {
  const auto conditions = parseQuery(GetParam().typed, kVocabulary);
  ASSERT_FALSE(conditions);
  EXPECT_EQ(conditions.error().code, GetParam().code);
  EXPECT_EQ(conditions.error().facts.back().second, GetParam().value);
}

INSTANTIATE_TEST_SUITE_P(
    Table, RefuseQuery,
    ::testing::Values(Fault{"NoSuchDay", "tu:31/02/2026", "search.bad_date", "31/02/2026"},
                      Fault{"NoDay", "den:hôm nay", "search.bad_date", "hôm"},
                      Fault{"MonthThirteen", "ngay:13/2026", "search.bad_date", "13/2026"},
                      Fault{"Year", "nam:26", "search.bad_year", "26"},
                      Fault{"State", "trangthai:lạ", "search.unknown_value", "lạ"},
                      Fault{"Urgency", "khan:gấp", "search.unknown_value", "gấp"}),
    [](const auto& one) { return one.param.name; });

TEST(RefuseQuery, TellsAllFaultsAtOnce) {
  const auto conditions = parseQuery("tu:x nam:y", kVocabulary);
  ASSERT_FALSE(conditions);
  EXPECT_EQ(conditions.error().others.size(), 1u);
}

TEST(RefuseQuery, HasALimit) {
  std::string text;
  for (std::size_t i = 0; i <= kMostConditions; ++i) text += "a ";
  EXPECT_EQ(parseQuery(text, kVocabulary).error().code, "search.too_many_words");
}

TEST(WhileTyping, TheLastWordIsABeginning) {
  const auto typed = [](const char* text) {
    return said(whileTyping(parseQuery(text, kVocabulary).value(), text));
  };
  EXPECT_EQ(typed("kế ho"), "ke & ho*");
  EXPECT_EQ(typed("kế ho "), "ke & ho");
  EXPECT_EQ(typed("12/UB"), "\"12 ub\"*");
  EXPECT_EQ(typed("\"kế ho\""), "\"ke ho\"");
  EXPECT_EQ(typed("kế so:12"), "ke & attribute0=12");
}

}  // namespace
}  // namespace eoffice::search
