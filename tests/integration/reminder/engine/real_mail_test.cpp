// From a deadline that passes to the mail in a person's mailbox: the real engine, templates,
// outbox, SMTP and mail server; the service is started anew before every look.
#include <algorithm>

#include "tests/integration/reminder/engine/engine_fixture.h"
#include "tests/support/mail_server.h"

namespace reminder {
namespace {

class RealMailTest : public EngineTest {
 protected:
  /// One start of the service, one round, one stop.
  void lookAt(base::Instant now) {
    clock_.set(now);
    const base::Texts texts(EOFFICE_SOURCE_DIR "/templates/texts");
    const base::Templates templates(EOFFICE_SOURCE_DIR "/templates/mail", texts,
                                    base::Templates::Escape::None);
    const TemplateDigestWriter writer(templates, texts, "https://office.vn");
    SmtpOptions options;
    options.port = server_.port();
    options.security = SmtpSecurity::Plain;
    options.from = "nhac-viec@office.vn";
    options.fromName = "Nhắc việc";
    const auto transport = makeSmtpTransport(options);
    base::Metrics metrics;
    const MailOutbox outbox("office.vn");
    Timers timers(calendars_, ladders_, people_);
    const TaskService tasks(calendars_, {&timers});
    MailSender sender(database(), clock_, *transport, metrics);
    ReminderEngine engine({database(), clock_, metrics, calendars_, ladders_, people_, timers,
                           tasks, writer, outbox, &sender});
    const std::atomic<bool> go{false};
    engine.tick();
    sender.sendDue(go);
  }

  tests::MailServer server_;
};

TEST_F(RealMailTest, ReachesTheHolderAndThenTheHeadOnceForEachRung) {
  const auto office = process();
  assign(*office, "a", 5, Deadline::on(dayOf("2026-03-18")));
  for (const char* day : {"2026-03-11", "2026-03-13", "2026-03-17", "2026-03-18", "2026-03-19"}) {
    for (const auto wait : {0min, 1min, 240min}) lookAt(morning(day) + wait);
  }
  const auto mails = server_.waitFor(8);
  const auto to = [&](const std::string& address) {
    return std::count_if(mails.begin(), mails.end(), [&](const std::string& mail) {
      return mail.find("Delivered-To: " + address) != std::string::npos;
    });
  };
  EXPECT_EQ(mails.size(), 8u);
  EXPECT_EQ(to("p105@office.vn"), 5);  // 5, 3, 1 before, the day, 1 after
  EXPECT_EQ(to("p109@office.vn"), 3);  // 1 before, the day, 1 after
  for (const auto& mail : mails) {
    EXPECT_NE(mail.find("https://office.vn/tasks/"), std::string::npos) << mail;
    EXPECT_NE(mail.find("Auto-Submitted: auto-generated"), std::string::npos);
  }
}

}  // namespace
}  // namespace reminder
