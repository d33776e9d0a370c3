// What the files of a document say, for people: how far the reading is, what was found and where,
// the text itself; and the secrecy that it met. Rights stand in the queries.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "eoffice/documents/office.h"
#include "eoffice/intake/blob_text.h"
#include "eoffice/intake/findings.h"

namespace eoffice::documents {

/// A value for a field, as acts name it: `code_number`, `issued_date`, `issuer_name` ...
struct Suggestion {
  std::string field;
  std::string value;  ///< Days `2026-01-06`, urgencies `hoa_toc`.
  std::vector<intake::Place> places;
  bool sure = true;  ///< False: badly read; look twice.
};

struct Reading {
  std::int64_t file = 0;
  intake::BlobText text;  ///< Without the text itself.
  std::vector<Suggestion> suggestions;
  /// A mark of a state secret that was read on a page: nothing else is suggested.
  std::optional<Suggestion> secrecy;
};

/// Of the file of that id, or 0: of the document's own (an incoming document's first file, the
/// newest of an outgoing one). Refuses `document.unknown`.
[[nodiscard]] base::Result<Reading> readingFor(base::db::Session& session, const Caller& caller,
                                               DocumentId id, std::int64_t file,
                                               base::LocalDate today);
/// The text of that file; pages end in a form feed. Refuses `document.unknown`.
[[nodiscard]] base::Result<std::string> textFor(base::db::Session& session, const Caller& caller,
                                                DocumentId id, std::int64_t file);

/// Somebody has it open: it is read next, if it waits. Opens a transaction only then.
void hasten(base::db::Database& database, const Reading& reading);
/// A reading that was given up begins anew. Refuses `document.unknown`, `reading.not_failed`.
[[nodiscard]] base::Result<void> readAgain(base::db::Database& database, const base::Clock& clock,
                                           Wakers& wakers, const Caller& caller, DocumentId id,
                                           std::int64_t file);

/// `document.secret_suspected` (fact `mark`) where a page of the incoming document's file was read
/// to bear a mark of secrecy, unless the clerk says that it is none.
[[nodiscard]] base::Result<void> refuseSuspected(base::db::Session& session, DocumentId id,
                                                 bool saidToBeNone);

}  // namespace eoffice::documents
