// The chain of instructions as the side pane shows it: who gave what to whom, each with its own
// deadline and how it stands, from the top down; and who opened the document. Pure.
#pragma once

#include <map>
#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "eoffice/directory/people.h"
#include "eoffice/documents/reading.h"
#include "eoffice/web/document_view.h"
#include "reminder/calendar/work_calendar.h"

namespace eoffice::web {

/// The posts that the chain names: for one query of their names.
[[nodiscard]] std::vector<PostId> postsOf(const documents::Chain& chain);

/// `[{level, act, by, at, text, prepared, receivers[{name, second, part, due, badge, state, kind,
/// words}]}]`, each instruction below the receiver who gave it out. Empty for what has no chain.
[[nodiscard]] nlohmann::json chainView(const Speech& say, const documents::Detail& detail,
                                       const std::map<PostId, directory::PostName>& names,
                                       base::LocalDate today,
                                       const reminder::WorkCalendar& calendar);

}  // namespace eoffice::web
