// How far what waits for the clerk is from the deadline of the rules themselves, as a list
// shows it. Says the words of the reader's language; reads no database.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string_view>

#include "eoffice/documents/document.h"
#include "eoffice/web/document_view.h"
#include "reminder/calendar/work_calendar.h"

namespace eoffice::web {

/// Of a row in the list `slug` that has waited since `since`. `{kind, text, hint}` when it is late
/// or due today; the minutes that an urgent one has waited; null for everything else, and for lists
/// that are no duty of the clerk's.
[[nodiscard]] nlohmann::json ruleBadge(const Speech& say, std::string_view slug,
                                       documents::Urgency urgency, base::Instant since,
                                       base::Instant now, const reminder::WorkCalendar& calendar);

}  // namespace eoffice::web
