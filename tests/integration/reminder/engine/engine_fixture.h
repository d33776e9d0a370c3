// An office in small for the engine's tests: posts 1..n, a calendar, a ladder, a clock, a mail
// transport that only remembers.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "base/metrics.h"
#include "reminder/calendar/calendar_files.h"
#include "reminder/channels/bell.h"
#include "reminder/engine/reminder_engine.h"
#include "reminder/rules/ladder_files.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_database.h"

namespace reminder {

using namespace std::chrono_literals;

inline base::LocalDate dayOf(const char* iso) { return base::parseIsoDate(iso).value(); }
inline base::Instant morning(const char* iso) { return base::toInstant(dayOf(iso), 7h + 30min); }

/// Post n is held by person 100 + n; post 9 heads every unit, post 8 the office, post 1 assigns.
class FakePeople : public PeopleBook {
 public:
  std::map<HolderId, Reader> readersOf(base::db::Session& session,
                                       const std::vector<HolderId>& holders,
                                       base::Instant) override {
    // As the office does: it asks the database in the same session.
    (void)session.get("/* test.people */ SELECT 1");
    std::map<HolderId, Reader> readers;
    for (const auto holder : holders) {
      if (holder == poison) fail(session);
      if (vacant.contains(holder)) continue;
      const auto person = persons.contains(holder) ? persons.at(holder) : holder.value() + 100;
      readers[holder] = {ReaderId(person), "Người " + std::to_string(person),
                         noMail.contains(person) ? "" : "p" + std::to_string(person) + "@office.vn",
                         base::Language::Vi, persons.contains(holder)};
    }
    return readers;
  }
  std::map<HolderId, HolderId> headsOfUnit(base::db::Session&, const std::vector<HolderId>& holders,
                                           base::Instant) override {
    std::map<HolderId, HolderId> heads;
    for (const auto holder : holders) heads[holder] = HolderId(9);
    return heads;
  }
  std::map<ScopeId, HolderId> headsOfOffice(base::db::Session&, const std::vector<ScopeId>& scopes,
                                            base::Instant) override {
    std::map<ScopeId, HolderId> heads;
    for (const auto scope : scopes) heads[scope] = HolderId(8);
    return heads;
  }

  std::map<HolderId, bool> vacant;
  std::map<HolderId, std::int64_t> persons;  ///< Who stands in.
  std::map<std::int64_t, bool> noMail;
  HolderId poison;  ///< Asked for this post, the office fails.
  std::function<void(base::db::Session&)> fail = [](base::db::Session&) {
    throw std::runtime_error("the directory cannot answer for this post");
  };
};

class PlainWriter : public DigestWriter {
 public:
  [[nodiscard]] MailText write(const Digest& digest) const override {
    MailText mail{std::to_string(digest.lines.size()), ""};
    for (const auto& line : digest.lines) {
      mail.text += line.title + " " + std::to_string(line.workdaysLeft) + "\n";
    }
    return mail;
  }
};

class RecordingTransport : public MailTransport {
 public:
  MailAnswer send(const QueuedMail& mail) override {
    sent.push_back(mail);
    return answer;
  }
  void rest() override {}

  std::vector<QueuedMail> sent;
  MailAnswer answer{MailAnswer::Kind::Accepted, 250, ""};
};

/// One process of the office: what a restart makes anew.
struct Process {
  Process(base::db::Database& database, const base::Clock& clock, const Calendars& calendars,
          const LadderBook& ladders, PeopleBook& people, MailTransport& transport,
          EngineOptions options = {})
      : timers(calendars, ladders, people),
        tasks(calendars, {&timers}),
        sender(database, clock, transport, metrics),
        engine({database, clock, metrics, calendars, ladders, people, timers, tasks, writer, outbox,
                &sender},
               options) {}

  base::Metrics metrics;
  Timers timers;
  TaskService tasks;
  PlainWriter writer;
  MailOutbox outbox{"office.vn"};
  MailSender sender;
  ReminderEngine engine;
};

class EngineTest : public tests::OfficeDatabaseTest {
 protected:
  std::unique_ptr<Process> process(base::db::Database& through = database(),
                                   EngineOptions options = {}) {
    return std::make_unique<Process>(through, clock_, calendars_, ladders_, people_, transport_,
                                     options);
  }

  Actor leader() const { return {ScopeId(1), HolderId(1), ReaderId(101), {}}; }
  Actor official(int post) const { return {ScopeId(1), HolderId(post), ReaderId(100 + post), {}}; }

  Task assign(Process& office, const std::string& key, int lead, Deadline deadline,
              Urgency urgency = Urgency::Normal) {
    Assignment assignment;
    assignment.key = key;
    assignment.title = "Việc " + key;
    assignment.assigner = {HolderId(1)};
    assignment.lead = {HolderId(lead), GroupId(50)};
    assignment.deadline = deadline;
    assignment.urgency = urgency;
    return database()
        .transact([&](base::db::Session& session) {
          return office.tasks.assign(session, leader(), clock_.now(), assignment);
        })
        .value();
  }

  /// The clock at `iso` 07:30, one tick, and what mail is due.
  void tickAt(Process& office, const char* iso) {
    clock_.set(morning(iso));
    tick(office);
  }
  void tick(Process& office) {
    office.engine.tick();
    const std::atomic<bool> go{false};
    office.sender.sendDue(go);
  }

  /// `rung reader` of each reminder, in order.
  std::vector<std::string> fires() {
    return lines("SELECT CONCAT(rung, ' ', reader_id) FROM reminder_fire ORDER BY id");
  }
  /// `rung reason` of each silence.
  std::vector<std::string> silences() {
    return lines("SELECT CONCAT(rung, ' ', reason) FROM reminder_silence ORDER BY id");
  }
  /// `kind reader` of each notice of a reminder.
  std::vector<std::string> notices() {
    return lines(
        "SELECT CONCAT(kind, ' ', reader_id) FROM notification WHERE notice_key LIKE 'fire-%' "
        "ORDER BY id");
  }
  std::vector<std::string> lines(const char* sql) {
    std::vector<std::string> found;
    database().read([&](base::db::Session& session) {
      for (const auto& row : session.query(sql)) found.push_back(row.text(0));
    });
    return found;
  }

  tests::ManualClock clock_{base::LocalDate{std::chrono::year{2026} / 3 / 2}, 9h};
  OneCalendar calendars_{readCalendar(EOFFICE_SOURCE_DIR "/config/calendars", "vn").value()};
  LadderBook ladders_ = readLadders(EOFFICE_SOURCE_DIR "/config/ladders/default.json").value();
  FakePeople people_;
  RecordingTransport transport_;
};

}  // namespace reminder
