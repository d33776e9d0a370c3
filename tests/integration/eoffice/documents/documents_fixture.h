// An office around the acts on documents: real database, real blobs, real tasks and outbox; PDF
// work and keys are fakes that do what they are told, so that each rule of the acts is tested
// alone.
#pragma once

#include <fstream>

#include "base/text.h"
#include "eoffice/audit/audit_log.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/documents/organs.h"
#include "eoffice/documents/outgoing.h"
#include "eoffice/documents/reading.h"
#include "reminder/calendar/calendar_files.h"
#include "tests/support/manual_clock.h"
#include "tests/support/office_people.h"
#include "tests/support/temporary_folder.h"
#include "tests/support/test_database.h"

namespace tests {

class FakeKey : public eoffice::SigningKey {
 public:
  [[nodiscard]] const eoffice::CertificateInfo& certificate() const override { return info_; }
  [[nodiscard]] const std::vector<std::string>& chain() const override { return chain_; }
  [[nodiscard]] std::string signRsaSha256(std::string_view) const override { return "signed"; }

 private:
  eoffice::CertificateInfo info_{.commonName = "test", .serial = "01"};
  std::vector<std::string> chain_;
};

class FakeKeys : public eoffice::KeyStore {
 public:
  [[nodiscard]] base::Result<std::unique_ptr<eoffice::SigningKey>> open(
      const std::string&, std::string_view password) const override {
    if (password != "right") {
      return base::refuse(base::RefusalKind::Invalid, "signing.wrong_password", "pin");
    }
    return std::make_unique<FakeKey>();
  }
  [[nodiscard]] std::optional<eoffice::CertificateInfo> find(const std::string&) const override {
    return std::nullopt;
  }
};

/// Every file is a PDF of `facts`; each signing step appends a line to it.
class FakePdf : public eoffice::PdfReader, public eoffice::PdfSigner {
 public:
  eoffice::PdfFacts facts{.pages = 2, .version = "1.7"};
  eoffice::SigningPlaces found;

  [[nodiscard]] base::Result<eoffice::PdfFacts> inspect(
      const std::filesystem::path&) const override {
    return facts;
  }
  [[nodiscard]] base::Result<eoffice::PdfPageText> text(const std::filesystem::path&,
                                                        int) const override {
    return eoffice::PdfPageText{};
  }
  [[nodiscard]] base::Result<void> renderPage(const std::filesystem::path&, int, int,
                                              const std::filesystem::path&) const override {
    return {};
  }
  [[nodiscard]] base::Result<eoffice::SignatureReport> signatures(
      const std::filesystem::path&, const std::vector<std::filesystem::path>&,
      base::Instant) const override {
    return eoffice::SignatureReport{};
  }
  [[nodiscard]] base::Result<eoffice::SigningPlaces> places(const std::filesystem::path&,
                                                            const std::string&, const std::string&,
                                                            base::LocalDate) const override {
    return found;
  }
  [[nodiscard]] base::Result<eoffice::PdfPlace> signPersonal(
      const std::filesystem::path& in, const eoffice::PersonalSignature& request,
      const eoffice::SigningKey&, const std::filesystem::path& out) const override {
    append(in, out, "signed by " + request.signerName);
    return eoffice::PdfPlace{};
  }
  [[nodiscard]] base::Result<std::vector<eoffice::PdfPlace>> stampNumber(
      const std::filesystem::path& in, const eoffice::NumberStamp& request,
      const std::filesystem::path& out) const override {
    append(in, out, "number " + request.number + "/" + request.notation);
    return std::vector<eoffice::PdfPlace>{};
  }
  [[nodiscard]] base::Result<eoffice::PdfPlace> sealAgency(
      const std::filesystem::path& in, const eoffice::AgencySeal&, const eoffice::SigningKey&,
      const std::filesystem::path& out) const override {
    append(in, out, "sealed");
    return eoffice::PdfPlace{};
  }

 private:
  static void append(const std::filesystem::path& in, const std::filesystem::path& out,
                     const std::string& line) {
    std::ifstream from(in, std::ios::binary);
    std::ofstream to(out, std::ios::binary);
    to << from.rdbuf() << line << '\n';
  }
};

class DocumentsTest : public OfficeDatabaseTest, public eoffice::documents::Wakers {
 public:
  void outboxHasWork() override {}
  void remindersHaveWork() override {}
  void filesArrived() override {}

 protected:
  void SetUp() override {
    OfficeDatabaseTest::SetUp();
    people = database().transact([](base::db::Session& session) {
      addAgency(session, "H32.21", "Ủy ban nhân dân phường Nha Trang", false);
      return Office(session);
    });
  }

