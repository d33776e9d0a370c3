#include "reminder/channels/mail_sender.h"

#include <functional>
#include <map>

#include "tests/support/manual_clock.h"
#include "tests/support/test_database.h"

namespace reminder {
namespace {

using namespace std::chrono_literals;

/// Takes every mail, after what the test does meanwhile.
class BusyServer : public MailTransport {
 public:
  MailAnswer send(const QueuedMail& mail) override {
    sent[mail.messageId] += 1;
    meanwhile();
    return answer;
  }
  void rest() override {}

  std::function<void()> meanwhile = [] {};
  std::map<std::string, int> sent;
  MailAnswer answer{MailAnswer::Kind::Accepted, 250, ""};
};

class MailSenderTest : public tests::OfficeDatabaseTest {
 protected:
  void put(int mails) {
    database().transact([&](base::db::Session& session) {
      for (int i = 0; i < mails; ++i) {
        outbox_.put(session, clock_.now(), {std::to_string(i), "an@k.vn", "An", "s", "t"});
      }
    });
  }
  std::int64_t count(std::string_view sql) {
    return database().read([&](base::db::Session& s) { return s.get(sql).integer(0); });
  }

  tests::ManualClock clock_{base::LocalDate{std::chrono::year{2026} / 3 / 2}, 9h};
  base::Metrics metrics_;
  MailOutbox outbox_{"office.vn"};
  BusyServer server_;
  const std::atomic<bool> go_{false};
};

TEST_F(MailSenderTest, BehindASlowServerNobodyElseTakesUpWhatIsAboutToBeSent) {
  MailSender slow(database(), clock_, server_, metrics_);
  BusyServer quick;
  MailSender other(database(), clock_, quick, metrics_);
  server_.meanwhile = [&] {
    clock_.advance(100s);  // of a lease of 300
    other.sendDue(go_);
  };
  put(5);
  slow.sendDue(go_);
  EXPECT_EQ(server_.sent.size() + quick.sent.size(), 5u);
  for (const auto* sent : {&server_.sent, &quick.sent}) {
    for (const auto& [id, times] : *sent) EXPECT_EQ(times, 1) << id;
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_outbox WHERE state = 3 AND attempts = 1"), 5);
}

TEST_F(MailSenderTest, OutlastsAWeekendWithoutAServer) {
  MailSender sender(database(), clock_, server_, metrics_);
  server_.answer = {MailAnswer::Kind::Transient, 0, "nobody answers"};
  put(1);
  const auto back = clock_.now() + 72h;
  while (clock_.now() < back) {
    sender.sendDue(go_);
    clock_.set(std::max(clock_.now() + 1s, sender.nextDue().value_or(back)));
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_outbox WHERE state = 1"), 1);
  server_.answer = {MailAnswer::Kind::Accepted, 250, ""};
  EXPECT_EQ(sender.sendDue(go_), 1u);
}

TEST_F(MailSenderTest, GivesUpInTheEnd) {
  MailSender sender(database(), clock_, server_, metrics_, {.attempts = 3});
  server_.answer = {MailAnswer::Kind::Transient, 451, "later"};
  put(1);
  for (int i = 0; i < 3; ++i) {
    EXPECT_EQ(count("SELECT COUNT(*) FROM mail_outbox WHERE state = 1"), 1) << i;
    sender.sendDue(go_);
    clock_.advance(1h);
  }
  EXPECT_EQ(count("SELECT COUNT(*) FROM mail_outbox WHERE state = 4"), 1);
  EXPECT_FALSE(sender.nextDue());
}

}  // namespace
}  // namespace reminder
