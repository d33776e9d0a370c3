#include "exchange/signature/verifier.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "exchange/signature/signer.h"
#include "tests/support/envelope_fixture.h"
#include "tests/support/test_pki.h"

namespace exchange {
namespace {

using testing::HasSubstr;

const base::Instant kNow = base::toInstant(tests::kToday, std::chrono::hours(12));

base::Instant startOf(int year) {
  using namespace std::chrono;
  return base::Instant(sys_days(std::chrono::year(year) / January / 1));
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const auto at = text.find(from);
  if (at == std::string::npos) {
    throw std::runtime_error("not found: " + std::string(from));
  }
  return text.replace(at, from.size(), to);
}

std::string between(const std::string& text, std::string_view from, std::string_view to) {
  const auto begin = text.find(from);
  const auto end = text.find(to, begin);
  return text.substr(begin, end + to.size() - begin);
}

class EnvelopeSignatureTest : public testing::Test {
 protected:
  EnvelopeSignatureTest() : blobs_(folder_.path() / "blobs") {
    document_.attachments.push_back(tests::attachmentOf(blobs_, "a.pdf", "%PDF-1.4 first"));
    document_.attachments.push_back(tests::attachmentOf(blobs_, "b.xlsx", "a sheet"));
  }

  std::string sign(const std::string& pkcs12, base::Instant now = kNow) {
    const auto signer = EnvelopeSigner::fromPkcs12Bytes(pkcs12, "secret");
    EXPECT_TRUE(signer);
    std::string text;
    const auto written = writeSignedEnvelope(document_, now, *signer, blobs_,
                                             [&](std::string_view bytes) { text += bytes; });
    EXPECT_TRUE(written) << written.error().code;
    return text;
  }
  std::string sign() { return sign(tests::sharedPki().agencyPkcs12("H32")); }

  SignatureReport verify(const std::string& text, base::Instant at = kNow,
                         const std::string& anchors = tests::sharedPki().rootPem()) {
    std::istringstream stream(text);
    auto report = readEnvelope(stream, blobs_);
    EXPECT_TRUE(report) << report.error().code;
    return verifyEnvelope(*report, *EnvelopeVerifier::fromPem(anchors), at);
  }
  std::vector<std::string> faults(const std::string& text, base::Instant at = kNow,
                                  const std::string& anchors = tests::sharedPki().rootPem()) {
    std::vector<std::string> names;
    for (const auto& finding : verify(text, at, anchors).findings) {
      names.emplace_back(faultName(finding.fault));
    }
    return names;
  }

