#include "tests/integration/eoffice/signing/signing_fixture.h"

namespace eoffice::signing_tests {
namespace {

std::size_t countOf(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

using SigningFlow = SigningTest;

TEST_F(SigningFlow, SignsNumbersAndSealsADraft) {
  auto const result = signAll(dataFile("du-thao-cong-van.pdf"));
  if (char const* keep = std::getenv("KEEP_SIGNED")) {
    fs::copy_file(result, keep, fs::copy_options::overwrite_existing);
  }
  auto const checked = report(result);
  ASSERT_EQ(checked.signatures.size(), 2U);
  EXPECT_TRUE(checked.valid());
  EXPECT_EQ(checked.signatures[0].signer.commonName, "Nguyễn Văn A");
  EXPECT_EQ(checked.signatures[0].signer.title, "Phó Chủ tịch");
  EXPECT_EQ(checked.signatures[0].later, LaterChange::Stamps);
  EXPECT_EQ(checked.signatures[1].signer.commonName, "Ủy ban nhân dân tỉnh Khánh Hòa");
  EXPECT_EQ(checked.signatures[1].later, LaterChange::None);
  EXPECT_EQ(checked.signatures[1].claimedTime, testNow());
}

TEST_F(SigningFlow, PdfsigFindsBothSignaturesValid) {
  auto const result = signAll(dataFile("du-thao-cong-van.pdf"));
  auto const pdfsig = runTool("pdfsig -nocert '" + result.string() + "'");
  EXPECT_EQ(countOf(pdfsig.text, "Signature Validation: Signature is Valid."), 2U) << pdfsig.text;
  EXPECT_EQ(countOf(pdfsig.text, "Total document signed"), 2U) << pdfsig.text;  // "Not total" too.
  EXPECT_NE(pdfsig.text.find("ETSI.CAdES.detached"), std::string::npos);
}

}  // namespace
}  // namespace eoffice::signing_tests
