// Whoever opens a document that came by the axis is told what its envelope's signature is worth.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "base/metrics.h"
#include "eoffice/api/document_json.h"
#include "eoffice/documents/exchange_desk.h"
#include "eoffice/web/document_view.h"
#include "exchange/delivery/inbox_poller.h"
#include "tests/integration/eoffice/documents/documents_fixture.h"
#include "tests/support/envelope_fixture.h"
#include "tests/support/test_pki.h"

namespace {

using exchange::axis::AxisResult;
using exchange::axis::MessageKind;
using nlohmann::json;

/// An axis on which one envelope waits.
class OneEnvelope : public exchange::axis::Axis {
 public:
  explicit OneEnvelope(std::string xml) : xml_(std::move(xml)) {}
  AxisResult<std::string> sendEdoc(const exchange::axis::OutgoingMessage&) override { return ""; }
  AxisResult<std::vector<exchange::axis::ListedMessage>> receivedList(MessageKind kind) override {
    if (kind == MessageKind::Status) return {};
    return std::vector<exchange::axis::ListedMessage>{
        {.docId = "doc-1", .kind = kind, .from = "H32.21", .to = "H32"}};
  }
  AxisResult<void> fetch(const std::string&, const exchange::axis::ByteSink& sink) override {
    sink(xml_);
    return {};
  }
  AxisResult<void> updateStatus(const std::string&, exchange::axis::TransportState) override {
    return {};
  }
  AxisResult<std::vector<exchange::axis::SentMessage>> sentList(MessageKind,
                                                                const std::string&) override {
    return {};
  }

 private:
  std::string xml_;
};

class EnvelopeSignature : public tests::DocumentsTest {
 protected:
  exchange::DocumentEnvelope envelope() {
    auto made = tests::sampleDocument();
    made.from.organId = "H32.21";
    made.from.name = "Ủy ban nhân dân phường Nha Trang";
    made.to = {{"H32", {}, "Ủy ban nhân dân tỉnh Khánh Hòa"}};
    made.documentId = "H32.21,2026/01/06,1234/UBND-KGVX";
    made.attachments.push_back(tests::attachmentOf(blobs, "a.pdf", "%PDF-1.7 test %%EOF"));
    return made;
  }
  std::string unsignedXml() {
    std::string xml;
    EXPECT_TRUE(exchange::writeEnvelope(envelope(), tests::kToday, blobs,
                                        [&](std::string_view bytes) { xml += bytes; }));
    return xml;
  }
  std::string signedXml() {
    const auto signer = exchange::EnvelopeSigner::fromPkcs12Bytes(
        tests::sharedPki().agencyPkcs12("H32.21"), "secret");
    std::string xml;
    EXPECT_TRUE(exchange::writeSignedEnvelope(envelope(), clock.now(), *signer, blobs,
                                              [&](std::string_view bytes) { xml += bytes; }));
    return xml;
  }

