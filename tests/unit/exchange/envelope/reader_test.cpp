#include "exchange/envelope/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "base/crypto/digest.h"
#include "tests/support/envelope_fixture.h"

namespace exchange {
namespace {

using testing::HasSubstr;

std::filesystem::path sample(const std::string& name) {
  return std::filesystem::path(EOFFICE_SOURCE_DIR) / "tests/data/edxml" / name;
}

class EnvelopeReaderTest : public testing::Test {
 protected:
  EnvelopeReaderTest() : blobs_(folder_.path() / "blobs") {}

  base::Result<ReadReport> readText(const std::string& text, const ReadOptions& options = {}) {
    std::istringstream stream(text);
    return readEnvelope(stream, blobs_, options);
  }
  ReadReport mustRead(const std::string& file) {
    auto report = readEnvelope(sample(file), blobs_);
    if (!report) {
      throw std::runtime_error(file + ": " + report.error().code);
    }
    return std::move(*report);
  }
  std::string refusalOf(const std::string& file) {
    const auto report = readEnvelope(sample(file), blobs_);
    return report ? "" : report.error().code;
  }

  tests::TemporaryFolder folder_;
  base::BlobStore blobs_;
};

std::vector<std::string> namesOf(const ReadReport& report) {
  std::vector<std::string> names;
  for (const auto& finding : report.findings) {
    names.emplace_back(findingName(finding.code));
  }
  return names;
}

TEST_F(EnvelopeReaderTest, ReadsTheRealDocumentWhole) {
  const ReadReport report = mustRead("document-new.edxml");
  const DocumentEnvelope& document = report.document();
  EXPECT_EQ("H32", document.from.organId);
  EXPECT_EQ("01 Trần Phú, Nha Trang", document.from.address);
  ASSERT_EQ(2U, document.to.size());
  EXPECT_EQ("H32.48", document.to[1].organId);
  EXPECT_EQ("1234/UBND-KGVX", document.code.text());
  EXPECT_EQ(tests::kToday, *document.promulgationDate.day);
  EXPECT_EQ("Công văn", document.type.name);
  EXPECT_EQ(1, *document.other.priority);
  EXPECT_EQ("PHÓ CHỦ TỊCH", document.signer.position);
  EXPECT_EQ("2026/01/20", document.dueDate.text);
  EXPECT_EQ(2U, document.toPlaces.size());
  EXPECT_EQ(BusinessKind::New, document.business.kind);
  EXPECT_EQ("Trần Thị B", document.business.staff.at(0).staff);
  ASSERT_EQ(1U, document.attachments.size());
  const Attachment& attachment = document.attachments[0];
  EXPECT_EQ("cong-van-1234-UBND-KGVX.pdf", attachment.name);
  EXPECT_EQ("application/pdf", attachment.mediaType);
  EXPECT_EQ("application/zip", attachment.declaredType);
  const auto original = std::filesystem::path(EOFFICE_SOURCE_DIR) /
                        "tests/data/documents/cong-van-1234-UBND-KGVX.pdf";
  EXPECT_EQ(blobs_.putFile(original), attachment.blob);
  EXPECT_FALSE(report.secret);
  EXPECT_TRUE(report.findings.empty()) << testing::PrintToString(namesOf(report));
}

TEST_F(EnvelopeReaderTest, ReadsTheRealStatus) {
  const ReadReport report = mustRead("status-03-received.edxml");
  ASSERT_EQ(EnvelopeKind::Status, report.kind());
  const StatusEnvelope& status = report.status();
  EXPECT_EQ("H32.21", status.from.organId);
  EXPECT_EQ("03", status.statusCode);
  EXPECT_EQ("1234/UBND-KGVX", status.responseFor.code);
  EXPECT_EQ("H32", status.responseFor.organId);
  EXPECT_EQ("2026/01/06 10:22:41", base::slashDateTime(*status.timestamp.instant));
  EXPECT_TRUE(report.findings.empty()) << testing::PrintToString(namesOf(report));
}

// Every quirk that circulates: what is noticed, and that the document is still there.
struct Quirk {
  const char* file;
  std::vector<std::string> findings;
  const char* attachmentName;
  const char* mediaType;
};

class EnvelopeQuirks : public EnvelopeReaderTest, public testing::WithParamInterface<Quirk> {};

TEST_P(EnvelopeQuirks, AreForgivenAndListed) {
  const Quirk& quirk = GetParam();
  const ReadReport report = mustRead(quirk.file);
  EXPECT_THAT(namesOf(report), testing::UnorderedElementsAreArray(quirk.findings));
  const DocumentEnvelope& document = report.document();
  EXPECT_EQ("H32", document.from.organId);
  EXPECT_EQ("H32.21", document.to.at(0).organId);
  EXPECT_EQ("1234/UBND-KGVX", document.code.text());
  EXPECT_THAT(document.subject, HasSubstr("V/v"));
  ASSERT_EQ(1U, document.attachments.size());
  EXPECT_EQ(quirk.attachmentName, document.attachments[0].name);
  EXPECT_EQ(quirk.mediaType, document.attachments[0].mediaType);
}

constexpr const char* kPdf = "application/pdf";
constexpr const char* kName = "cong-van.pdf";
constexpr const char* kDocx =
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

INSTANTIATE_TEST_SUITE_P(
    Samples, EnvelopeQuirks,
    testing::Values(
        Quirk{"quirk-minimal.edxml", {"null_text"}, kName, kPdf},
        Quirk{"quirk-bom-and-junk.edxml", {"bytes_before_xml"}, kName, kPdf},
        Quirk{"quirk-unbound-xlink.edxml", {"unbound_prefix"}, kName, kPdf},
        Quirk{"quirk-other-order.edxml", {}, kName, kPdf},
        Quirk{"quirk-no-namespace.edxml", {"foreign_namespace"}, kName, kPdf},
        Quirk{"quirk-missing-cid.edxml", {}, kName, kPdf},
        Quirk{"quirk-business-spelling.edxml", {"business_spelling"}, kName, kPdf},
        Quirk{"quirk-dates.edxml",
              {"date_not_standard", "date_not_standard", "date_not_standard", "date_unreadable"},
              kName,
              kPdf},
        Quirk{"quirk-zip-in-pdf-type.edxml", {}, kName, kPdf},
        Quirk{"quirk-docx-kept.edxml", {}, "to-trinh.docx", kDocx},
        Quirk{"quirk-zip-slip.edxml", {"zip_entry_name"}, kName, kPdf},
        Quirk{"quirk-zip-two-entries.edxml",
              {"zip_several_entries", "type_differs"},
              kName,
              "application/zip"},
        Quirk{"quirk-zip-bomb.edxml", {"zip_too_large", "type_differs"}, kName, "application/zip"},
        Quirk{"quirk-pdf-as-text.edxml", {"pdf_damaged"}, kName, kPdf},
        Quirk{"quirk-not-base64.edxml", {"not_base64"}, kName, ""},
        Quirk{"quirk-bad-name.edxml", {"name_changed"}, "CÔNG VĂNfdp.SIGNED.PDF", kPdf},
        Quirk{"quirk-wrapped-base64.edxml", {}, kName, kPdf},
        Quirk{"quirk-over-long.edxml", {"too_long"}, kName, kPdf},
        Quirk{"quirk-cdata-and-comments.edxml", {}, kName, kPdf},
        Quirk{"signature-in-edxml-namespace.edxml", {}, kName, kPdf},
        Quirk{"signature-digital-signature-empty.edxml", {}, kName, kPdf}),
    [](const auto& one) {
      std::string name = one.param.file;
      std::replace_if(
          name.begin(), name.end(), [](char c) { return !std::isalnum(c); }, '_');
      return name;
    });

struct Bad {
  const char* file;
  const char* code;
};
class EnvelopeRefusals : public EnvelopeReaderTest, public testing::WithParamInterface<Bad> {};

TEST_P(EnvelopeRefusals, NameWhatIsWrong) {
  EXPECT_EQ(GetParam().code, refusalOf(GetParam().file));
}

INSTANTIATE_TEST_SUITE_P(
    Samples, EnvelopeRefusals,
    testing::Values(Bad{"dialect-b.edxml", "envelope.dialect_refused"},
                    Bad{"dialect-b-multipart.edxml", "envelope.dialect_refused"},
                    Bad{"dialect-c.edxml", "envelope.dialect_refused"},
                    Bad{"bad-doctype.edxml", "envelope.doctype_refused"},
                    Bad{"bad-cut-off.edxml", "envelope.not_xml"},
                    Bad{"bad-status-without-code.edxml", "envelope.no_status_code"}));

TEST_F(EnvelopeReaderTest, NamesTheDialectItRefuses) {
  const auto report = readEnvelope(sample("dialect-c.edxml"), blobs_);
  ASSERT_FALSE(report);
  ASSERT_EQ("dialect", report.error().facts.at(0).first);
  EXPECT_THAT(report.error().facts.at(0).second, HasSubstr("go.vn"));
}

TEST_F(EnvelopeReaderTest, RefusesWhatCannotBeAnswered) {
  const std::string empty = "<edXML:To><edXML:OrganId>H1</edXML:OrganId></edXML:To>";
  EXPECT_EQ("envelope.no_sender", readText(tests::envelopeXml(empty)).error().code);
  const std::string null = "<edXML:From><edXML:OrganId> null </edXML:OrganId></edXML:From>";
  EXPECT_EQ("envelope.no_sender", readText(tests::envelopeXml(null)).error().code);
  EXPECT_EQ("envelope.empty", readText("").error().code);
  EXPECT_EQ("envelope.not_xml", readText("hello").error().code);
  EXPECT_EQ("envelope.not_xml", readText("%PDF-1.4 no envelope <a").error().code);
  EXPECT_EQ("envelope.not_edxml", readText("<html><body/></html>").error().code);
  EXPECT_EQ("envelope.not_edxml", readText("<edXML xmlns='urn:other'/>").error().code);
  EXPECT_EQ("envelope.no_header", readText("<edXML/>").error().code);
}

TEST_F(EnvelopeReaderTest, PutsSwappedCodeAndOrganOfAStatusRight) {
  const ReadReport report = mustRead("status-13-swapped.edxml");
  EXPECT_EQ("267/VPCP-TTĐT", report.status().responseFor.code);
  EXPECT_EQ("H32.21", report.status().responseFor.organId);
  EXPECT_TRUE(report.has(FindingCode::CodeAndOrganSwapped));
}

TEST_F(EnvelopeReaderTest, KeepsAnUnknownStatusCode) {
  EXPECT_EQ("07", mustRead("status-unknown-code.edxml").status().statusCode);
}

TEST_F(EnvelopeReaderTest, FlagsSecretMarks) {
  const ReadReport subject = mustRead("secret-subject.edxml");
  ASSERT_TRUE(subject.secret);
  EXPECT_EQ(SecretLevel::HighSecret, subject.secret->level);
  EXPECT_EQ("MessageHeader.Subject", subject.secret->field);
  const ReadReport sphere = mustRead("secret-sphere.edxml");
  ASSERT_TRUE(sphere.secret);
  EXPECT_EQ(SecretLevel::Secret, sphere.secret->level);
}

TEST_F(EnvelopeReaderTest, ReadsUpdateOfTheOtherSpelling) {
  const Business business = mustRead("quirk-business-spelling.edxml").document().business;
  EXPECT_EQ(BusinessKind::Update, business.kind);
  EXPECT_EQ("old-1", business.documentId);
  EXPECT_EQ("Sửa lỗi", business.reason);
  EXPECT_TRUE(business.contentChanged);
  ASSERT_EQ(1U, business.receivers.size());
  EXPECT_FALSE(business.receivers[0].added);
}

TEST_F(EnvelopeReaderTest, TurnsAnInstantIntoTheLocalDay) {
  const ReadReport report = mustRead("quirk-dates.edxml");
  EXPECT_EQ(tests::kToday, *report.document().promulgationDate.day);  // 17:30Z is the next day here
  EXPECT_EQ("2014/02/30", report.document().responseFor.at(0).promulgationDate.text);
  EXPECT_FALSE(report.document().responseFor.at(0).promulgationDate.day);
}

TEST_F(EnvelopeReaderTest, ReadsTheSameInEverySizeOfPiece) {
  // A stream that gives one byte at a time still fills the reader's buffer; what matters is where
  // the buffer ends, so shift the content through it.
  const std::string middle(64 * 1024 - 700, ' ');
  for (int shift = 0; shift < 40; ++shift) {
    const std::string header = middle + std::string(static_cast<std::size_t>(shift), ' ') +
                               "<edXML:From><edXML:OrganId>H32</edXML:OrganId></edXML:From>"
                               "<edXML:Subject>Ủy ban &amp; Đắk Lắk</edXML:Subject>";
    const auto report = readText(tests::envelopeXml(header));
    ASSERT_TRUE(report) << shift;
    EXPECT_EQ("Ủy ban & Đắk Lắk", report->document().subject);
  }
}

TEST_F(EnvelopeReaderTest, KeepsToItsLimits) {
  ReadOptions options;
  options.mostMarkup = 2000;
  const std::string from = "<edXML:From><edXML:OrganId>H32</edXML:OrganId></edXML:From>";
  EXPECT_EQ("envelope.too_large",
            readText(tests::envelopeXml(from + std::string(3000, ' ')), options).error().code);
  options = {};
  options.mostNodes = 100;
  std::string many;
  for (int i = 0; i < 100; ++i) {
    many += "<edXML:To/>";
  }
  EXPECT_EQ("envelope.too_large", readText(tests::envelopeXml(from + many), options).error().code);
  options = {};
  options.mostBytes = 100;
  EXPECT_EQ("envelope.too_large", readText(tests::envelopeXml(from), options).error().code);
  options = {};
  options.mostAttachments = 1;
  const std::string attachment =
      "<Attachment><ContentTransferEncoded>QQ==</ContentTransferEncoded></Attachment>";
  EXPECT_EQ("envelope.too_many_attachments",
            readText(tests::envelopeXml(from, {}, attachment + attachment), options).error().code);
}

TEST_F(EnvelopeReaderTest, RefusesDeepNesting) {
  std::string deep;
  for (int i = 0; i < 5000; ++i) {
    deep += "<a>";
  }
  EXPECT_EQ("envelope.not_xml", readText(tests::envelopeXml(deep)).error().code);
}

TEST_F(EnvelopeReaderTest, ForgivesBytesAfterTheRoot) {
  const std::string from = "<edXML:From><edXML:OrganId>H32</edXML:OrganId></edXML:From>";
  const auto report = readText(tests::envelopeXml(from) + "\r\n\x1a garbage");
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->has(FindingCode::BytesAfterXml));
  const auto clean = readText(tests::envelopeXml(from) + "\r\n");
  ASSERT_TRUE(clean);
  EXPECT_FALSE(clean->has(FindingCode::BytesAfterXml));
}

TEST_F(EnvelopeReaderTest, ComposesTextButLeavesTheDocumentIdAlone) {
  const std::string header =
      "<edXML:From><edXML:OrganId>H32</edXML:OrganId></edXML:From>"
      "<edXML:Subject>\x65\xCC\x82</edXML:Subject>"
      "<edXML:DocumentId>\x65\xCC\x82</edXML:DocumentId>";
  const auto report = readText(tests::envelopeXml(header));
  ASSERT_TRUE(report);
  EXPECT_EQ("ê", report->document().subject);
  EXPECT_EQ("\x65\xCC\x82", report->document().documentId);
}

TEST_F(EnvelopeReaderTest, PassesOverAttachmentsWhenAskedTo) {
  ReadOptions options;
  options.attachments = ReadOptions::Attachments::Skip;
  const auto report = readEnvelope(sample("document-new.edxml"), blobs_, options);
  ASSERT_TRUE(report);
  EXPECT_EQ("cong-van-1234-UBND-KGVX.pdf", report->document().attachments.at(0).name);
  EXPECT_EQ("", report->document().attachments[0].blob.sha256);
  EXPECT_TRUE(report->findings.empty());
}

TEST_F(EnvelopeReaderTest, ReadsUtf16) {
  const std::string plain =
      tests::envelopeXml("<edXML:From><edXML:OrganId>H32</edXML:OrganId></edXML:From>");
  std::string wide = "\xFF\xFE";
  for (const char c : plain.substr(plain.find('\n') + 1)) {
    wide += c;
    wide += '\0';
  }
  const auto report = readText(wide);
  ASSERT_TRUE(report) << report.error().code;
  EXPECT_EQ("H32", report->document().from.organId);
}

}  // namespace
}  // namespace exchange
