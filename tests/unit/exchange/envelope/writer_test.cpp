#include "exchange/envelope/writer.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <regex>
#include <sstream>

#include "exchange/envelope/reader.h"
#include "tests/support/envelope_fixture.h"

namespace exchange {
namespace {

using testing::HasSubstr;

class EnvelopeWriterTest : public testing::Test {
 protected:
  EnvelopeWriterTest() : blobs_(folder_.path() / "blobs") {
    document_.attachments.push_back(tests::attachmentOf(blobs_, "a.pdf", "%PDF-1.4 x"));
  }

  std::string write() {
    std::string text;
    const auto written = writeEnvelope(document_, tests::kToday, blobs_,
                                       [&](std::string_view bytes) { text += bytes; });
    EXPECT_TRUE(written) << written.error().code << " " << written.error().field;
    return text;
  }
  std::vector<std::string> refusals() {
    std::vector<std::string> codes;
    const auto checked = checkOutgoing(document_, tests::kToday);
    if (!checked) {
      codes.push_back(checked.error().code + " " + checked.error().field);
      for (const auto& other : checked.error().others) {
        codes.push_back(other.code + " " + other.field);
      }
    }
    return codes;
  }
  DocumentEnvelope reread() {
    std::istringstream stream(write());
    const auto report = readEnvelope(stream, blobs_);
    EXPECT_TRUE(report);
    EXPECT_TRUE(report->findings.empty());
    return report->document();
  }

