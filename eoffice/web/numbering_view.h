// What the pages of books and series show, as data; and the series of a division form.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <vector>

#include "base/db/database.h"
#include "base/http/message.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/series.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

/// One direction of the page: the decision in force, its series with their next numbers, what was
/// decided ahead, what was set aside.
[[nodiscard]] nlohmann::json numberingSection(base::db::Session& session,
                                              const documents::DocumentTypes& types,
                                              const Speech& say, const Caller& caller,
                                              documents::Direction direction,
                                              base::LocalDate today);

/// The form of a new division: as typed after a refusal, else as it is today.
[[nodiscard]] nlohmann::json divisionForm(const Speech& say, const Visit& visit,
                                          documents::Direction direction,
                                          const documents::DocumentTypes& types,
                                          const documents::Scheme& now, base::LocalDate today);
/// The series that the form describes, without the common one.
[[nodiscard]] std::vector<documents::Series> seriesIn(const base::http::Form& form,
                                                      documents::Direction direction,
                                                      const documents::DocumentTypes& types);

}  // namespace eoffice::web
