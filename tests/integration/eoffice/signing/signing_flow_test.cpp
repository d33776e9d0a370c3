// The three acts on a draft, and what outside tools say of the result.

#include "eoffice/signing/pdf_tools.h"
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
  auto const checked = report(signAll(dataFile("du-thao-cong-van.pdf")));
  ASSERT_EQ(checked.signatures.size(), 2U);
  EXPECT_TRUE(checked.valid());
  EXPECT_EQ(checked.signatures[0].signer.commonName, "Nguyễn Văn A");
  EXPECT_EQ(checked.signatures[0].signer.title, "Phó Chủ tịch");
  EXPECT_EQ(checked.signatures[0].later, LaterChange::Stamps);
  EXPECT_EQ(checked.signatures[1].signer.commonName, "Ủy ban nhân dân tỉnh Khánh Hòa");
  EXPECT_EQ(checked.signatures[1].later, LaterChange::None);
  EXPECT_EQ(checked.signatures[1].claimedTime, testNow());
}

TEST_F(SigningFlow, ChangesNoByteOfWhatWasThere) {
  auto const draft = dataFile("du-thao-cong-van.pdf");
  auto const result = readFile(signAll(draft));
  EXPECT_TRUE(result.starts_with(readFile(folder / "2.pdf")));
  EXPECT_TRUE(result.starts_with(readFile(folder / "1.pdf")));
  EXPECT_TRUE(result.starts_with(readFile(draft)));
}

TEST_F(SigningFlow, PdfsigFindsBothSignaturesValid) {
  auto const result = signAll(dataFile("du-thao-cong-van.pdf"));
  auto const pdfsig = runTool("pdfsig -nocert '" + result.string() + "'");
  EXPECT_EQ(countOf(pdfsig.text, "Signature Validation: Signature is Valid."), 2U) << pdfsig.text;
  EXPECT_EQ(countOf(pdfsig.text, "Nguyễn Văn A"), 2U) << pdfsig.text;
  EXPECT_EQ(countOf(pdfsig.text, "Signature Type: ETSI.CAdES.detached"), 2U) << pdfsig.text;
}

/// Cuts the signed bytes and the CMS out of the file by the numbers that pdfsig prints.
TEST_F(SigningFlow, OpensslVerifiesTheExtractedRanges) {
  auto const result = signAll(dataFile("du-thao-cong-van.pdf"));
  auto const bytes = readFile(result);
  int verified = 0;
  for (auto at = bytes.find("/ByteRange[0 "); at != std::string::npos;
       at = bytes.find("/ByteRange[0 ", at + 1)) {
    std::istringstream numbers(bytes.substr(at + 13, 40));
    std::size_t first = 0;
    std::size_t second = 0;
    std::size_t length = 0;
    numbers >> first >> second >> length;
    writeFile(folder / "content", bytes.substr(0, first) + bytes.substr(second, length));
    writeFile(folder / "cms.hex", bytes.substr(first + 1, second - first - 2));
    auto const in = folder.string();
    auto const verdict =
        runTool("python3 -c \"import sys;open('" + in + "/cms','wb').write(bytes.fromhex(open('" +
                in + "/cms.hex').read()))\" && openssl cms -verify -binary -inform DER -in " + in +
                "/cms -content " + in + "/content -out /dev/null -cades -CAfile " +
                pki.authority.root().string());
    EXPECT_EQ(verdict.code, 0) << verdict.text;
    auto const printed = runTool("openssl cms -cmsout -print -inform DER -in " + in + "/cms");
    EXPECT_NE(printed.text.find("signingCertificateV2"), std::string::npos);
    EXPECT_EQ(printed.text.find("signingTime"), std::string::npos);  // PAdES: /M has it.
    ++verified;
  }
  EXPECT_EQ(verified, 2);
}

TEST_F(SigningFlow, PdftotextReadsTheNumberAndDate) {
  auto const result = signAll(dataFile("du-thao-cong-van.pdf"));
  auto const text = runTool("pdftotext -layout '" + result.string() + "' -").text;
  EXPECT_NE(text.find("1234"), std::string::npos);
  EXPECT_NE(text.find("ngày 24 tháng 11 năm 2026"), std::string::npos) << text;
  auto const fonts = runTool("pdffonts '" + result.string() + "'").text;
  EXPECT_EQ(fonts.find(" no "), std::string::npos) << fonts;  // Every font is embedded.
}

