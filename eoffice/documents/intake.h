// What every file goes through before it becomes a document's: is it the caller's to use, is it a
// PDF, is it secret, how is it signed; and of a draft, where signature, number and date will go.
#pragma once

#include <string>

#include "base/result.h"
#include "eoffice/documents/office.h"

namespace eoffice::documents {

struct CheckedFile {
  base::BlobRef blob;
  PdfFacts facts;
  std::string name;             ///< Ends in `.pdf`, 1 to 200 characters.
  std::string signatureReport;  ///< JSON; empty for a file without signatures.
};

/// Refuses `upload.unknown` for one that was brought before and is not the caller's, what PdfReader
/// refuses, and `document.secret_refused`. Opens its own transaction.
[[nodiscard]] base::Result<CheckedFile> checkFile(const Office& office, const Caller& caller,
                                                  const Upload& upload);
/// Again in the transaction that attaches it: is it (still) the caller's.
[[nodiscard]] base::Result<void> checkStillOwn(base::db::Session& session, const Caller& caller,
                                               const Upload& upload, base::Instant now);

/// The document that the same request has made before; empty for a new one.
[[nodiscard]] std::optional<DocumentId> madeBefore(const Office& office, const Caller& caller,
                                                   const std::string& requestKey);

/// A signature report as stored and shown: `{"valid":true,"signatures":[{...}]}`.
[[nodiscard]] std::string toJson(const SignatureReport& report);
/// `{"signature":{"page":2,"how":"found"},"number":{...},"date":{...}}`; `how` is `found`,
/// `default` or `replaces`.
[[nodiscard]] std::string toJson(const SigningPlaces& places);

}  // namespace eoffice::documents
