// What every file goes through before it becomes a document's: is it a PDF, is it secret, how is it
// signed. No database, no rights.
#pragma once

#include <string>

#include "base/result.h"
#include "eoffice/documents/office.h"

namespace eoffice::documents {

struct CheckedFile {
  PdfFacts facts;
  std::string name;             ///< Ends in `.pdf`, 1 to 200 characters.
  std::string signatureReport;  ///< JSON; empty for a file without signatures.
};

/// Refuses what PdfReader refuses, and `document.secret_refused`.
[[nodiscard]] base::Result<CheckedFile> checkFile(const Office& office, const base::BlobRef& blob,
                                                  const std::string& name);

/// A signature report as stored and shown: `{"valid":true,"signatures":[{...}]}`.
[[nodiscard]] std::string toJson(const SignatureReport& report);

}  // namespace eoffice::documents
