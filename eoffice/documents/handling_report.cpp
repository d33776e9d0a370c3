#include "eoffice/documents/handling_report.h"

#include <algorithm>
#include <map>

#include "eoffice/directory/permissions.h"

namespace eoffice::documents {
namespace {

using base::Instant;
using base::db::Row;
using base::db::Session;
using reminder::WorkCalendar;

constexpr int kLongestPeriod = 400;

// The books hold the period's documents, so a report walks the period and not the office.
constexpr std::string_view kRegistered = R"(
FROM document_book b JOIN incoming_document i ON i.book_id = b.id
WHERE b.agency_id = ? AND b.direction = 1 AND b.year BETWEEN ? AND ?
  AND i.arrival_date BETWEEN ? AND ?)";

const std::string kTotals =
    "/* documents.reportTotals */ SELECT COUNT(*), COALESCE(SUM(NOT EXISTS ("
    "SELECT 1 FROM instruction n WHERE n.document_id = i.document_id)), 0)" +
    std::string(kRegistered);

constexpr const char* kIncoming = R"(/* documents.reportIncoming */
SELECT COALESCE(u.name, ''), COUNT(*),
  SUM(t.state = 5 AND t.due_on IS NOT NULL AND t.reported_on <= t.due_on),
  SUM(t.state = 5 AND t.due_on IS NOT NULL AND t.reported_on > t.due_on),
  SUM(t.state = 5 AND t.due_on IS NULL),
  SUM(t.state <> 5 AND t.due_on IS NOT NULL AND COALESCE(t.reported_on, ?) <= t.due_on),
  SUM(t.state <> 5 AND t.due_on IS NOT NULL AND COALESCE(t.reported_on, ?) > t.due_on),
  SUM(t.state <> 5 AND t.due_on IS NULL)
FROM document_book b JOIN incoming_document i ON i.book_id = b.id
JOIN instruction n ON n.document_id = i.document_id
JOIN task t ON t.id = n.task_id AND t.state <> 7
LEFT JOIN unit u ON u.id = t.lead_group_id
WHERE b.agency_id = ? AND b.direction = 1 AND b.year BETWEEN ? AND ?
  AND i.arrival_date BETWEEN ? AND ?
GROUP BY t.lead_group_id ORDER BY u.name)";

constexpr const char* kOutgoing = R"(/* documents.reportOutgoing */
SELECT COALESCE(u.name, ''), o.signed_at, o.issued_at, d.urgency
FROM document_book b JOIN outgoing_document o ON o.book_id = b.id
JOIN document d ON d.id = o.document_id
LEFT JOIN post p ON p.id = o.drafter_post LEFT JOIN unit u ON u.id = p.unit_id
WHERE b.agency_id = ? AND b.direction = 2 AND b.year BETWEEN ? AND ?
  AND d.issued_date BETWEEN ? AND ?)";

constexpr const char* kClerksWork = R"(/* documents.reportClerksWork */
SELECT d.urgency, s.kind, CASE s.kind WHEN 1 THEN i.received_at ELSE s.opened_at END, s.done_at
FROM document_book b JOIN incoming_document i ON i.book_id = b.id
JOIN document d ON d.id = i.document_id
JOIN document_step s ON s.document_id = d.id AND s.kind IN (1, 2) AND s.outcome = 1
WHERE b.agency_id = ? AND b.direction = 1 AND b.year BETWEEN ? AND ?
  AND i.arrival_date BETWEEN ? AND ?)";

constexpr const char* kOverdue = R"(/* documents.overdueSteps */
SELECT COUNT(*) FROM agency a JOIN document_step s ON s.agency_id = a.id
WHERE a.hosted = 1 AND (? IS NULL OR a.id = ?) AND s.assigned_role IN (1, 4) AND s.done_at IS NULL
  AND s.kind = ? AND s.opened_at < ?)";

// Signed, and not issued yet: number, seal and issue are one duty.
constexpr const char* kOverdueIssue = R"(/* documents.overdueIssue */
SELECT COUNT(*) FROM agency a JOIN document_step s ON s.agency_id = a.id
JOIN outgoing_document o ON o.document_id = s.document_id
WHERE a.hosted = 1 AND (? IS NULL OR a.id = ?) AND s.assigned_role IN (1, 4) AND s.done_at IS NULL
  AND s.kind IN (8, 9, 10) AND o.signed_at < ?)";

int yearOf(base::LocalDate day) { return static_cast<int>(day.year()); }

base::db::Params booksOf(const Caller& caller, const Period& period) {
  return {caller.agency, yearOf(period.first), yearOf(period.last), period.first, period.last};
}

// Gathers one duty's cases.
class Measure {
 public:
  Measure(Duty duty, const WorkCalendar& calendar) : calendar_(calendar) { count_.duty = duty; }

  void add(Urgency urgency, Instant from, Instant to) {
    const auto due = ruleDue(calendar_, from);
    if (!due || !calendar_.covers(base::localDate(to))) return;
    ++(base::localDate(to) <= *due ? count_.onTime : count_.late);
    if (urgency == Urgency::Normal) return;
    ++count_.urgent;
    const auto worked = calendar_.workingTimeBetween(from, to);
    minutes_.push_back(
        static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(worked).count()));
  }

  [[nodiscard]] RuleCount result() {
    if (!minutes_.empty()) {
      std::sort(minutes_.begin(), minutes_.end());
      count_.medianMinutes = minutes_[(minutes_.size() - 1) / 2];
      count_.longestMinutes = minutes_.back();
    }
    return count_;
  }

 private:
  const WorkCalendar& calendar_;
  RuleCount count_;
  std::vector<int> minutes_;
};

