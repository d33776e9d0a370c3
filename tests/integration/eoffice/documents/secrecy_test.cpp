// R-4, at every door of the office: whoever brings a document marked mật, tối mật or tuyệt mật is
// told so, whether the mark is stated, stands in the abstract or on the pages.
#include "eoffice/documents/secrecy.h"

#include <gtest/gtest.h>

#include "tests/integration/eoffice/documents/documents_fixture.h"

namespace {

using tests::codeOf;

struct Mark {
  const char* stated;
  const char* subject;
  const char* onPage;
};

constexpr Mark kMarks[] = {{"mat", "MẬT - Báo cáo tình hình", "MẬT"},
                           {"Tối mật", "(Tối mật) Báo cáo tình hình", "TỐI MẬT"},
                           {"TUYỆT MẬT", "Độ mật: Tuyệt mật. Báo cáo", "TUYỆT MẬT"}};

class SecrecyDoors : public tests::DocumentsTest {
 protected:
  eoffice::documents::Upload upload(const std::string& key) {
    return {.blob = blobs.put(key), .fileName = "x.pdf", .requestKey = key};
  }
  void mark(const char* text) { pdf.facts.secrecy = eoffice::SecrecyMark{.text = text}; }
};

TEST_F(SecrecyDoors, AreClosedToEachLevel) {
  const auto arrived = receive("arrived");
  const auto drafted = outgoing.draft(people->official, goodDraft()).value();
  const auto ready = sealed();
  for (const auto& secret : kMarks) {
    const auto refused = [&](const char* door, const std::string& code) {
      EXPECT_EQ(code, "document.secret_refused") << door << ": " << secret.onPage;
    };
    auto fields = goodFields();
    refused(
        "registration, stated",
        codeOf(incoming.registerIncoming(
            people->clerk, {.target = {arrived, 0}, .fields = fields, .secrecy = secret.stated})));
    fields.subject = secret.subject;
    refused("registration, abstract",
            codeOf(incoming.registerIncoming(people->clerk,
                                             {.target = {arrived, 0}, .fields = fields})));

    auto draft = goodDraft();
    draft.file.requestKey = secret.onPage;
    draft.secrecy = secret.stated;
    refused("draft, stated", codeOf(outgoing.draft(people->official, draft)));
    refused("better draft, stated", codeOf(outgoing.revise(people->official, {drafted, 0}, draft)));
    draft.secrecy.clear();
    draft.subject = secret.subject;
    refused("draft, abstract", codeOf(outgoing.draft(people->official, draft)));
    refused("better draft, abstract",
            codeOf(outgoing.revise(people->official, {drafted, 0}, draft)));

    mark(secret.onPage);
    draft.subject = "V/v báo cáo";
    refused("upload, page", codeOf(incoming.receive(people->clerk, upload(secret.stated))));
    refused("examination, page",
            codeOf(outgoing.examine(people->official, upload("e"), people->leader.post, "UBND")));
    refused("draft, page", codeOf(outgoing.draft(people->official, draft)));
    refused("better draft, page", codeOf(outgoing.revise(people->official, {drafted, 0}, draft)));
    pdf.facts.secrecy.reset();

    // What was let in by hand does not leave.
    database().transact([&](base::db::Session& session) {
      session.execute("/* test */ UPDATE document SET subject = ? WHERE id = ?",
                      {secret.subject, ready});
    });
    refused("issue, abstract",
            codeOf(outgoing.issue(people->clerk, {ready, 0},
                                  {.receivers = {"H32.21"}, .replyBy = std::nullopt})));
  }
  EXPECT_EQ(stored(arrived).state, eoffice::documents::State::Arrived);
  EXPECT_EQ(stored(drafted).version, 1);
  EXPECT_EQ(stored(ready).state, eoffice::documents::State::Sealed);
}

TEST_F(SecrecyDoors, LetTheWordPassWhereItIsNoMark) {
  for (const char* subject :
       {"V/v tăng cường bảo vệ bí mật nhà nước", "V/v bảo mật thông tin", "V/v mật độ xây dựng"}) {
    auto draft = goodDraft();
    draft.file.requestKey = subject;
    draft.subject = subject;
    EXPECT_EQ(codeOf(outgoing.draft(people->official, draft)), "ok") << subject;
  }
  EXPECT_TRUE(eoffice::documents::refuseSecret({}, {{"signer_name", "Nguyễn Văn Mật"},
                                                    {"signer_position", "Cục trưởng Cục Mật mã"},
                                                    {"note", "Xin xem đến bảo mật."}}));
  for (const char* stated : {"", "thường", "Không"}) {
    EXPECT_TRUE(eoffice::documents::refuseSecret(stated, {{"subject", "V/v báo cáo"}})) << stated;
  }
}

TEST_F(SecrecyDoors, LookAtEveryTextAndNameItsField) {
  const auto id = receive();
  const auto ready = sealed();
  using eoffice::documents::Fields;
  const std::pair<const char*, std::string Fields::*> kTexts[] = {
      {"issuer_name", &Fields::issuerName},
      {"signer_name", &Fields::signerName},
      {"signer_position", &Fields::signerPosition},
      {"description", &Fields::description},
      {"to_places", &Fields::toPlaces}};
  for (const auto& [field, member] : kTexts) {
    auto fields = goodFields();
    fields.*member = "Văn bản (Mật)";
    const auto refused =
        incoming.registerIncoming(people->clerk, {.target = {id, 0}, .fields = fields});
    ASSERT_EQ(codeOf(refused), "document.secret_refused") << field;
    EXPECT_EQ(refused.error().field, field);
  }
  auto draft = goodDraft();
  draft.file.requestKey = "named";
  draft.file.fileName = "(TỐI MẬT) du thao.pdf";
  EXPECT_EQ(codeOf(outgoing.draft(people->official, draft)), "document.secret_refused");
  draft = goodDraft();
  draft.file.requestKey = "noted";
  const auto drafted = outgoing.draft(people->official, draft).value();
  EXPECT_EQ(codeOf(outgoing.sendUp(people->official, {drafted, 0}, "Độ mật: Tuyệt mật")),
            "document.secret_refused");
  database().transact([&](base::db::Session& session) {
    session.execute("/* test */ UPDATE document SET signer_position = '(Mật)' WHERE id = ?",
                    {ready});
  });
  const auto issued =
      outgoing.issue(people->clerk, {ready, 0}, {.receivers = {"H32.21"}, .replyBy = std::nullopt});
  ASSERT_EQ(codeOf(issued), "document.secret_refused");
  EXPECT_EQ(issued.error().field, "signer_position");
}

TEST_F(SecrecyDoors, CallAStatedLevelByItsName) {
  const std::pair<const char*, const char*> kNames[] = {
      {"mat", "Mật"}, {"toi_mat", "Tối mật"}, {"TUYỆT MẬT", "Tuyệt mật"}, {"A", "A"}};
  for (const auto& [stated, name] : kNames) {
    const auto refused = eoffice::documents::refuseSecret(stated, {});
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().facts.front().second, name);
  }
}

}  // namespace
