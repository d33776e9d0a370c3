#include "eoffice/app/rule_gauges.h"

#include "eoffice/documents/handling_report.h"

namespace eoffice::app {

void addRuleGauges(base::Metrics& metrics, base::db::Database& database, const base::Clock& clock,
                   const reminder::Calendars& calendars) {
  using documents::Duty;
  for (const auto duty : {Duty::Register, Duty::Submit, Duty::Issue}) {
    metrics.gauge("documents_rule_overdue", "Waits at the clerks, over the deadline of the rules.",
                  {{"duty", std::string(documents::nameOf(duty))}}, [&, duty] {
                    const auto before =
                        documents::lateBefore(calendars.of(reminder::ScopeId()), clock.now());
                    if (!before) return 0.0;
                    return static_cast<double>(database.read([&](base::db::Session& session) {
                      return documents::overdueSteps(session, duty, AgencyId(), *before);
                    }));
                  });
  }
}

}  // namespace eoffice::app