  tests::TemporaryFolder folder_;
  base::BlobStore blobs_;
  DocumentEnvelope document_ = tests::sampleDocument();
};

using Faults = std::vector<std::string>;

TEST_F(EnvelopeSignatureTest, OfOursIsGood) {
  const std::string text = sign();
  const SignatureReport report = verify(text);
  EXPECT_TRUE(report.good());
  EXPECT_EQ("H32", report.signer->organId);
  EXPECT_EQ("Ủy ban nhân dân tỉnh Khánh Hòa", report.signer->commonName);
  EXPECT_EQ("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", report.method);
}

TEST_F(EnvelopeSignatureTest, StandsInTheHeaderAfterTheTraces) {
  const std::string text = sign();
  EXPECT_TRUE(std::regex_search(
      text, std::regex("</edXML:TraceHeaderList>\\s*<Signature "
                       "xmlns=\"http://www.w3.org/2000/09/xmldsig#\">[^]*</Signature>\\s*"
                       "</edXML:edXMLHeader>")));
}

TEST_F(EnvelopeSignatureTest, IsTheSameEachTime) {
  const std::string key = tests::sharedPki().agencyPkcs12("H32");
  EXPECT_EQ(sign(key), sign(key));
}

TEST_F(EnvelopeSignatureTest, GivesBackWhatWasSigned) {
  const SignatureReport report = verify(sign());
  ASSERT_TRUE(report.good());
  const auto content = report.signedContent();
  ASSERT_TRUE(content);
  const auto& document = std::get<DocumentEnvelope>(*content);
  EXPECT_EQ(document_.subject, document.subject);
  EXPECT_EQ(document_.attachments[0].blob, document.attachments.at(0).blob);
  EXPECT_EQ(document_.attachments[1].blob, document.attachments.at(1).blob);
  EXPECT_THAT(report.signedXml, HasSubstr("<edXML:Subject>V/v đẩy mạnh"));
  EXPECT_EQ(std::string::npos, report.signedXml.find("SignatureValue"));
}

TEST_F(EnvelopeSignatureTest, OfAStatusIsGoodAsWell) {
  const auto signer =
      EnvelopeSigner::fromPkcs12Bytes(tests::sharedPki().agencyPkcs12("H32.21"), "secret");
  std::string text;
  ASSERT_TRUE(writeSignedEnvelope(tests::sampleStatus(), kNow, *signer,
                                  [&](std::string_view bytes) { text += bytes; }));
  const SignatureReport report = verify(text);
  EXPECT_TRUE(report.good());
  EXPECT_EQ("03", std::get<StatusEnvelope>(*report.signedContent()).statusCode);
}

TEST_F(EnvelopeSignatureTest, ShowsAChangedField) {
  const std::string text = replaced(sign(), "cải cách", "cai cách");
  EXPECT_EQ(Faults{"digest_mismatch"}, faults(text));
  EXPECT_FALSE(verify(text).signedContent());
  EXPECT_EQ("", verify(text).signedXml);
}

TEST_F(EnvelopeSignatureTest, ShowsAChangedAttachment) {
  EXPECT_EQ(Faults{"digest_mismatch"}, faults(replaced(sign(), ">JVBERi0", ">JVBERj0")));
}

TEST_F(EnvelopeSignatureTest, ShowsAttachmentsThatChangedPlaces) {
  std::string text = sign();
  const std::regex content("edXML:ContentTransferEncoded xmlns[^>]*>([^<]*)<");
  std::vector<std::string> bodies;
  for (std::sregex_iterator at(text.begin(), text.end(), content), end; at != end; ++at) {
    bodies.push_back((*at)[1]);
  }
  ASSERT_EQ(2U, bodies.size());
  text = replaced(text, bodies[0], "@");
  text = replaced(text, bodies[1], bodies[0]);
  text = replaced(text, ">@<", ">" + bodies[1] + "<");
  EXPECT_EQ(Faults{"digest_mismatch"}, faults(text));
}

TEST_F(EnvelopeSignatureTest, CoversTheWhiteSpaceOfAnAttachment) {
  const std::string text = sign();
  EXPECT_EQ(Faults{"digest_mismatch"}, faults(replaced(text, ">JVBERi0", ">JVBE\nRi0")));
  EXPECT_EQ(Faults{"digest_mismatch"}, faults(replaced(text, ">JVBERi0", "> JVBERi0")));
}

TEST_F(EnvelopeSignatureTest, DoesNotMindCommentsAndLineEnds) {
  const std::string text = sign();
  EXPECT_EQ(Faults{}, faults(replaced(text, "<edXML:edXMLBody>", "<!-- x --><edXML:edXMLBody>")));
  EXPECT_EQ(Faults{}, faults(std::regex_replace(text, std::regex("\n"), "\r\n")));
  EXPECT_EQ(Faults{}, faults("\xEF\xBB\xBF" + text));
  EXPECT_EQ(Faults{},
            faults(replaced(text, "<edXML:Website></edXML:Website>", "<edXML:Website/>")));
}

TEST_F(EnvelopeSignatureTest, ShowsAWrongValue) {
  std::string text = sign();
  const auto at = text.find("<SignatureValue>") + 20;
  text[at] = text[at] == 'A' ? 'B' : 'A';
  EXPECT_EQ(Faults{"signature_wrong"}, faults(text));
}

TEST_F(EnvelopeSignatureTest, ShowsAChangedDigestAsForged) {
  std::string text = sign();
  const auto at = text.find("<DigestValue>") + 15;
  text[at] = text[at] == 'A' ? 'B' : 'A';
  EXPECT_THAT(faults(text), testing::UnorderedElementsAre("digest_mismatch", "signature_wrong"));
}

TEST_F(EnvelopeSignatureTest, NeedsAnAnchor) {
  const tests::TestPki other("Other");
  EXPECT_EQ(Faults{"chain_not_trusted"}, faults(sign(), kNow, other.rootPem()));
  EXPECT_EQ(Faults{}, faults(sign(), kNow, other.rootPem() + tests::sharedPki().rootPem()));
  EXPECT_EQ(Faults{}, faults(sign(), kNow, tests::sharedPki().intermediatePem()));
}

TEST_F(EnvelopeSignatureTest, IsJudgedAtTheGivenTime) {
  const std::string text = sign();
  EXPECT_EQ(Faults{"certificate_expired"}, faults(text, startOf(2041)));
  EXPECT_EQ(Faults{"certificate_not_yet_valid"}, faults(text, startOf(2023)));
}

TEST_F(EnvelopeSignatureTest, IsJudgedAnewWhenACertificateEnds) {
  std::istringstream stream(sign());
  const auto report = readEnvelope(stream, blobs_);
  const auto verifier = EnvelopeVerifier::fromPem(tests::sharedPki().rootPem());
  for (int round = 0; round < 2; ++round) {
    EXPECT_TRUE(verifier->verify(*report, kNow).good());
    EXPECT_TRUE(verifier->verify(*report, startOf(2041)).has(SignatureFault::CertificateExpired));
    EXPECT_TRUE(verifier->verify(*report, startOf(2040) - std::chrono::seconds(1)).good());
    EXPECT_FALSE(verifier->verify(*report, startOf(2040)).good());
    EXPECT_TRUE(
        verifier->verify(*report, startOf(2023)).has(SignatureFault::CertificateNotYetValid));
  }
}

TEST_F(EnvelopeSignatureTest, ShowsAnotherSigner) {  // R-43
  EXPECT_EQ(Faults{"signer_is_not_sender"}, faults(sign(tests::sharedPki().agencyPkcs12("H01"))));
  EXPECT_EQ(Faults{}, faults(sign(tests::sharedPki().agencyPkcs12(""))));
  EXPECT_EQ(Faults{}, faults(sign(tests::sharedPki().agencyPkcs12("OID:H32"))));
}

TEST_F(EnvelopeSignatureTest, AsksWhetherTwoCodesNameOneAgency) {  // R-43
  std::istringstream stream(sign(tests::sharedPki().agencyPkcs12("000.00.00.H32")));
  const auto report = readEnvelope(stream, blobs_);
  const auto verifier = EnvelopeVerifier::fromPem(tests::sharedPki().rootPem());
  EXPECT_TRUE(verifier->verify(*report, kNow).has(SignatureFault::SignerIsNotSender));
  std::vector<std::string> asked;
  const auto same = [&](const std::string& one, const std::string& other) {
    asked = {one, other};
    return true;
  };
  EXPECT_TRUE(verifier->verify(*report, kNow, same).good());
  EXPECT_EQ(asked, (std::vector<std::string>{"000.00.00.H32", "H32"}));
  const auto other = [](const std::string&, const std::string&) { return false; };
  EXPECT_TRUE(verifier->verify(*report, kNow, other).has(SignatureFault::SignerIsNotSender));
}

TEST_F(EnvelopeSignatureTest, ShowsACertificateForAnotherUse) {
  tests::CertificateWish wish;
  wish.notBefore = startOf(2024);
  wish.notAfter = startOf(2040);
  wish.mayNotSign = true;
  EXPECT_EQ(Faults{"certificate_not_for_signing"},
            faults(sign(tests::sharedPki().pkcs12(wish, "secret"))));
}

TEST_F(EnvelopeSignatureTest, IsReportedAsMissing) {
  std::string text;
  ASSERT_TRUE(writeEnvelope(document_, tests::kToday, blobs_,
                            [&](std::string_view bytes) { text += bytes; }));
  EXPECT_EQ(Faults{"no_signature"}, faults(text));
  EXPECT_EQ(Faults{"no_signature"},
            faults(replaced(text, "</edXML:edXMLHeader>",
                            "<edXML:DigitalSignature/></edXML:edXMLHeader>")));
}

TEST_F(EnvelopeSignatureTest, InTheNamespaceOfEdxmlCannotBeVerified) {
  std::string text =
      replaced(sign(), "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\">", "<Signature>");
  EXPECT_EQ(Faults{"foreign_namespace"}, faults(text));
}

struct Change {
  const char* name;
  const char* from;
  const char* to;
  std::vector<std::string> faults;
};
class ChangedSignature : public EnvelopeSignatureTest,
                         public testing::WithParamInterface<Change> {};

TEST_P(ChangedSignature, IsNotComputed) {
  EXPECT_THAT(faults(replaced(sign(), GetParam().from, GetParam().to)),
              testing::UnorderedElementsAreArray(GetParam().faults));
}

constexpr const char* kEnveloped =
    "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"></Transform>";
INSTANTIATE_TEST_SUITE_P(
    Shapes, ChangedSignature,
    testing::Values(
        Change{"Sha1",
               "2001/04/xmldsig-more#rsa-sha256",
               "2000/09/xmldsig#rsa-sha1",
               {"weak_algorithm"}},
        Change{"Sha1Digest",
               "http://www.w3.org/2001/04/xmlenc#sha256",
               "http://www.w3.org/2000/09/xmldsig#sha1",
               {"weak_algorithm"}},
        Change{"Hmac",
               "2001/04/xmldsig-more#rsa-sha256",
               "2001/04/xmldsig-more#hmac-sha256",
               {"unknown_algorithm"}},
        Change{"BogusTransform",
               "</Transform><Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">",
               "</Transform><Transform Algorithm=\"http://www.w3.org/TR/xml-exc-c14n#\">",
               {"unknown_algorithm"}},
        Change{"Xslt",
               kEnveloped,
               "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xslt-19991116\"/>",
               {"unknown_algorithm"}},
        Change{
            "XPath",
            "</Transforms>",
            "<Transform Algorithm=\"http://www.w3.org/TR/1999/REC-xpath-19991116\"/></Transforms>",
            {"unknown_algorithm"}},
        Change{"NoEnveloped", kEnveloped, "", {"unknown_algorithm"}},
        Change{
            "PartOnly", "<Reference URI=\"\">", "<Reference URI=\"#part\">", {"wrong_reference"}},
        Change{"Remote",
               "<Reference URI=\"\">",
               "<Reference URI=\"http://127.0.0.1/x\">",
               {"wrong_reference"}},
        Change{"NoUri", "<Reference URI=\"\">", "<Reference>", {"wrong_reference"}},
        Change{"NoValue",
               "<SignatureValue>",
               "<Other>x</Other><SignatureValue xmlns=\"urn:x\">",
               {"malformed"}}),
    [](const auto& one) { return one.param.name; });

TEST_F(EnvelopeSignatureTest, WithTwoReferencesIsNotComputed) {
  const std::string text = sign();
  const std::string reference = between(text, "<Reference ", "</Reference>");
  EXPECT_EQ(Faults{"wrong_reference"}, faults(replaced(text, reference, reference + reference)));
}

TEST_F(EnvelopeSignatureTest, CannotBeWrapped) {
  const std::string text = sign();
  const std::string signature = between(text, "<Signature ", "</Signature>");
  const std::string moved = replaced(text, signature, "");
  EXPECT_THAT(faults(replaced(moved, "<edXML:edXMLBody>", signature + "<edXML:edXMLBody>")),
              testing::Contains("wrong_place"));
  EXPECT_THAT(faults(replaced(moved, "<AttachmentEncoded>", "<AttachmentEncoded>" + signature)),
              testing::Contains("wrong_place"));
  EXPECT_THAT(faults(replaced(text, signature, signature + signature)),
              testing::Contains("several_signatures"));
  // A second header in front, the signed one behind.
  const std::string header = between(text, "<edXML:MessageHeader>", "</edXML:MessageHeader>");
  EXPECT_THAT(faults(replaced(text, header, header + replaced(header, "H32", "H99"))),
              testing::Contains("digest_mismatch"));
}

TEST_F(EnvelopeSignatureTest, MindsDuplicateIds) {
  std::string text = replaced(sign(), "<edXML:Code>", "<edXML:Code Id=\"a\">");
  text = replaced(text, "<edXML:OtherInfo>", "<edXML:OtherInfo id=\"a\">");
  EXPECT_THAT(faults(text), testing::UnorderedElementsAre("duplicate_id", "digest_mismatch"));
}

TEST_F(EnvelopeSignatureTest, SaysWhenAnAttachmentCouldNotBeChecked) {
  EXPECT_THAT(faults(replaced(sign(), ">JVBERi0", ">*VBERi0")),
              testing::Contains("attachment_not_covered"));
}

TEST_F(EnvelopeSignatureTest, DoesNotCoverAnAttachmentInsideItself) {
  const std::string text =
      replaced(sign(), "</KeyInfo>",
               "</KeyInfo><Object><Attachment><ContentTransferEncoded>QQ==</ContentTransferEncoded>"
               "</Attachment></Object>");
  EXPECT_EQ(Faults{"attachment_not_covered"}, faults(text));
}

TEST_F(EnvelopeSignatureTest, IsNotMadeWithAnExpiredCertificate) {
  const auto signer =
      EnvelopeSigner::fromPkcs12Bytes(tests::sharedPki().agencyPkcs12("H32"), "secret");
  bool written = false;
  const auto sink = [&](std::string_view) { written = true; };
  const auto expired = writeSignedEnvelope(document_, startOf(2041), *signer, blobs_, sink);
  EXPECT_EQ("signature.certificate_expired", expired.error().code);
  document_.promulgationDate = EnvelopeDate::of(base::localDate(startOf(2023)));
  const auto early = writeSignedEnvelope(document_, startOf(2023), *signer, blobs_, sink);
  EXPECT_EQ("signature.certificate_not_yet_valid", early.error().code);
  EXPECT_FALSE(written);
}

TEST(EnvelopeSigner, SaysWhyAKeyCannotBeUsed) {
  const std::string good = tests::sharedPki().agencyPkcs12("H32");
  EXPECT_EQ("signature.wrong_password",
            EnvelopeSigner::fromPkcs12Bytes(good, "other").error().code);
  EXPECT_EQ("signature.key_unreadable", EnvelopeSigner::fromPkcs12Bytes("x", "y").error().code);
  EXPECT_EQ("signature.key_unreadable", EnvelopeSigner::fromPkcs12("/nowhere", "y").error().code);
  tests::CertificateWish wish;
  wish.notBefore = startOf(2024);
  wish.notAfter = startOf(2040);
  wish.bits = 1024;
  EXPECT_EQ("signature.key_not_rsa",
            EnvelopeSigner::fromPkcs12Bytes(tests::sharedPki().pkcs12(wish, "secret"), "secret")
                .error()
                .code);
}

TEST(EnvelopeVerifier, NeedsReadableAnchors) {
  EXPECT_EQ("signature.no_anchor", EnvelopeVerifier::fromPem("nothing").error().code);
  EXPECT_EQ("signature.no_anchor", EnvelopeVerifier::fromPemFiles({}).error().code);
  EXPECT_EQ("signature.anchor_unreadable",
            EnvelopeVerifier::fromPemFiles({"/nowhere.pem"}).error().code);
}

}  // namespace
}  // namespace exchange