  /// The one document after `xml` arrived, as the clerk reads it.
  eoffice::documents::Detail arrive(const std::string& xml) {
    eoffice::documents::ExchangeDesk desk(clock, types);
    eoffice::documents::PdfInspector inspector(blobs, pdf, clock, {});
    const auto verifier = exchange::EnvelopeVerifier::fromPem(tests::sharedPki().rootPem()).value();
    base::Metrics metrics;
    exchange::delivery::InboxPoller poller(
        database(), blobs, clock, metrics, outbox, organs, inspector, &verifier, desk,
        [](const base::Refusal& why) { return why.code; },
        [&] { return std::make_unique<OneEnvelope>(xml); }, [] {}, {});
    EXPECT_EQ(poller.tick(), 1U);
    return database().read([&](base::db::Session& session) {
      const auto row = session.get("/* test.arrived */ SELECT MAX(id) FROM document");
      return eoffice::documents::detail(session, people->clerk, row.id<eoffice::DocumentId>(0))
          .value();
    });
  }
  static json apiOf(const eoffice::documents::Detail& detail) {
    return eoffice::api::documentJson(detail, {}).at("incoming").at("envelope_signature");
  }
  /// The one verdict on the page: the file itself has no signature.
  json pageOf(const eoffice::documents::Detail& detail, base::Language language) {
    const auto verdicts = eoffice::web::documentView({texts, language}, detail, 0).at("verdicts");
    EXPECT_EQ(verdicts.size(), 1U);
    return verdicts.at(0);
  }
};

TEST_F(EnvelopeSignature, OfTheSenderIsSaidToBeValid) {
  const auto detail = arrive(signedXml());
  EXPECT_EQ(apiOf(detail), (json{{"verdict", "valid"},
                                 {"signer", "Ủy ban nhân dân tỉnh Khánh Hòa"},
                                 {"faults", json::array()}}));
  const auto shown = pageOf(detail, base::Language::Vi);
  EXPECT_EQ(shown.at("kind"), "good");
  EXPECT_EQ(shown.at("text"), "Gói tin: chữ ký hợp lệ của Ủy ban nhân dân tỉnh Khánh Hòa");
}

TEST_F(EnvelopeSignature, OfAnEnvelopeThatWasChangedCannotBeVerified) {
  auto xml = signedXml();
  const std::string subject = "V/v đẩy mạnh cải cách hành chính";
  ASSERT_NE(xml.find(subject), std::string::npos);
  xml.replace(xml.find(subject), subject.size(), "V/v chuyển tiền");
  const auto detail = arrive(xml);
  EXPECT_EQ(detail.document.fields.subject, "V/v chuyển tiền") << "it is taken in all the same";
  EXPECT_EQ(apiOf(detail).at("verdict"), "not_verifiable");
  EXPECT_EQ(apiOf(detail).at("faults"), json::array({"digest_mismatch"}));
  const auto shown = pageOf(detail, base::Language::Vi);
  EXPECT_EQ(shown.at("kind"), "near");
  EXPECT_EQ(shown.at("text"), "Gói tin: không kiểm tra được chữ ký");
  EXPECT_EQ(shown.at("detail"),
            "Gói tin đã bị thay đổi trên đường truyền hoặc sau khi ký. "
            "Xin đối chiếu các mục bên dưới với văn bản.");
  EXPECT_EQ(pageOf(detail, base::Language::En).at("text"),
            "Envelope: the signature cannot be verified");
}

TEST_F(EnvelopeSignature, OfAnotherAgencyProvesNothing) {
  auto xml = signedXml();
  for (auto at = xml.find("H32.21<"); at != std::string::npos; at = xml.find("H32.21<", at)) {
    xml.replace(at, 6, "H32.48");
  }
  const auto detail = arrive(xml);
  EXPECT_EQ(apiOf(detail).at("verdict"), "not_verifiable");
  EXPECT_EQ(apiOf(detail).at("faults").at(0), "signer_is_not_sender");
  EXPECT_EQ(pageOf(detail, base::Language::Vi).at("kind"), "near");
}

TEST_F(EnvelopeSignature, ThatWasTakenAwayIsAbsent) {
  auto xml = signedXml();
  const auto begin = xml.find("<Signature ");
  const std::string end = "</Signature>";
  ASSERT_NE(begin, std::string::npos);
  xml.erase(begin, xml.find(end) + end.size() - begin);
  const auto detail = arrive(xml);
  EXPECT_EQ(apiOf(detail), (json{{"verdict", "absent"},
                                 {"signer", nullptr},
                                 {"faults", json::array({"no_signature"})}}));
  const auto shown = pageOf(detail, base::Language::Vi);
  EXPECT_EQ(shown.at("kind"), "plain");
  EXPECT_EQ(shown.at("text"), "Gói tin: chưa ký số");
}

TEST_F(EnvelopeSignature, ThatNeverWasIsAbsent) {
  const auto detail = arrive(unsignedXml());
  EXPECT_EQ(apiOf(detail).at("verdict"), "absent");
  EXPECT_EQ(pageOf(detail, base::Language::En).at("text"), "Envelope: not signed");
}

TEST_F(EnvelopeSignature, OfAnUploadIsNotSpokenOf) {
  const auto id = receive();
  const auto detail = database().read([&](base::db::Session& session) {
    return eoffice::documents::detail(session, people->clerk, id).value();
  });
  EXPECT_EQ(apiOf(detail), nullptr);
  EXPECT_TRUE(
      eoffice::web::documentView({texts, base::Language::Vi}, detail, 0).at("verdicts").empty());
}

}  // namespace
