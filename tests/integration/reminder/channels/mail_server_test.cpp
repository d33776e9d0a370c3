// The outbox, the sender and the SMTP transport against a real mail server.
#include <gtest/gtest.h>

#include "base/metrics.h"
#include "reminder/channels/mail_sender.h"
#include "tests/support/mail_server.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_database.h"

namespace reminder {
namespace {

using base::db::Session;
using namespace std::chrono_literals;

tests::MailServer& server() {
  static tests::MailServer instance;
  return instance;
}

class MailServerTest : public tests::OfficeDatabaseTest {
 protected:
  MailServerTest() {
    options_.host = "127.0.0.1";
    options_.port = server().port();
    options_.security = SmtpSecurity::Plain;
    options_.from = "nhac-viec@khanhhoa.gov.vn";
    options_.fromName = "Nhắc việc";
    options_.heloHost = "office.khanhhoa.gov.vn";
    options_.timeout = 10s;
    transport_ = makeSmtpTransport(options_);
    sender_ = std::make_unique<MailSender>(database(), clock_, *transport_, metrics_);
  }

  std::int64_t put(const std::string& key, const std::string& to, const std::string& text) {
    return database().transact([&](Session& session) {
      return outbox_.put(session, clock_.now(), {key, to, "Nguyễn Văn An", "Trễ 3 ngày", text});
    });
  }
  MailState state(std::int64_t id) {
    return database().read(
        [&](Session& session) { return MailOutbox::state(session, id).value(); });
  }

  const std::atomic<bool> go_{false};
  SmtpOptions options_;
  base::Metrics metrics_;
  tests::ManualClock clock_{std::chrono::year{2026} / 3 / 2, 7h + 30min};
  MailOutbox outbox_{"khanhhoa.gov.vn"};
  std::unique_ptr<MailTransport> transport_;
  std::unique_ptr<MailSender> sender_;
};

TEST_F(MailServerTest, DeliversWithItsFixedMessageId) {
  const auto before = server().mails().size();
  const auto id = put("delivers", "an@khanhhoa.gov.vn", "Dòng một\n.\n..hai chấm\n");
  EXPECT_EQ(sender_->sendDue(go_), 1u);
  EXPECT_EQ(state(id), MailState::Accepted);
  const auto mails = server().waitFor(before + 1);
  ASSERT_EQ(mails.size(), before + 1);
  const auto messageId = database().read([&](Session& session) {
    return session.get("SELECT message_id FROM mail_outbox WHERE id = ?", {id}).text(0);
  });
  std::size_t found = 0;
  for (const auto& mail : mails) {
    if (mail.find(messageId) == std::string::npos) continue;
    ++found;
    EXPECT_NE(mail.find("Delivered-To: an@khanhhoa.gov.vn"), std::string::npos);
    EXPECT_NE(mail.find("Subject: =?UTF-8?B?VHLhu4UgMyBuZ8OgeQ==?="), std::string::npos) << mail;
    EXPECT_NE(mail.find("\n.\n..hai ch=E1=BA=A5m\n"), std::string::npos) << mail;
    EXPECT_NE(mail.find("Date: Mon, 02 Mar 2026 07:30:00 +0700"), std::string::npos) << mail;
  }
  EXPECT_EQ(found, 1u);
  EXPECT_EQ(sender_->sendDue(go_), 0u);
}

TEST_F(MailServerTest, WritesAMailOnceForItsKey) {
  EXPECT_EQ(put("once", "an@khanhhoa.gov.vn", "a"), put("once", "binh@khanhhoa.gov.vn", "b"));
  EXPECT_EQ(sender_->sendDue(go_), 1u);
}

TEST_F(MailServerTest, GivesUpAtOnceWhatIsRefusedForGood) {
  const auto refused = put("refused", "refused@khanhhoa.gov.vn", "x");
  const auto fine = put("fine", "an@khanhhoa.gov.vn", "x");
  EXPECT_EQ(sender_->sendDue(go_), 1u);
  EXPECT_EQ(state(refused), MailState::Failed);
  EXPECT_EQ(state(fine), MailState::Accepted);
}

TEST_F(MailServerTest, WaitsForAServerThatIsDown) {
  server().stop();
  const auto first = put("down-1", "an@khanhhoa.gov.vn", "x");
  const auto second = put("down-2", "an@khanhhoa.gov.vn", "x");
  EXPECT_EQ(sender_->sendDue(go_), 0u);
  EXPECT_EQ(state(first), MailState::Ready);
  EXPECT_EQ(state(second), MailState::Ready);
  EXPECT_EQ(sender_->nextDue(), clock_.now() + 60s);
  EXPECT_EQ(sender_->sendDue(go_), 0u);  // not due yet
  server().start();
  clock_.advance(60s);
  EXPECT_EQ(sender_->sendDue(go_), 2u);
  EXPECT_EQ(sender_->nextDue(), std::nullopt);
}

}  // namespace
}  // namespace reminder