  [[nodiscard]] eoffice::documents::Office office() {
    return {.database = database(),
            .clock = clock,
            .blobs = blobs,
            .reader = pdf,
            .signer = pdf,
            .keys = keys,
            .tasks = tasks,
            .outbox = outbox,
            .calendars = calendars,
            .types = types,
            .texts = texts,
            .wakers = *this,
            .images = folder.path(),
            .temporary = folder.path() / "temporary",
            .place = "Khánh Hòa"};
  }

  eoffice::DocumentId receive(const std::string& bytes = "scan") {
    return incoming
        .receive(
            people->clerk,
            {.blob = blobs.put(bytes), .fileName = "scan.pdf", .requestKey = "upload-" + bytes})
        .value();
  }
  [[nodiscard]] static eoffice::documents::Fields goodFields() {
    return {.typeName = "Công văn",
            .codeNumber = "1234",
            .codeNotation = "VPCP-KGVX",
            .issuedDate = base::parseIsoDate("2026-01-05"),
            .issuerName = "Văn phòng Chính phủ",
            .subject = "V/v đẩy mạnh cải cách hành chính"};
  }
  eoffice::DocumentId registered(const std::string& bytes = "scan") {
    const auto id = receive(bytes);
    auto fields = goodFields();
    fields.codeNumber = std::to_string(id.value());
    EXPECT_TRUE(incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields}));
    return id;
  }
  eoffice::DocumentId directed() {
    const auto id = registered();
    EXPECT_TRUE(
        incoming.submit(people->headOfOffice, {.target = {id, 0}, .leader = people->leader.post}));
    EXPECT_TRUE(incoming.direct(
        people->leader,
        {.target = {id, 0}, .text = "Giao xử lý", .lead = people->official.post, .workdays = 5}));
    return id;
  }
  [[nodiscard]] eoffice::documents::NewDraft goodDraft(eoffice::DocumentId answers = {}) {
    return {.file = {.blob = blobs.put("draft"), .fileName = "draft.pdf", .requestKey = "draft"},
            .typeName = "Công văn",
            .notation = "UBND-KGVX",
            .subject = "V/v báo cáo kết quả",
            .signer = people->leader.post,
            .answers = answers};
  }
  /// A document with number and seal, ready to be issued.
  eoffice::DocumentId sealed(eoffice::DocumentId answers = {}) {
    const auto id = signedDocument(answers);
    EXPECT_TRUE(outgoing.giveNumber(people->clerk, {id, 0}));
    EXPECT_TRUE(outgoing.seal(people->clerk, {id, 0}, "right"));
    return id;
  }
  /// A draft that the leader has signed.
  eoffice::DocumentId signedDocument(eoffice::DocumentId answers = {}) {
    auto input = goodDraft(answers);
    input.file.requestKey = "another";
    const auto id = outgoing.draft(people->official, input).value();
    EXPECT_TRUE(outgoing.sendUp(people->official, {id, 0}, ""));
    EXPECT_TRUE(outgoing.approve(people->headOfUnit, {id, 0}, ""));
    EXPECT_TRUE(outgoing.sign(people->leader, {id, 0}, "right"));
    return id;
  }
  /// Acts in the audit of one thing, oldest first.
  [[nodiscard]] std::vector<std::string> auditOf(const std::string& kind, std::int64_t id) {
    std::vector<std::string> acts;
    for (const auto& record : database().read([&](base::db::Session& session) {
           return eoffice::audit::history(session, kind, id);
         })) {
      acts.push_back(record.entry.act);
    }
    return acts;
  }
  [[nodiscard]] eoffice::documents::Document stored(eoffice::DocumentId id) {
    return database().read(
        [&](base::db::Session& session) { return *eoffice::documents::findDocument(session, id); });
  }

  TemporaryFolder folder;
  ManualClock clock{*base::parseIsoDate("2026-01-06"), std::chrono::hours(9)};
  base::BlobStore blobs{folder.path() / "blobs", 0};
  FakePdf pdf;
  FakeKeys keys;
  const std::filesystem::path source{EOFFICE_SOURCE_DIR};
  reminder::OneCalendar calendars{
      reminder::readCalendar(source / "config" / "calendars", "vn").value()};
  reminder::TaskService tasks{calendars, {}};
  eoffice::documents::Organs organs{clock};
  exchange::delivery::Outbox outbox{clock, organs};
  eoffice::documents::DocumentTypes types{source / "config" / "document_types.json"};
  base::Texts texts{source / "templates" / "texts"};
  std::optional<Office> people;
  eoffice::documents::Incoming incoming{office()};
  eoffice::documents::Outgoing outgoing{office()};
};

/// The refusal's code, or `ok`.
template <class T>
std::string codeOf(const base::Result<T>& result) {
  return result ? "ok" : result.error().code;
}

}  // namespace tests
