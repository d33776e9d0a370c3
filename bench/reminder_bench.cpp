// How long a morning takes: 100,000 open tasks, 20,500 of them due at 07:30, for 205 people; and
// how long a leader's first page takes over 1,000,000 tasks. Real MariaDB, real rows, no mail
// server.
//
//   reminder_bench [open] [due] [closed]
#include <fmt/format.h>

#include <chrono>
#include <cstdlib>

#include "base/metrics.h"
#include "reminder/calendar/calendar_files.h"
#include "reminder/engine/reminder_engine.h"
#include "reminder/rules/ladder_files.h"
#include "reminder/tasks/task_lists.h"
#include "tests/support/manual_clock.h"
#include "tests/support/test_database.h"

namespace {

using base::db::Params;
using base::db::Session;
using namespace reminder;
using namespace std::chrono_literals;

constexpr int kPeople = 205;
const base::LocalDate kToday = std::chrono::year{2026} / 3 / 18;

class People : public PeopleBook {
 public:
  std::map<HolderId, Reader> readersOf(Session&, const std::vector<HolderId>& holders,
                                       base::Instant) override {
    std::map<HolderId, Reader> readers;
    for (const auto holder : holders) {
      readers[holder] = {ReaderId(holder.value()), "Nguyễn Văn An",
                         fmt::format("p{}@office.vn", holder.value()), base::Language::Vi, false};
    }
    return readers;
  }
  std::map<HolderId, HolderId> headsOfUnit(Session&, const std::vector<HolderId>& holders,
                                           base::Instant) override {
    std::map<HolderId, HolderId> heads;
    for (const auto holder : holders) heads[holder] = HolderId(1 + holder.value() % 20);
    return heads;
  }
  std::map<ScopeId, HolderId> headsOfOffice(Session&, const std::vector<ScopeId>& scopes,
                                            base::Instant) override {
    std::map<ScopeId, HolderId> heads;
    for (const auto scope : scopes) heads[scope] = HolderId(1);
    return heads;
  }
};

double secondsOf(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Tasks [from, to): due `due`, or 200 workdays away when they are not to fire.
void fill(base::db::Database& database, std::int64_t from, std::int64_t to, base::LocalDate due,
          bool open) {
  constexpr std::int64_t kChunk = 10000;
  const auto assigned = base::toInstant(base::addDays(kToday, -40), 9h);
  for (auto begin = from; begin < to; begin += kChunk) {
    std::vector<Params> tasks;
    std::vector<Params> parts;
    std::vector<Params> timers;
    for (auto i = begin; i < std::min(to, begin + kChunk); ++i) {
      const auto lead = 1 + i % kPeople;
      const auto reported = base::toInstant(base::addDays(due, i % 10 == 0 ? 2 : -1), 15h);
      tasks.push_back(
          {i,
           1,
           "document",
           i,
           fmt::format("bench-{}", i),
           fmt::format("Báo cáo kết quả thực hiện nhiệm vụ số {}", i),
           "",
           0,
           1,
           lead,
           50 + lead % 30,
           open ? 3 : 5,
           1,
           1,
           due,
           due,
           assigned,
           open ? Params::value_type(nullptr) : Params::value_type(reported),
           open ? Params::value_type(nullptr) : Params::value_type(base::localDate(reported)),
           2});
      parts.push_back({i, 1, lead, 50 + lead % 30, open});
      parts.push_back({i, 4, 1, nullptr, open});
      if (open) timers.push_back({i, base::toInstant(due, 7h + 30min), assigned});
    }
    database.transact([&](Session& s) {
      s.insertMany(
          "/* bench.tasks */ INSERT INTO task (id, scope_id, source_kind, source_id, assign_key, "
          "title, product, urgency, assigner_id, lead_id, lead_group_id, state, confirmation, "
          "deadline_kind, due_on, original_due_on, assigned_at, reported_at, reported_on, version) "
          "VALUES",
          tasks);
      s.insertMany(
          "/* bench.parts */ INSERT INTO task_part (task_id, part, holder_id, group_id, is_open) "
          "VALUES",
          parts);
      if (!timers.empty()) {
        s.insertMany(
            "/* bench.timers */ INSERT INTO reminder_timer (task_id, next_fire_at, handled_up_to) "
            "VALUES",
            timers);
      }
    });
  }
}

void fireAll(base::db::Database& database, const Calendars& calendars) {
  const auto ladders = readLadders(EOFFICE_SOURCE_DIR "/config/ladders/default.json").value();
  const base::Texts texts(EOFFICE_SOURCE_DIR "/templates/texts");
  const base::Templates templates(EOFFICE_SOURCE_DIR "/templates/mail", texts,
                                  base::Templates::Escape::None);
  const TemplateDigestWriter writer(templates, texts, "https://office.vn");
  const tests::ManualClock clock(kToday, 7h + 30min);
  base::Metrics metrics;
  People people;
  const MailOutbox outbox("office.vn");
  Timers timers(calendars, ladders, people);
  const TaskService tasks(calendars, {&timers});
  SmtpOptions unused;
  unused.from = "nhac-viec@office.vn";
  const auto transport = makeSmtpTransport(unused);
  MailSender sender(database, clock, *transport, metrics);
  database.transact([&](Session& s) {  // reckoned already: a morning like any other
    s.execute("/* bench.reckoned */ INSERT INTO reminder_engine VALUES ('reckoned_with', ?)",
              {calendars.fingerprint() + " " + ladders.fingerprint()});
  });
  ReminderEngine engine({database, clock, metrics, calendars, ladders, people, timers, tasks,
                         writer, outbox, &sender});
  std::size_t written = 0;
  const auto seconds = secondsOf([&] { written = engine.tick(); });
  const auto mails = database.read([](Session& s) { return MailOutbox::waiting(s); });
  fmt::print("all due timers fired: {:.2f} s, {} reminders in the bell and {} mails ({:.0f}/s)\n",
             seconds, written - static_cast<std::size_t>(mails), mails,
             static_cast<double>(written) / seconds);
  fmt::print("a tick with nothing due: {:.2f} ms\n", 1000 * secondsOf([&] { engine.tick(); }));
}

void showPages(base::db::Database& database, const WorkCalendar& calendar) {
  const TaskRights leader{ScopeId(1), true, {}, {}};
  const TaskRights head{ScopeId(1), false, {HolderId(7)}, {GroupId(57)}};
  const auto timed = [&](const char* what, const std::function<void(Session&)>& work) {
    database.read(work);
    const auto seconds = secondsOf([&] {
      for (int i = 0; i < 10; ++i) database.read(work);
    });
    fmt::print("{:<52} {:7.2f} ms\n", what, 100 * seconds);
  };
  for (const auto* rights : {&leader, &head}) {
    fmt::print("--- {}\n", rights->wholeScope ? "a leader, whole agency" : "a head of one unit");
    timed("overview: late, near, in time, by unit",
          [&](Session& s) { (void)overviewOf(s, *rights, kToday, calendar); });
    timed("list behind a number, first 50", [&](Session& s) {
      (void)listTasks(s, *rights, listBehind(Timing::Late, GroupId(57)), TaskOrder::DueFirst,
                      kToday, calendar, 50);
    });
    timed("all open tasks, first 50", [&](Session& s) {
      (void)listTasks(s, *rights, listBehind(std::nullopt), TaskOrder::DueFirst, kToday, calendar,
                      50);
    });
    timed("newest 50, open or closed", [&](Session& s) {
      (void)listTasks(s, *rights, {}, TaskOrder::NewestFirst, kToday, calendar, 50);
    });
    timed("longest late, first 10", [&](Session& s) { (void)longestLate(s, *rights, kToday, 10); });
    timed("rate of a quarter",
          [&](Session& s) { (void)onTimeRate(s, *rights, base::addDays(kToday, -90), kToday); });
  }
}

}  // namespace

int main(int argc, char** argv) {
  const auto argument = [&](int i, std::int64_t otherwise) -> std::int64_t {
    return argc > i ? std::atoll(argv[i]) : otherwise;
  };
  const auto open = argument(1, 100000);
  const auto due = std::min(open, argument(2, 20500));
  const auto closed = argument(3, 900000);
  auto& database = tests::TestDatabase::office().database();
  const OneCalendar calendars(readCalendar(EOFFICE_SOURCE_DIR "/config/calendars", "vn").value());
  fill(database, 1, due + 1, kToday, true);
  for (auto i = due; i < open; i += 10000) {  // the rest over the weeks before and after
    const int ahead = static_cast<int>((i - due) / 10000) * 5 + 1;
    fill(database, i + 1, std::min(open, i + 10000) + 1, base::addDays(kToday, ahead), true);
  }
  fmt::print("{} open tasks, {} due\n", open, due);
  fireAll(database, calendars);
  for (std::int64_t i = 0; i < closed; i += 50000) {
    fill(database, open + i + 1, open + std::min(closed, i + 50000) + 1,
         base::addDays(kToday, -static_cast<int>(i / 2500) - 3), false);
  }
  database.apart([](Session& s) { (void)s.query("ANALYZE TABLE task, task_part"); });
  fmt::print("{} tasks in all\n", open + closed);
  showPages(database, calendars.of({}));
  return 0;
}
