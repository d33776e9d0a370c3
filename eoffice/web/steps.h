// The one next step of a document for its reader, as the side pane's form wants it (docs/pages.md,
// "Steps"). Reads what the form offers (leaders, assignees, receivers, keys), one query each.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "eoffice/documents/reading.h"
#include "eoffice/documents/series.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class Steps {
 public:
  Steps(const PageParts& parts, base::db::Session& session, const Visit& visit,
        const documents::Detail& detail);

  /// `{label, <kind>: {...}}` of the first open step that waits for the reader; null when none
  /// does. `refused` fills the form with what was typed and says what was wrong.
  [[nodiscard]] nlohmann::json current(const base::Refusal* refused) const;

  /// The form of a new registration, before there is a document.
  [[nodiscard]] static nlohmann::json newRegistration(const PageParts& parts,
                                                      base::db::Session& session,
                                                      const Visit& visit,
                                                      const base::Refusal* refused);

 private:
  [[nodiscard]] nlohmann::json formOf(documents::StepKind kind) const;
  [[nodiscard]] nlohmann::json registerForm() const;
  [[nodiscard]] nlohmann::json handleForm() const;
  [[nodiscard]] nlohmann::json draftForm(const std::string& action, const documents::Fields& f,
                                         PostId signer, const std::string& competence) const;
  [[nodiscard]] nlohmann::json supportForm() const;
  [[nodiscard]] nlohmann::json reviseForm() const;
  [[nodiscard]] nlohmann::json reviewForm() const;
  [[nodiscard]] nlohmann::json signForm() const;
  [[nodiscard]] nlohmann::json numberForm() const;
  [[nodiscard]] nlohmann::json reservedNumbers(const documents::Series& series,
                                               const std::string& next) const;
  [[nodiscard]] nlohmann::json sealForm() const;
  [[nodiscard]] nlohmann::json issueForm() const;
  [[nodiscard]] nlohmann::json keyOf(const std::string& label) const;
  [[nodiscard]] nlohmann::json signerOptions(PostId selected) const;
  [[nodiscard]] std::string typed(const std::string& field, const std::string& otherwise) const;
  [[nodiscard]] std::string path() const;

  const PageParts& parts_;
  base::db::Session& session_;
  const Visit& visit_;
  const documents::Detail& detail_;
  Speech say_;
};

}  // namespace eoffice::web
