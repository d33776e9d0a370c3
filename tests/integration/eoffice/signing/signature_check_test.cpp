// Verification: tampering, later changes, chains and terms.
#include <chrono>

#include "eoffice/signing/facts_json.h"
#include "tests/integration/eoffice/signing/signing_fixture.h"

namespace eoffice::signing_tests {
namespace {

using std::chrono::days;

class SignatureCheck : public SigningTest {
 protected:
  [[nodiscard]] static bool has(const PdfSignature& signature, SignatureFault fault) {
    return std::count(signature.faults.begin(), signature.faults.end(), fault) > 0;
  }
  /// The signed file with `with` in the place of the first `what` after `from`, same length.
  [[nodiscard]] fs::path changed(const fs::path& file, std::string_view what,
                                 std::string_view with) const {
    auto bytes = readFile(file);
    auto const at = bytes.find(what);
    EXPECT_NE(at, std::string::npos);
    bytes.replace(at, with.size(), with);
    writeFile(folder / "changed.pdf", bytes);
    return folder / "changed.pdf";
  }
  /// One more revision that replaces or adds objects, with a table in the old style.
  [[nodiscard]] fs::path extended(const fs::path& file, int number,
                                  const std::string& object) const {
    auto bytes = readFile(file);
    auto const root = bytes.rfind("/Root ");
    std::string const rootReference = bytes.substr(root, bytes.find("R", root + 6) + 1 - root);
    std::string const last = bytes.substr(bytes.rfind("startxref\n") + 10,
                                          bytes.rfind("\n%%EOF") - bytes.rfind("startxref\n") - 10);
    char entry[32];
    std::snprintf(entry, sizeof entry, "%010zu 00000 n\r\n", bytes.size());
    bytes += std::to_string(number) + " 0 obj\n" + object + "\nendobj\n";
    auto const xref = bytes.size();
    bytes += "xref\n" + std::to_string(number) + " 1\n" + entry + "trailer\n<</Size 400/Prev " +
             last + rootReference + ">>\nstartxref\n" + std::to_string(xref) + "\n%%EOF\n";
    writeFile(folder / "extended.pdf", bytes);
    return folder / "extended.pdf";
  }
  fs::path draft = dataFile("du-thao-cong-van.pdf");
};

TEST_F(SignatureCheck, FindsNoSignatureInADraft) {
  auto const checked = report(draft);
  EXPECT_TRUE(checked.signatures.empty());
  EXPECT_FALSE(checked.valid());
}

TEST_F(SignatureCheck, DetectsAChangedByte) {
  auto const checked = report(changed(signAll(draft), "/MediaBox [0 0 594", "/MediaBox [0 0 593"));
  ASSERT_EQ(checked.signatures.size(), 2U);
  EXPECT_TRUE(has(checked.signatures[0], SignatureFault::DigestMismatch));
  EXPECT_TRUE(has(checked.signatures[1], SignatureFault::DigestMismatch));
}

TEST_F(SignatureCheck, DetectsAPageThatWasReplacedLater) {
  auto const page = readFile(draft).find("/Type /Page\n");
  ASSERT_NE(page, std::string::npos);
  auto const file = extended(signAll(draft), 2,
                             "<</Type/Page/Parent 9 0 R/MediaBox[0 0 595 842]/Resources<<>>>>");
  auto const checked = report(file);
  ASSERT_EQ(checked.signatures.size(), 2U);
  for (auto const& signature : checked.signatures) {
    EXPECT_EQ(signature.later, LaterChange::Other);
    EXPECT_TRUE(has(signature, SignatureFault::ChangedAfter));
    EXPECT_FALSE(has(signature, SignatureFault::DigestMismatch));
  }
}

TEST_F(SignatureCheck, DetectsAChangedContentStream) {
  auto const checked = report(extended(signAll(draft), 8, "<</Length 3>>\nstream\n0 g\nendstream"));
  ASSERT_EQ(checked.signatures.size(), 2U);
  EXPECT_EQ(checked.signatures[1].later, LaterChange::Other);
}

TEST_F(SignatureCheck, AllowsAnObjectThatNothingNeeds) {
  auto const checked = report(extended(signAll(draft), 390, "<</Kind/Unused>>"));
  ASSERT_EQ(checked.signatures.size(), 2U);
  EXPECT_EQ(checked.signatures[1].later, LaterChange::Signatures);
  EXPECT_TRUE(checked.valid());
}

TEST_F(SignatureCheck, KnowsAStrangersCertificate) {
  auto const file = signAll(draft);
  auto const checked = tools.signatures(file, {}, testNow()).value();
  EXPECT_TRUE(has(checked.signatures[0], SignatureFault::Untrusted));
  EXPECT_FALSE(checked.valid());
}

TEST_F(SignatureCheck, TrustsTheIntermediateAlone) {
  auto const file = signAll(draft);
  EXPECT_TRUE(tools.signatures(file, {pki.authority.intermediate()}, testNow()).value().valid());
  EXPECT_TRUE(tools.signatures(file, {pki.authority.root()}, testNow()).value().valid());
}

TEST_F(SignatureCheck, StaysValidAfterTheCertificateHasEnded) {
  auto const file = signAll(draft);
  auto const later = testNow() + days{365 * 4};
  auto const checked = tools.signatures(file, {pki.authority.trust()}, later).value();
  EXPECT_TRUE(checked.valid());
  auto const& notes = checked.signatures[0].notes;
  EXPECT_EQ(std::count(notes.begin(), notes.end(), SignatureNote::ExpiredSince), 1);
}

TEST_F(SignatureCheck, FaultsASignatureFromTheFuture) {
  auto const file = signAll(draft);
  auto const earlier = testNow() - days{3};
  auto const checked = tools.signatures(file, {pki.authority.trust()}, earlier).value();
  EXPECT_TRUE(has(checked.signatures[0], SignatureFault::OutsideValidity));
}

TEST_F(SignatureCheck, FaultsACmsOfNoise) {
  auto const signed_ = signAll(draft);
  auto bytes = readFile(signed_);
  auto const hole = bytes.find("/Contents<") + 10;
  bytes.replace(hole, 8, "00000000");
  writeFile(folder / "noise.pdf", bytes);
  auto const checked = report(folder / "noise.pdf");
  EXPECT_TRUE(has(checked.signatures[0], SignatureFault::Unreadable));
}

TEST_F(SignatureCheck, ReportSurvivesJson) {
  auto const before = report(signAll(draft));
  auto const after = nlohmann::json(before).get<SignatureReport>();
  EXPECT_EQ(nlohmann::json(before), nlohmann::json(after));
}

}  // namespace
}  // namespace eoffice::signing_tests
