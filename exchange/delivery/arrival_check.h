// Judges a document that arrived: whose it is, whether it may be taken in, and when two arrivals
// are the same. Pure; safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "exchange/delivery/ports.h"
#include "exchange/envelope/reader.h"

namespace exchange::delivery {

/// Why the document is answered with 02, if it is: `arrival.secret`, `arrival.damaged`
/// (fact `file`). Damaged: a file that cannot be decoded, a PDF that went through a text decoder,
/// what the inspector calls damaged, or no file with bytes in it where there should be one.
[[nodiscard]] std::optional<base::Refusal> refusalOf(
    const ReadReport& report, const std::vector<std::vector<AttachmentRemark>>& remarks);

/// SHA-256 over what a reader sees: code, date, subject, reason, and the files. Two arrivals with
/// the same sender, id, operation, receiver and content are one document; the axis re-serialises
/// envelopes, so their bytes may differ.
[[nodiscard]] std::string sameKey(const DocumentEnvelope& document,
                                  const std::string& fromCanonical, const std::string& receiver);

/// The findings and the signature as JSON text, for the row.
[[nodiscard]] std::string reportText(const std::vector<Finding>& findings,
                                     const SignatureReport* signature,
                                     const std::vector<std::vector<AttachmentRemark>>& remarks);

}  // namespace exchange::delivery
