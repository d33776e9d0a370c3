// The desk: the list that one came from, the document, and the one next step beside it. Puts
// together the page; the acts behind the steps stand in acts.h.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "eoffice/documents/reading.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/lists.h"
#include "eoffice/web/other_acts.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"
#include "reminder/tasks/task.h"

namespace eoffice::web {

/// What an act left to say on the page that shows its document again.
struct DeskNews {
  const base::Refusal* refused = nullptr;
  std::string_view act = {};  ///< Slug of the other act that was refused; empty: the step was.
};

class Desk {
 public:
  Desk(const PageParts& parts, const OtherActs& others) : parts_(parts), others_(others) {}
  void addRoutes(base::http::Router& router);

  /// The page of one document; a refusal is shown beside the form that it is about, with what was
  /// typed. 404 for a document that the reader may not see.
  [[nodiscard]] base::http::Response show(Visit& visit, DocumentId id,
                                          const DeskNews& news = {}) const;
  /// The form of a new registration; after a refusal, with what was typed.
  [[nodiscard]] base::http::Response showNew(Visit& visit, const base::Refusal* refused) const;
  /// After an act: back to the document, with the list it was opened from.
  [[nodiscard]] static base::http::Response backTo(const Visit& visit, DocumentId id);
  /// After an act of a batch of work: the next document of the list, or the list.
  [[nodiscard]] base::http::Response nextAfter(const Visit& visit) const;

 private:
  [[nodiscard]] std::optional<OpenList> listOf(const Visit& visit) const;
  base::http::Response showList(Visit& visit, const OpenList& list) const;
  [[nodiscard]] nlohmann::json listPane(base::db::Session& session, const Visit& visit,
                                        const OpenList& list, DocumentId current,
                                        nlohmann::json* document) const;
  void addForms(nlohmann::json& document, base::db::Session& session, const Visit& visit,
                const documents::Detail& detail, const DeskNews& news) const;

  PageParts parts_;
  const OtherActs& others_;
};

/// `?list=…` or `&list=…` of a request, to go on with; empty without one.
[[nodiscard]] std::string listTail(const Visit& visit, char before);

}  // namespace eoffice::web