  tests::TemporaryFolder folder_;
  base::BlobStore blobs_;
  DocumentEnvelope document_ = tests::sampleDocument();
};

TEST_F(EnvelopeWriterTest, WritesThePrefixLiterally) {
  const std::string text = write();
  EXPECT_THAT(text, HasSubstr("<edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\">"));
  EXPECT_THAT(text, HasSubstr("<edXML:edXMLEnvelope xmlns:edXML="));
  EXPECT_THAT(text, HasSubstr("<edXML:OrganId>H32</edXML:OrganId>"));
  EXPECT_THAT(text, HasSubstr("<AttachmentEncoded>"));
  EXPECT_THAT(text, HasSubstr("<edXML:ContentTransferEncoded xmlns:edXML="));
  EXPECT_THAT(text, HasSubstr("<edXML:BussinessDocType>0</edXML:BussinessDocType>"));
}

TEST_F(EnvelopeWriterTest, WritesTheLibrarysOrderAndEveryTag) {
  const std::string text = write();
  const std::vector<std::string> order = {"MessageHeader>",
                                          "From>",
                                          "OrganId>",
                                          "OrganizationInCharge>",
                                          "OrganName>",
                                          "OrganAdd>",
                                          "Email>",
                                          "Telephone>",
                                          "Fax>",
                                          "Website>",
                                          "To>",
                                          "DocumentId>",
                                          "Code>",
                                          "CodeNumber>",
                                          "CodeNotation>",
                                          "PromulgationInfo>",
                                          "Place>",
                                          "PromulgationDate>",
                                          "DocumentType>",
                                          "Type>",
                                          "TypeDetail>",
                                          "TypeName>",
                                          "Subject>",
                                          "Content>",
                                          "SignerInfo>",
                                          "Competence>",
                                          "Position>",
                                          "FullName>",
                                          "DueDate>",
                                          "OtherInfo>",
                                          "Priority>",
                                          "SphereOfPromulgation>",
                                          "TyperNotation>",
                                          "PromulgationAmount>",
                                          "PageAmount>",
                                          "Direction>",
                                          "Appendixes>",
                                          "SteeringType>",
                                          "ToPlaces>",
                                          "TraceHeaderList>",
                                          "TraceHeader>",
                                          "Timestamp>",
                                          "Bussiness>",
                                          "BussinessDocReason>",
                                          "Paper>",
                                          "edXMLBody>",
                                          "edXMLManifest ",
                                          "Reference>",
                                          "ContentId>",
                                          "ContentType>",
                                          "Description>",
                                          "AttachmentName>"};
  std::size_t at = 0;
  for (const auto& tag : order) {
    const auto found = text.find("<edXML:" + tag, at);
    ASSERT_NE(std::string::npos, found) << tag;
    at = found;
  }
}

TEST_F(EnvelopeWriterTest, WritesTheSameBytesAgain) {
  document_.attachments.push_back(tests::attachmentOf(blobs_, "b.xlsx", "sheet"));
  EXPECT_EQ(write(), write());
}

TEST_F(EnvelopeWriterTest, SendsPdfAndWordAsTheyAreAndZipsTheRest) {
  document_.attachments.push_back(tests::attachmentOf(blobs_, "b.DOCX", "word"));
  document_.attachments.push_back(tests::attachmentOf(blobs_, "c.xlsx", "sheet"));
  const std::string text = write();
  EXPECT_THAT(text, HasSubstr("<ContentType>application/pdf</ContentType>"));
  EXPECT_THAT(text, HasSubstr("<ContentType>application/docx</ContentType>"));
  EXPECT_THAT(text, HasSubstr("<ContentType>application/zip</ContentType>"));
  EXPECT_THAT(text, HasSubstr(">JVBERi0xLjQgeA==<"));
}

TEST_F(EnvelopeWriterTest, IsReadBackWhole) {
  document_.dueDate = EnvelopeDate::of(tests::kToday);
  document_.subject = "V/v A & B <C> \"D\"\r\n dòng hai";
  document_.other = {3, "Nội bộ", "NVA", 2, 10, true, {"Phụ lục 1", "Phụ lục 2"}};
  document_.responseFor.push_back({"H01", "1/A", EnvelopeDate::of(tests::kToday), "x,y"});
  document_.steeringType = 2;
  document_.toPlaces = {"Các sở"};
  document_.business.kind = BusinessKind::Update;
  document_.business.documentId = "old";
  document_.business.paper = true;
  document_.business.contentChanged = true;
  document_.business.receivers = {{"H32.21", false}, {"H32.48", true}};
  document_.business.staff.push_back({"Văn thư", "1", "Trần Thị B", "2", "b@x", "09"});
  document_.attachments.push_back(tests::attachmentOf(blobs_, "ghi chú.txt", "sheet"));
  document_.attachments.back().description = "Bảng";
  const DocumentEnvelope read = reread();
  EXPECT_EQ(document_.subject, read.subject);
  EXPECT_EQ(3, *read.other.priority);
  EXPECT_EQ(document_.other.appendixes, read.other.appendixes);
  EXPECT_EQ(true, *read.other.direction);
  EXPECT_EQ("1/A", read.responseFor.at(0).code);
  EXPECT_EQ(2, *read.steeringType);
  EXPECT_EQ(BusinessKind::Update, read.business.kind);
  EXPECT_TRUE(read.business.paper);
  EXPECT_TRUE(read.business.contentChanged);
  EXPECT_FALSE(read.business.receiversChanged);
  EXPECT_FALSE(read.business.receivers.at(0).added);
  EXPECT_EQ("2", read.business.staff.at(0).staffId);
  ASSERT_EQ(2U, read.attachments.size());
  EXPECT_EQ(document_.attachments[0].blob, read.attachments[0].blob);
  EXPECT_EQ(document_.attachments[1].blob, read.attachments[1].blob);
  EXPECT_EQ("ghi chú.txt", read.attachments[1].name);
  EXPECT_EQ("Bảng", read.attachments[1].description);
}

TEST_F(EnvelopeWriterTest, ReplacementsAreReadBack) {
  document_.business.kind = BusinessKind::Replace;
  document_.business.replacements = {{"old-1", {"H32.21", "H32.48"}}, {"old-2", {}}};
  const DocumentEnvelope read = reread();
  ASSERT_EQ(2U, read.business.replacements.size());
  EXPECT_EQ("old-1", read.business.replacements[0].documentId);
  EXPECT_EQ(2U, read.business.replacements[0].organIds.size());
}

TEST_F(EnvelopeWriterTest, TellsAllFaultsAtOnce) {
  document_ = {};
  document_.promulgationDate.text = "";
  EXPECT_THAT(refusals(),
              testing::IsSupersetOf(
                  {"envelope.missing From.OrganId", "envelope.no_receiver To",
                   "envelope.missing PromulgationInfo.PromulgationDate",
                   "envelope.missing DocumentId", "envelope.missing Code.CodeNumber",
                   "envelope.missing Code.CodeNotation", "envelope.missing Subject",
                   "envelope.missing DocumentType.Type", "envelope.missing DocumentType.TypeName",
                   "envelope.no_trace TraceHeaderList.TraceHeader",
                   "envelope.no_attachment AttachmentEncoded"}));
}

struct Fault {
  const char* refusal;
  std::function<void(DocumentEnvelope&)> make;
};

TEST_F(EnvelopeWriterTest, RefusesEachFault) {
  const std::vector<Fault> faults = {
      {"envelope.duplicate_receiver To", [](auto& d) { d.to.push_back(d.to[0]); }},
      {"envelope.date_in_future PromulgationInfo.PromulgationDate",
       [](auto& d) { d.promulgationDate = EnvelopeDate::of(base::addDays(tests::kToday, 1)); }},
      {"envelope.missing PromulgationInfo.PromulgationDate",
       [](auto& d) {
         d.promulgationDate = {"06/01/2026", tests::kToday, false};
       }},
      {"envelope.too_long Code.CodeNumber", [](auto& d) { d.code.number = "123456789012"; }},
      {"envelope.too_long Subject", [](auto& d) { d.subject = std::string(501, 'x'); }},
      {"envelope.bad_text Subject", [](auto& d) { d.subject = "a\x01"; }},
      {"envelope.bad_text Subject", [](auto& d) { d.subject = "a\xFF"; }},
      {"envelope.bad_organ_id To.OrganId", [](auto& d) { d.to[0].organId = "H32 21"; }},
      {"envelope.bad_number OtherInfo.Priority", [](auto& d) { d.other.priority = 5; }},
      {"envelope.bad_number OtherInfo.PageAmount", [](auto& d) { d.other.pages = -1; }},
      {"envelope.secret_refused MessageHeader.Subject",
       [](auto& d) { d.subject = "(Mật) V/v phương án"; }},
      {"envelope.missing Attachment.AttachmentName", [](auto& d) { d.attachments[0].name = " "; }},
      {"envelope.missing Attachment.ContentTransferEncoded",
       [](auto& d) { d.attachments[0].blob = {}; }},
      {"envelope.duplicate_content_id Attachment.ContentId",
       [](auto& d) {
         d.attachments.push_back(d.attachments[0]);
         d.attachments[1].contentId = "1";
       }},
      {"envelope.missing Bussiness.DocumentId",
       [](auto& d) { d.business.kind = BusinessKind::Update; }},
  };
  const DocumentEnvelope good = document_;
  for (const auto& fault : faults) {
    document_ = good;
    fault.make(document_);
    EXPECT_THAT(refusals(), testing::ElementsAre(fault.refusal));
  }
}

TEST_F(EnvelopeWriterTest, CountsCharactersNotBytes) {
  document_.subject = "V/v ";
  for (int i = 0; i < 496; ++i) {
    document_.subject += "ộ";
  }
  EXPECT_TRUE(refusals().empty());
}

TEST_F(EnvelopeWriterTest, WritesNothingWhenItRefuses) {
  document_.subject.clear();
  bool written = false;
  EXPECT_FALSE(
      writeEnvelope(document_, tests::kToday, blobs_, [&](std::string_view) { written = true; }));
  EXPECT_FALSE(written);
}

TEST_F(EnvelopeWriterTest, ThrowsWhenAnAttachmentIsGone) {
  document_.attachments[0].blob.sha256 = std::string(64, '0');
  EXPECT_THROW(
      static_cast<void>(writeEnvelope(document_, tests::kToday, blobs_, [](std::string_view) {})),
      base::BlobError);
}

TEST_F(EnvelopeWriterTest, ThrowsWhenAnAttachmentIsCutShort) {
  const auto file = blobs_.path(document_.attachments[0].blob.sha256);
  std::filesystem::permissions(file, std::filesystem::perms::owner_all);
  std::filesystem::resize_file(file, 3);
  for (const char* name : {"a.pdf", "a.tif"}) {
    document_.attachments[0].name = name;
    EXPECT_THROW(
        static_cast<void>(writeEnvelope(document_, tests::kToday, blobs_, [](std::string_view) {})),
        base::BlobError);
  }
}

TEST(StatusWriter, IsReadBackWhole) {
  tests::TemporaryFolder folder;
  base::BlobStore blobs(folder.path());
  const StatusEnvelope status = tests::sampleStatus();
  std::string text;
  ASSERT_TRUE(writeEnvelope(status, [&](std::string_view bytes) { text += bytes; }));
  EXPECT_EQ(std::string::npos, text.find("To>"));
  std::istringstream stream(text);
  const auto report = readEnvelope(stream, blobs);
  ASSERT_TRUE(report);
  const StatusEnvelope& read = report->status();
  EXPECT_EQ(status.statusCode, read.statusCode);
  EXPECT_EQ(status.responseFor.code, read.responseFor.code);
  EXPECT_EQ(status.responseFor.documentId, read.responseFor.documentId);
  EXPECT_EQ(status.description, read.description);
  EXPECT_EQ(status.timestamp.instant, read.timestamp.instant);
}

TEST(StatusWriter, RefusesAStatusThatSaysNothing) {
  StatusEnvelope status = tests::sampleStatus();
  status.statusCode = "3";
  EXPECT_FALSE(checkOutgoing(status));
  status = tests::sampleStatus();
  status.responseFor.organId.clear();
  EXPECT_FALSE(checkOutgoing(status));
}

}  // namespace
}  // namespace exchange