void readIncoming(Session& session, const Caller& caller, const Period& period,
                  base::LocalDate today, HandlingReport& report) {
  const auto totals = session.get(kTotals, booksOf(caller, period));
  report.registered = totals.integer(0);
  report.undirected = totals.integer(1);
  base::db::Params params{today, today};
  directory::append(params, booksOf(caller, period));
  for (const auto& row : session.query(kIncoming, params)) {
    report.incoming.push_back({.unit = row.text(0),
                               .total = row.integer(1),
                               .doneOnTime = row.integer(2),
                               .doneLate = row.integer(3),
                               .doneUndated = row.integer(4),
                               .openInTime = row.integer(5),
                               .openLate = row.integer(6),
                               .openUndated = row.integer(7)});
  }
}

void readOutgoing(Session& session, const Caller& caller, const WorkCalendar& calendar,
                  const Period& period, HandlingReport& report, Measure& issue) {
  std::map<std::string, OutgoingCount> units;
  session.stream(kOutgoing, booksOf(caller, period), [&](const Row& row) {
    auto& unit = units[row.text(0)];
    unit.unit = row.text(0);
    ++unit.total;
    const auto issued = row.maybeInstant(2);
    if (!issued || row.isNull(1)) {
      ++unit.waiting;
      return true;
    }
    issue.add(row.code<Urgency>(3), row.instant(1), *issued);
    const auto due = ruleDue(calendar, row.instant(1));
    ++(due && base::localDate(*issued) > *due ? unit.issuedLate : unit.issuedOnTime);
    return true;
  });
  for (auto& [name, unit] : units) report.outgoing.push_back(unit);
}

void readClerksWork(Session& session, const Caller& caller, const Period& period,
                    Measure& registered, Measure& submitted) {
  session.stream(kClerksWork, booksOf(caller, period), [&](const Row& row) {
    auto& duty = row.code<StepKind>(1) == StepKind::Register ? registered : submitted;
    duty.add(row.code<Urgency>(0), row.instant(2), row.instant(3));
    return true;
  });
}

}  // namespace

std::string_view nameOf(Duty duty) {
  switch (duty) {
    case Duty::Register:
      return "register";
    case Duty::Submit:
      return "submit";
    case Duty::Issue:
      return "issue";
  }
  return "register";
}

std::optional<int> onTimePercent(std::int64_t onTime, std::int64_t doneLate,
                                 std::int64_t openLate) {
  const auto whole = onTime + doneLate + openLate;
  if (whole == 0) return std::nullopt;
  return static_cast<int>(onTime * 100 / whole);
}

std::optional<base::LocalDate> ruleDue(const WorkCalendar& calendar, Instant since) {
  const auto day = base::localDate(since);
  if (!calendar.covers(day) || !calendar.covers(base::addDays(day, 30))) return std::nullopt;
  return calendar.nextWorkday(day);  // R-108
}

std::optional<Instant> lateBefore(const WorkCalendar& calendar, Instant now) {
  const auto today = base::localDate(now);
  if (!calendar.covers(today) || !calendar.covers(base::addDays(today, -30))) return std::nullopt;
  // What began on the last workday before today, or after it, may still be done today.
  return base::toInstant(calendar.previousWorkday(today));
}

base::Result<HandlingReport> handlingReport(Session& session, const Caller& caller,
                                            const WorkCalendar& calendar, const Period& period,
                                            Instant now) {
  if (auto right = directory::require(caller, directory::Capability::ReadAgency); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  const int days = base::daysBetween(period.first, period.last);
  if (days < 0 || days > kLongestPeriod) {
    return base::refuse(base::RefusalKind::Invalid, "report.bad_period", "to",
                        {{"most", std::to_string(kLongestPeriod)}});
  }
  HandlingReport report;
  Measure registered(Duty::Register, calendar);
  Measure submitted(Duty::Submit, calendar);
  Measure issued(Duty::Issue, calendar);
  readIncoming(session, caller, period, base::localDate(now), report);
  readOutgoing(session, caller, calendar, period, report, issued);
  readClerksWork(session, caller, period, registered, submitted);
  report.rules = {registered.result(), submitted.result(), issued.result()};
  if (const auto before = lateBefore(calendar, now)) {
    for (auto& rule : report.rules) {
      rule.openLate = overdueSteps(session, rule.duty, caller.agency, *before);
    }
  }
  return report;
}

std::int64_t overdueSteps(Session& session, Duty duty, AgencyId agency, Instant before) {
  if (duty == Duty::Issue) {
    return session.get(kOverdueIssue, {agency, agency, before}).integer(0);
  }
  const auto kind = duty == Duty::Register ? StepKind::Register : StepKind::Submit;
  return session.get(kOverdue, {agency, agency, kind, before}).integer(0);
}

}  // namespace eoffice::documents
