// What a person finds, by the words they type.
#include <gtest/gtest.h>

#include "tests/integration/eoffice/search/search_fixture.h"

namespace {

using eoffice::DocumentId;
using eoffice::documents::FindResult;
using eoffice::search::Marked;
using Finding = tests::SearchTest;
using Ids = std::vector<DocumentId>;

std::string shown(const std::vector<Marked>& parts) {
  std::string out;
  for (const auto& part : parts) out += part.hit ? "[" + part.text + "]" : part.text;
  return out;
}

TEST_F(Finding, WithoutAccentsAndWithAndTheExactOneFirst) {
  const auto plain = registeredAs("1", "V/v đăk lak và đầu tư");
  const auto exact = registeredAs("2", "Kế hoạch của tỉnh Đắk Lắk về đầu tư");
  registeredAs("3", "Việc khác");
  feed();
  EXPECT_EQ(ids(people->clerk, "dak lak").size(), 2u);
  EXPECT_EQ(ids(people->clerk, "Đắk Lắk"), (Ids{exact, plain}));
  EXPECT_EQ(ids(people->clerk,
                "\xC4\x90"
                "a\xCC\x86\xCC\x81k La\xCC\x86\xCC\x81k"),
            (Ids{exact, plain}));
}

TEST_F(Finding, BySymbolWholeByNumberAndByItsParts) {
  auto fields = goodFields();
  fields.codeNumber = "5";
  fields.codeNotation = "QĐ-UBND";
  const auto id = registeredAs(fields);
  registeredAs("1234", "Việc khác");
  feed();
  for (const char* words : {"05/QĐ-UBND", "5/qd-ubnd", "qd-ubnd", "ubnd", "so:5", "so:05",
                            "so:05/QĐ-UBND", "kyhieu:QĐ-UBND", "symbol:5/qd-ubnd", "05/QĐ"}) {
    EXPECT_EQ(ids(people->clerk, words), Ids{id}) << words;
  }
  EXPECT_TRUE(ids(people->clerk, "so:1").empty());
  EXPECT_TRUE(ids(people->clerk, "5/ubnd").empty()) << "not neighbours";
}

TEST_F(Finding, PhrasesPrefixesAndWhatMustNotBeThere) {
  const auto reform = registeredAs("1", "V/v cải cách hành chính năm 2026");
  const auto other = registeredAs("2", "V/v hành chính cách làm cải tiến");
  feed();
  EXPECT_EQ(ids(people->clerk, "\"cải cách hành chính\""), Ids{reform});
  EXPECT_EQ(ids(people->clerk, "cai cach hanh chinh"), (Ids{reform, other})) << "the phrase first";
  EXPECT_EQ(ids(people->clerk, "chính -năm"), Ids{other});
  EXPECT_EQ(ids(people->clerk, "tiế*"), Ids{other});
  const auto widened = find(people->clerk, "cải tiê");
  EXPECT_TRUE(widened.widened);
  EXPECT_EQ(widened.found.size(), 1u);
}

TEST_F(Finding, ByFieldsDatesAndForm) {
  auto fields = goodFields();
  fields.codeNumber = "7";
  fields.typeName = "Quyết định";
  fields.urgency = eoffice::documents::Urgency::Express;
  fields.signerName = "Trần Quốc Dũng";
  const auto id = registeredAs(fields);
  registeredAs("8", "Việc khác");
  feed();
  for (const char* words :
       {"loai:\"Quyết định\"", "khan:hoatoc", "urgency:\"hỏa tốc\"", "nguoiky:Dũng",
        "dung tu:06/01/2026 den:06/01/2026", "soden:1 nam:2026", "huong:incoming so:7"}) {
    EXPECT_EQ(ids(people->clerk, words), Ids{id}) << words;
  }
  EXPECT_TRUE(ids(people->clerk, "den:05/01/2026").empty());
  EXPECT_EQ(find(people->clerk, "", {.type = "Quyết định"}).found.size(), 1u);
  EXPECT_EQ(find(people->clerk, "", {.year = 2026}).found.size(), 2u);
  EXPECT_EQ(find(people->clerk, "", {.year = 2025}).found.size(), 0u);
}

TEST_F(Finding, CountsAreTheListsThatTheyOpen) {
  for (int i = 1; i <= 5; ++i) {
    auto fields = goodFields();
    fields.codeNumber = std::to_string(i);
    fields.typeName = i <= 2 ? "Quyết định" : "Công văn";
    fields.issuerName = i == 1 ? "Bộ Y tế" : i == 2 ? "BỘ Y TẾ" : "Bộ Nội vụ";
    registeredAs(fields);
  }
  feed();
  const auto all = find(people->clerk, "");
  EXPECT_EQ(all.total, 5);
  EXPECT_TRUE(all.exact);
  ASSERT_EQ(all.facets.types.size(), 2u);
  EXPECT_EQ(all.facets.types[0].value, "Công văn");
  for (const auto& type : all.facets.types) {
    EXPECT_EQ(find(people->clerk, "", {.type = type.value}).total, type.count) << type.value;
  }
  for (const auto& issuer : all.facets.issuers) {
    EXPECT_EQ(find(people->clerk, "", {.issuer = issuer.value}).total, issuer.count);
  }
}

TEST_F(Finding, ShowsWhereItWasFoundWithTheHitsMarked) {
  const auto id = directed();
  feed();
  const auto result = find(people->leader, "giao xử");
  ASSERT_EQ(result.found.size(), 1u);
  EXPECT_EQ(result.found[0].row.id, id);
  EXPECT_EQ(result.found[0].passage.origin, eoffice::search::Origin::Instruction);
  EXPECT_EQ(shown(result.found[0].passage.parts), "[Giao xử] lý");
  EXPECT_EQ(shown(find(people->leader, "cai cach").found.at(0).subject),
            "V/v đẩy mạnh [cải cách] hành chính");
}

TEST_F(Finding, TheTextOfAFileOnceItIsRead) {
  const auto id = registeredAs("1", "Việc");
  feed();
  EXPECT_TRUE(ids(people->clerk, "phòng cháy chữa cháy").empty());
  database().transact([&](base::db::Session& session) {
    session.execute(
        R"(/* test.text */ INSERT INTO blob_text (sha256, state, turn, text, next_attempt_at, created_at)
SELECT sha256, 3, 0, 'Về công tác phòng cháy, chữa cháy rừng', UTC_TIMESTAMP(6), UTC_TIMESTAMP(6)
FROM document_file WHERE document_id = ? ON DUPLICATE KEY UPDATE text = VALUES(text))",
        {id});
  });
  feed();
  const auto result = find(people->clerk, "phòng cháy chữa cháy");
  ASSERT_EQ(result.found.size(), 1u);
  EXPECT_EQ(result.found[0].passage.origin, eoffice::search::Origin::Text);
}

TEST_F(Finding, PagesFollowEachOtherWithoutGapOrOverlap) {
  for (int i = 1; i <= 7; ++i) registeredAs(std::to_string(i), "Báo cáo");
  feed();
  std::set<DocumentId> seen;
  for (int page = 1; page <= 4; ++page) {
    const auto part =
        finder.find(people->clerk, {.words = "báo cáo", .page = page, .size = 2}).value();
    EXPECT_EQ(part.more, page < 4);
    EXPECT_EQ(part.total, 7);
    for (const auto& one : part.found) seen.insert(one.row.id);
  }
  EXPECT_EQ(seen.size(), 7u);
}

TEST_F(Finding, AsksTheDatabaseWhileThereIsNoIndexAndSaysSo) {
  registeredAs("1", "V/v cải cách hành chính");
  const auto result = find(people->clerk, "cai cach");
  EXPECT_EQ(result.from, FindResult::From::Database);
  EXPECT_EQ(result.found.size(), 1u);
  feed();
  EXPECT_EQ(find(people->clerk, "cai cach").from, FindResult::From::Index);
}

}  // namespace
