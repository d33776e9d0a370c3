// What the acts on documents share: the document and version that they are about, a file that was
// uploaded before, the key of a request, and the answer that every act gives.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "base/result.h"
#include "eoffice/api/operation.h"
#include "eoffice/documents/office.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

/// The document of the path and the body's `version`.
[[nodiscard]] documents::Target targetOf(const Call& call);

/// `UploadRef`: a file that was brought before. Whose it is, the act asks.
[[nodiscard]] documents::Upload uploadOf(const Values& upload);

/// The client's key as it is stored: keys of two people, or of two kinds of documents, never meet.
[[nodiscard]] std::string storedKey(const Caller& caller, std::string_view kind,
                                    const std::string& key);

/// The document that a request with a key made, as `DocumentState`. Refuses `request.key_reused`
/// when that one came with another file.
[[nodiscard]] base::Result<nlohmann::json> madeBy(const web::PageParts& parts, const Caller& caller,
                                                  DocumentId id, const documents::Upload& upload);

/// `DocumentState` after an act.
[[nodiscard]] nlohmann::json stateAfter(const web::PageParts& parts, DocumentId id);
/// The same where the act was not refused.
template <class T>
[[nodiscard]] base::Result<nlohmann::json> stateAfter(const web::PageParts& parts, DocumentId id,
                                                      const base::Result<T>& done) {
  if (!done) return tl::unexpected(done.error());
  return stateAfter(parts, id);
}

}  // namespace eoffice::api
