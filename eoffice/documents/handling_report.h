// The two reports on handling that the decree wants of a System (NĐ 30/2020, Phụ lục VI.V), and how
// the deadlines of the rules themselves are kept. Counts only; each with its formula:
//   incoming: registered in the period; a unit's are those whose task it leads; on time and late as
//   R-63 judges, the open ones at `today`; rate as R-68.
//   outgoing: numbered in the period; issued on the day of the signature or the next workday, or
//   later, or not yet.
//   rules: see RuleCount.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/result.h"
#include "base/time.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/document.h"
#include "reminder/calendar/work_calendar.h"

namespace eoffice::documents {

struct Period {
  base::LocalDate first;
  base::LocalDate last;
};

struct IncomingCount {
  std::string unit;  ///< Empty: at the head of the agency.
  std::int64_t total = 0;
  std::int64_t doneOnTime = 0, doneLate = 0, doneUndated = 0;
  std::int64_t openInTime = 0, openLate = 0, openUndated = 0;
};

struct OutgoingCount {
  std::string unit;  ///< Of the drafter.
  std::int64_t total = 0;
  std::int64_t issuedOnTime = 0, issuedLate = 0, waiting = 0;
};

/// One duty of the rules: what was done in the period, and how fast.
enum class Duty : std::uint8_t {
  Register,  ///< From arrival to the number: by the next workday (R-108).
  Submit,    ///< From registration to submission: the same or the next workday.
  Issue      ///< From signature to issue: the same or the next workday.
};
[[nodiscard]] std::string_view nameOf(Duty duty);

struct RuleCount {
  Duty duty = Duty::Register;
  std::int64_t onTime = 0, late = 0;
  std::int64_t urgent = 0;  ///< Of them; "at once": measured in minutes, not judged.
  std::optional<int> medianMinutes, longestMinutes;  ///< Of the urgent ones, working time.
  std::int64_t openLate = 0;                         ///< Waiting now and over the deadline.
};

struct HandlingReport {
  std::int64_t registered = 0;
  std::int64_t undirected = 0;  ///< Registered and not directed.
  std::vector<IncomingCount> incoming;
  std::vector<OutgoingCount> outgoing;
  std::vector<RuleCount> rules;
};

/// On time divided by what is done or overdue, in whole percent, rounded down; empty for
/// nothing to divide by.
[[nodiscard]] std::optional<int> onTimePercent(std::int64_t onTime, std::int64_t doneLate,
                                               std::int64_t openLate);

/// The last day on which what began at `since` is done in time: the next workday.
[[nodiscard]] std::optional<base::LocalDate> ruleDue(const reminder::WorkCalendar& calendar,
                                                     base::Instant since);
/// Before this instant lies what is late at `now`. Empty: the calendar does not say.
[[nodiscard]] std::optional<base::Instant> lateBefore(const reminder::WorkCalendar& calendar,
                                                      base::Instant now);

/// Of the caller's agency. Refuses `permission.denied` to those who do not read the whole agency,
/// `report.bad_period` (the last day before the first, or more than 400 days).
[[nodiscard]] base::Result<HandlingReport> handlingReport(base::db::Session& session,
                                                          const Caller& caller,
                                                          const reminder::WorkCalendar& calendar,
                                                          const Period& period, base::Instant now);

/// Steps of the duty that wait now and are over the deadline: of the agency, or of all that this
/// deployment serves.
[[nodiscard]] std::int64_t overdueSteps(base::db::Session& session, Duty duty, AgencyId agency,
                                        base::Instant before);

}  // namespace eoffice::documents
