// Gauges of the deadlines of the rules themselves: what waits at the clerks and is over them
//
#pragma once

#include "base/clock.h"
#include "base/db/database.h"
#include "base/metrics.h"
#include "reminder/calendar/calendar_files.h"

namespace eoffice::app {

/// `documents_rule_overdue{duty}`, of all agencies that this deployment serves. References outlive
/// `metrics`.
void addRuleGauges(base::Metrics& metrics, base::db::Database& database, const base::Clock& clock,
                   const reminder::Calendars& calendars);

}  // namespace eoffice::app
