// The process dies at every single step of a round, is started again, and the same reminders have
// gone out in the end, each once.
#include "tests/integration/reminder/engine/engine_fixture.h"
#include "tests/support/failing_database.h"

namespace reminder {
namespace {

using Lines = std::vector<std::string>;

class KillTest : public EngineTest {
 protected:
  struct Result {
    Lines fires;
    Lines notices;
    Lines silences;
    Lines mails;  ///< `to subject text` of each distinct Message-ID.
    std::size_t handedOver = 0;
    friend bool operator==(const Result& a, const Result& b) {
      return a.fires == b.fires && a.notices == b.notices && a.silences == b.silences &&
             a.mails == b.mails;
    }
  };

  Result result() {
    Result found{
        lines("SELECT CONCAT(t.assign_key, f.rung, f.reader_id) FROM reminder_fire f "
              "JOIN task t ON t.id = f.task_id ORDER BY 1"),
        lines("SELECT CONCAT(kind, reader_id) FROM notification WHERE notice_key LIKE 'fire-%' "
              "ORDER BY 1"),
        lines("SELECT CONCAT(t.assign_key, s.rung, s.reason) FROM reminder_silence s "
              "JOIN task t ON t.id = s.task_id ORDER BY 1"),
        {},
        transport_.sent.size()};
    std::map<std::string, std::string> byId;
    for (const auto& mail : transport_.sent) {
      const auto shown = mail.mail.to + " " + mail.mail.subject + " " + mail.mail.text;
      // A retry after a lost answer carries the same id and says the same.
      if (byId.contains(mail.messageId)) {
        EXPECT_EQ(byId[mail.messageId], shown);
      }
      byId[mail.messageId] = shown;
    }
    for (const auto& [id, shown] : byId) found.mails.push_back(shown);
    std::sort(found.mails.begin(), found.mails.end());
    return found;
  }

  /// Everything from an empty database, dying at `step`; false when the round had fewer steps.
  bool play(int step) {
    tests::TestDatabase::office().clear();
    transport_.sent.clear();
    clock_.set(base::toInstant(dayOf("2026-03-02"), 9h));
    const auto calm = process();
    for (int i = 0; i < 5; ++i) {
      assign(*calm, std::to_string(i), 5 + i % 2, Deadline::on(dayOf("2026-03-18")));
    }
    assign(*calm, "express", 7, Deadline::on(dayOf("2026-03-18")), Urgency::Express);
    clock_.set(morning("2026-03-18"));
    tests::FailingDatabase mortal(database());
    bool died = false;
    {
      EngineOptions small;
      small.batch = 4;
      const auto doomed = process(mortal, small);
      mortal.killAt(step);
      try {
        tick(*doomed);
      } catch (const tests::Killed&) {
        died = true;
      }
    }
    const auto restarted = process();
    tick(*restarted);
    clock_.advance(1h);  // over the lease of a mail that was being handed over
    tick(*restarted);
    return died;
  }
};

TEST_F(KillTest, EndsTheSameWhereverTheProcessDies) {
  ASSERT_FALSE(play(0));
  const auto whole = result();
  ASSERT_EQ(whole.fires.size(), 12u);
  ASSERT_EQ(whole.mails.size(), 4u);
  ASSERT_EQ(whole.handedOver, 4u);
  int step = 1;
  std::size_t again = 0;
  for (; play(step); ++step) {
    const auto found = result();
    ASSERT_EQ(found.fires, whole.fires) << "killed at step " << step;
    ASSERT_EQ(found.notices, whole.notices) << "killed at step " << step;
    ASSERT_EQ(found.silences, whole.silences) << "killed at step " << step;
    ASSERT_EQ(found.mails, whole.mails) << "killed at step " << step;
    again += found.handedOver - whole.handedOver;
  }
  EXPECT_GT(step, 20);
  // The one window: the server has the mail, its row does not say so yet. Two statements wide
  // (the update, the commit's answer is already too late to matter) for each of four mails.
  EXPECT_LE(again, 4u);
}

}  // namespace
}  // namespace reminder
