// What signing refuses: the order of the acts, files that cannot be extended, keys that do not fit.
#include "tests/integration/eoffice/signing/signing_fixture.h"

namespace eoffice::signing_tests {
namespace {

template <class T>
std::string refusal(const base::Result<T>& result) {
  return result ? "accepted" : result.error().code;
}

class SigningOrder : public SigningTest {
 protected:
  fs::path draft = dataFile("du-thao-cong-van.pdf");
  fs::path out = folder / "out.pdf";
};

TEST_F(SigningOrder, RefusesTheSealBeforeAPersonalSignature) {
  EXPECT_EQ(refusal(tools.sealAgency(draft, seal(), *pki.open("H32"), out)), "signing.not_signed");
  EXPECT_FALSE(fs::exists(out));
}

TEST_F(SigningOrder, RefusesANumberBeforeAPersonalSignature) {
  EXPECT_EQ(refusal(tools.stampNumber(draft, number(), out)), "signing.not_signed");
}

TEST_F(SigningOrder, RefusesTheSealBeforeTheNumber) {
  ASSERT_TRUE(tools.signPersonal(draft, personal(), *pki.open("nva"), folder / "1.pdf"));
  EXPECT_EQ(refusal(tools.sealAgency(folder / "1.pdf", seal(), *pki.open("H32"), out)),
            "signing.not_numbered");
}

TEST_F(SigningOrder, SealsWhereTheStampCoversAnotherNumber) {
  auto other = number();
  other.number = "01";
  auto const printed = dataFile("cong-van-1234-UBND-KGVX.pdf");
  ASSERT_TRUE(tools.signPersonal(printed, personal(), *pki.open("nva"), folder / "1.pdf"));
  ASSERT_TRUE(tools.stampNumber(folder / "1.pdf", other, folder / "2.pdf"));
  EXPECT_EQ(refusal(tools.sealAgency(folder / "2.pdf", seal(), *pki.open("H32"), out)),
            "signing.not_numbered");  // 1234 is printed below the stamp, but 01 shows.
  auto wanted = seal();
  wanted.number = "01";
  EXPECT_EQ(refusal(tools.sealAgency(folder / "2.pdf", wanted, *pki.open("H32"), out)), "accepted");
  EXPECT_TRUE(report(out).valid());
}

TEST_F(SigningOrder, RefusesTheSealOverAnUntrustedSignature) {
  auto strangers = options();
  fs::create_directories(folder / "other");
  DemoAuthority other(folder / "other", pki.clock, workerOptions());
  (void)other.agency({"X1", "Cơ quan khác", "X1"}, "mat-khau-1");
  strangers.trust = {other.trust()};
  ASSERT_TRUE(tools.signPersonal(draft, personal(), *pki.open("nva"), folder / "1.pdf"));
  auto const refused = PdfTools(strangers).stampNumber(folder / "1.pdf", number(), out);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, "signing.personal_invalid");
  EXPECT_EQ(refused.error().facts[0].second, "Nguyễn Văn A");
  EXPECT_EQ(refused.error().facts[1].second, "untrusted");
}

TEST_F(SigningOrder, RefusesToSignOrStampTwice) {
  ASSERT_TRUE(tools.signPersonal(draft, personal(), *pki.open("nva"), folder / "1.pdf"));
  EXPECT_EQ(refusal(tools.signPersonal(folder / "1.pdf", personal(), *pki.open("nva"), out)),
            "signing.already_signed");
  ASSERT_TRUE(tools.stampNumber(folder / "1.pdf", number(), folder / "2.pdf"));
  EXPECT_EQ(refusal(tools.stampNumber(folder / "2.pdf", number(), out)),
            "signing.already_numbered");
}

TEST_F(SigningOrder, RefusesEverythingAfterTheSeal) {
  auto const sealed = signAll(draft);
  EXPECT_EQ(refusal(tools.sealAgency(sealed, seal(), *pki.open("H32"), out)),
            "signing.already_sealed");
  EXPECT_EQ(refusal(tools.stampNumber(sealed, number(), out)), "signing.already_sealed");
  EXPECT_EQ(refusal(tools.signPersonal(sealed, personal(), *pki.open("ttb"), out)),
            "signing.already_sealed");
}

TEST_F(SigningOrder, RefusesAFileThatWasChangedAfterItsSignature) {
  ASSERT_TRUE(tools.signPersonal(draft, personal(), *pki.open("nva"), folder / "1.pdf"));
  auto bytes = readFile(folder / "1.pdf");
  bytes[bytes.find("/MediaBox") + 14] = '1';
  writeFile(folder / "changed.pdf", bytes);
  EXPECT_EQ(refusal(tools.stampNumber(folder / "changed.pdf", number(), out)),
            "signing.earlier_invalid");
}

struct BadFile {
  const char* file;
  const char* code;
};

class SigningBadFiles : public SigningTest, public ::testing::WithParamInterface<BadFile> {};

TEST_P(SigningBadFiles, AreRefusedWithTheirReason) {
  EXPECT_EQ(refusal(tools.signPersonal(dataFile(GetParam().file), personal(), *pki.open("nva"),
                                       folder / "out.pdf")),
            GetParam().code);
  EXPECT_FALSE(fs::exists(folder / "out.pdf"));
}

INSTANTIATE_TEST_SUITE_P(Files, SigningBadFiles,
                         ::testing::Values(BadFile{"empty.pdf", "pdf.empty"},
                                           BadFile{"not-a-pdf.pdf", "pdf.not_a_pdf"},
                                           BadFile{"cut-off.pdf", "pdf.cut_off"},
                                           BadFile{"text-transfer.pdf", "pdf.text_transfer"},
                                           BadFile{"password.pdf", "pdf.password_needed"},
                                           BadFile{"protected.pdf", "signing.protected"}),
                         [](const auto& test) {
                           std::string name = test.param.file;
                           std::erase_if(name,
                                         [](unsigned char c) { return std::isalnum(c) == 0; });
                           return name;
                         });

TEST_F(SigningOrder, RefusesAPictureThatIsNone) {
  auto request = personal();
  request.image = draft;
  EXPECT_EQ(refusal(tools.signPersonal(draft, request, *pki.open("nva"), out)),
            "signing.image_unreadable");
  request.image = folder / "nothing.png";
  EXPECT_EQ(refusal(tools.signPersonal(draft, request, *pki.open("nva"), out)),
            "signing.image_missing");
}

TEST_F(SigningOrder, ThrowsWhenTheFontIsMissing) {
  auto fontless = options();
  fontless.font = "/nonexistent.ttf";
  ASSERT_TRUE(tools.signPersonal(draft, personal(), *pki.open("nva"), folder / "1.pdf"));
  EXPECT_THROW((void)PdfTools(fontless).stampNumber(folder / "1.pdf", number(), out), SigningError);
}

}  // namespace
}  // namespace eoffice::signing_tests
