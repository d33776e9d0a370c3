// What the check of an envelope's signature found when it arrived, for those who decide on the
// document: the axis rewrites envelopes, so a signature that cannot be verified refuses nothing,
// but nobody may take such an envelope for a signed one. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/db/database.h"
#include "exchange/delivery/states.h"

namespace exchange::delivery {

enum class SignatureVerdict : std::uint8_t {
  Valid,         ///< Signed by the sender, unchanged since.
  Absent,        ///< Not signed, or the signature was taken away: nobody can tell which.
  NotVerifiable  ///< There is a signature, and it proves nothing.
};
/// `valid`, `absent`, `not_verifiable`: for the API and the key `envelope_signature.<name>`.
[[nodiscard]] std::string_view verdictName(SignatureVerdict verdict);

struct ArrivedSignature {
  SignatureVerdict verdict = SignatureVerdict::NotVerifiable;
  std::string
      signer;  ///< As the certificate names it; trusted only if valid. Empty: no certificate.
  /// Name of the fault (verifier.h) and its text; none if valid.
  std::vector<std::pair<std::string, std::string>> faults;
};

/// Empty: there is no such arrival, or its signature was not looked at.
[[nodiscard]] std::optional<ArrivedSignature> signatureOf(base::db::Session& session,
                                                          InboxId inbox);

}  // namespace exchange::delivery
