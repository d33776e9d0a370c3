#include <gtest/gtest.h>

#include "exchange/delivery/arrival_check.h"
#include "exchange/delivery/envelope_json_internal.h"
#include "tests/support/envelope_fixture.h"

namespace exchange::delivery {
namespace {

DocumentEnvelope full() {
  DocumentEnvelope envelope = tests::sampleDocument();
  envelope.dueDate = EnvelopeDate::of(tests::kToday);
  envelope.other.priority = 1;
  envelope.other.direction = false;
  envelope.other.appendixes = {"Phụ lục"};
  envelope.responseFor = {{"H32.21", "5/UBND", EnvelopeDate::of(tests::kToday), "x"}};
  envelope.business.kind = BusinessKind::Replace;
  envelope.business.replacements = {{"old", {"H32.21"}}};
  envelope.business.receivers = {{"H32.21", false}};
  envelope.attachments = {{.contentId = "1", .name = "a.pdf", .blob = {std::string(64, 'a'), 7}}};
  return envelope;
}

TEST(EnvelopeJson, GivesBackWhatItTook) {
  const DocumentEnvelope envelope = full();
  const std::string text = jsonText(envelope);
  EXPECT_EQ(jsonText(documentOfJson(text)), text);
  const DocumentEnvelope back = documentOfJson(text);
  EXPECT_EQ(back.subject, envelope.subject);
  EXPECT_EQ(back.promulgationDate.day, envelope.promulgationDate.day);
  EXPECT_EQ(back.business.kind, BusinessKind::Replace);
  EXPECT_EQ(back.other.direction, false);
  EXPECT_EQ(back.other.copies, std::nullopt);
  EXPECT_EQ(back.attachments.front().blob, envelope.attachments.front().blob);
  EXPECT_EQ(back.traces.front().timestamp.instant, envelope.traces.front().timestamp.instant);

  const StatusEnvelope status = tests::sampleStatus();
  EXPECT_EQ(jsonText(statusOfJson(jsonText(status))), jsonText(status));
}

TEST(ArrivalCheck, TheSameContentIsTheSameWhateverTheAxisAdded) {
  const DocumentEnvelope envelope = full();
  const std::string key = sameKey(envelope, "H32", "H32.21");
  DocumentEnvelope passed = envelope;
  passed.traces.push_back({"axis", EnvelopeTime{.text = "2026/01/06 10:20:00"}});
  passed.other.direction = true;
  EXPECT_EQ(sameKey(passed, "H32", "H32.21"), key);

  EXPECT_NE(sameKey(envelope, "H32", "H32.48"), key);
  EXPECT_NE(sameKey(envelope, "H33", "H32.21"), key);
  DocumentEnvelope other = envelope;
  other.attachments.front().blob.sha256 = std::string(64, 'b');
  EXPECT_NE(sameKey(other, "H32", "H32.21"), key);
  other = envelope;
  other.business.kind = BusinessKind::Update;
  EXPECT_NE(sameKey(other, "H32", "H32.21"), key);
}

TEST(ArrivalCheck, DamagedFilesAndSecretsAreRefused) {
  ReadReport report{.content = full()};
  EXPECT_FALSE(refusalOf(report, {}));
  report.findings = {{FindingCode::DateNotStandard}};
  EXPECT_FALSE(refusalOf(report, {}));
  report.findings = {{FindingCode::PdfDamaged, "", "a.pdf"}};
  ASSERT_TRUE(refusalOf(report, {}));
  EXPECT_EQ(refusalOf(report, {})->code, "arrival.damaged");
  EXPECT_EQ(refusalOf(report, {})->facts.front().second, "a.pdf");
  report.findings.clear();
  EXPECT_EQ(refusalOf(report, {{{AttachmentRemark::Weight::Damaged, "x", ""}}})->code,
            "arrival.damaged");
  EXPECT_FALSE(refusalOf(report, {{{AttachmentRemark::Weight::Note, "x", ""}}}));
  std::get<DocumentEnvelope>(report.content).attachments.front().blob = {};
  EXPECT_EQ(refusalOf(report, {})->code, "arrival.damaged");
  report.secret = SecretMark{SecretLevel::Secret, "MessageHeader.Subject", "(MẬT)"};
  EXPECT_EQ(refusalOf(report, {})->code, "arrival.secret");
}

}  // namespace
}  // namespace exchange::delivery
