#include "eoffice/records/hand_in_warning.h"

#include "eoffice/records/case_file.h"
#include "reminder/channels/bell.h"

namespace eoffice::records {
namespace {

// Files with less than five years of retention may stay with their keeper (R-186).
constexpr std::string_view kDue = R"(/* records.dueForHandIn */
SELECT f.id, f.code, f.title, f.hand_in_due, f.keeper_post, k.person_id
FROM case_file f JOIN post k ON k.id = f.keeper_post
WHERE f.state = ? AND f.hand_in_due <= ? AND (f.retention_years IS NULL OR f.retention_years >= 5)
  AND NOT EXISTS (SELECT 1 FROM notification n WHERE n.reader_id = k.person_id
    AND n.notice_key = CONCAT('case_file_due:', f.id, ':', f.hand_in_due))
ORDER BY f.hand_in_due LIMIT 500)";

}  // namespace

std::uint64_t warnOfHandIn(base::db::Session& session, base::Instant now) {
  std::vector<reminder::Notice> notices;
  // The last day of those whose warning day is today: the same number of days later.
  const auto today = base::localDate(now);
  const auto until = base::addDays(today, base::daysBetween(warningDay(today), today));
  for (const auto& row : session.query(kDue, {FileState::Closed, until})) {
    const auto id = row.integer(0);
    notices.push_back(
        {.reader = reminder::ReaderId(row.integer(5)),
         .holder = reminder::HolderId(row.integer(4)),
         .kind = "case_file_due",
         .object = {"case_file", id},
         .facts = {{"code", row.text(1)},
                   {"title", row.text(2)},
                   {"day", base::viDate(row.date(3))}},
         .key = "case_file_due:" + std::to_string(id) + ":" + base::isoDate(row.date(3))});
  }
  return reminder::Bell::ring(session, now, notices);
}

}  // namespace eoffice::records
