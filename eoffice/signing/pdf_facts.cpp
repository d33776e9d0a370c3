#include "eoffice/signing/pdf_facts.h"

namespace eoffice {

std::string_view code(SignatureFault fault) {
  switch (fault) {
    case SignatureFault::Unreadable:
      return "unreadable";
    case SignatureFault::RangeWrong:
      return "range_wrong";
    case SignatureFault::DigestMismatch:
      return "digest_mismatch";
    case SignatureFault::SignatureWrong:
      return "signature_wrong";
    case SignatureFault::Untrusted:
      return "untrusted";
    case SignatureFault::OutsideValidity:
      return "outside_validity";
    case SignatureFault::ChangedAfter:
      return "changed_after";
    case SignatureFault::Unfit:
      return "unfit";
    case SignatureFault::WeakDigest:
      return "weak_digest";
  }
  return "unreadable";
}

std::string_view code(SignatureNote note) {
  switch (note) {
    case SignatureNote::ExpiredSince:
      return "expired_since";
    case SignatureNote::RevocationNotChecked:
      return "revocation_not_checked";
    case SignatureNote::NoSigningTime:
      return "no_signing_time";
    case SignatureNote::SigningTimeClaimed:
      return "signing_time_claimed";
  }
  return "no_signing_time";
}

bool SignatureReport::valid() const {
  return !signatures.empty() && std::all_of(signatures.begin(), signatures.end(),
                                            [](const PdfSignature& each) { return each.valid(); });
}

}  // namespace eoffice