TEST_F(SigningFlow, SealStandsAThirdOverTheSignature) {
  auto const checked = report(signAll(dataFile("du-thao-cong-van.pdf")));
  auto const& person = checked.signatures[0].box;
  auto const& seal = checked.signatures[1].box;
  EXPECT_NEAR(seal.x + seal.width, person.x + person.width / 3, 0.5);
  EXPECT_NEAR(seal.width, 36 * 72 / 25.4, 6);  // The demonstration seal is 36 mm wide.
  EXPECT_LT(seal.x, person.x);
}

TEST_F(SigningFlow, SaysWhereItPutThings) {
  auto const draft = dataFile("du-thao-cong-van.pdf");
  auto const places =
      tools.places(draft, "Nguyễn Văn A", "UBND-KGVX", base::localDate(testNow())).value();
  EXPECT_EQ(places.signature.kind, PlaceKind::Found);
  EXPECT_EQ(places.number.kind, PlaceKind::Found);
  EXPECT_EQ(places.date.kind, PlaceKind::Found);
  auto const other = tools
                         .places(dataFile("cong-van-1234-UBND-KGVX.pdf"), "Lê Văn C", "UBND-KGVX",
                                 base::localDate(testNow()))
                         .value();
  EXPECT_EQ(other.signature.kind, PlaceKind::DefaultCell);
  EXPECT_EQ(other.number.kind, PlaceKind::Replaces);
}

TEST_F(SigningFlow, LetsTwoPeopleSign) {
  auto const draft = dataFile("du-thao-cong-van.pdf");
  ASSERT_TRUE(tools.signPersonal(draft, personal(), *pki.open("nva"), folder / "1.pdf"));
  ASSERT_TRUE(tools.signPersonal(folder / "1.pdf", personal("Trần Thị Bưởi"), *pki.open("ttb"),
                                 folder / "2.pdf"));
  auto const checked = report(folder / "2.pdf");
  ASSERT_EQ(checked.signatures.size(), 2U);
  EXPECT_TRUE(checked.valid());
  EXPECT_EQ(checked.signatures[0].later, LaterChange::Signatures);
  EXPECT_NE(checked.signatures[0].field, checked.signatures[1].field);
}

/// Every kind of structure that a PDF comes in.
class SigningSources : public SigningTest, public ::testing::WithParamInterface<const char*> {};

TEST_P(SigningSources, AreSignedAndStayValid) {
  auto const result = signAll(dataFile(GetParam()));
  auto const checked = report(result);
  ASSERT_EQ(checked.signatures.size(), 2U);
  EXPECT_TRUE(checked.valid());
  auto const pdfsig = runTool("pdfsig -nocert '" + result.string() + "'");
  EXPECT_EQ(countOf(pdfsig.text, "Signature Validation: Signature is Valid."), 2U) << pdfsig.text;
  auto const page =
      runTool("pdftoppm -r 20 -png '" + result.string() + "' '" + (folder / "page").string() + "'");
  EXPECT_EQ(page.text, "");  // Poppler has nothing to complain of.
  if (char const* keep = std::getenv("KEEP_SIGNED")) {
    fs::copy_file(result, fs::path(keep) / GetParam(), fs::copy_options::overwrite_existing);
  }
}

INSTANTIATE_TEST_SUITE_P(
    Files, SigningSources,
    ::testing::Values("du-thao-cong-van.pdf", "object-streams.pdf", "linearised.pdf",
                      "rotated-90.pdf", "rotated-270.pdf", "with-form.pdf", "thousand-pages.pdf",
                      "cong-van-1234-UBND-KGVX.pdf", "cong-van-1234-UBND-KGVX-scan.pdf"),
    [](const auto& test) {
      std::string name = test.param;
      std::erase_if(name, [](unsigned char c) { return std::isalnum(c) == 0; });
      return name;
    });

}  // namespace
}  // namespace eoffice::signing_tests
