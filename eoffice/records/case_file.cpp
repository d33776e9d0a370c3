#include "eoffice/records/case_file.h"

#include "eoffice/records/names_internal.h"

namespace eoffice::records {
namespace {

using std::chrono::last;
using std::chrono::months;
using std::chrono::years;

constexpr int kWarningDays = 30;
constexpr int kLeastHandedIn = 5;

constexpr Names<FileState, 4> kStates{{{FileState::Open, "open"},
                                       {FileState::Closed, "closed"},
                                       {FileState::HandedIn, "handed_in"},
                                       {FileState::Archived, "archived"}}};
constexpr Names<Work, 2> kWorks{{{Work::General, "general"}, {Work::Construction, "construction"}}};

// 31 January and a month is the last day of February.
base::LocalDate onThatDay(base::LocalDate date) {
  return date.ok() ? date : base::LocalDate(date.year() / date.month() / last);
}

}  // namespace

std::string_view nameOf(FileState state) { return nameIn(kStates, state); }
std::optional<FileState> fileStateFrom(std::string_view name) { return codeIn(kStates, name); }
std::string_view nameOf(Work work) { return nameIn(kWorks, work); }
std::optional<Work> workFrom(std::string_view name) { return codeIn(kWorks, name); }

base::LocalDate handInDue(base::LocalDate ended, Work work) {
  return onThatDay(work == Work::Construction ? ended + months(3) : ended + years(1));
}

base::LocalDate latestKeepingBack(base::LocalDate due) { return onThatDay(due + years(2)); }

bool mustBeHandedIn(const Retention& retention) {
  return !retention || *retention >= kLeastHandedIn;
}

std::optional<base::LocalDate> keptUntil(base::LocalDate ended, const Retention& retention) {
  if (!retention) return std::nullopt;
  return (ended.year() + years(*retention)) / std::chrono::December / 31;
}

base::LocalDate warningDay(base::LocalDate due) { return base::addDays(due, -kWarningDays); }

}  // namespace eoffice::records
