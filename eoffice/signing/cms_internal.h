// CMS signatures (RFC 5652) as PAdES wants them, by OpenSSL: making one over a digest with an open
// key, and verifying a foreign one over ranges of bytes. Knows no PDF. Safe from any thread.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "eoffice/signing/certificate_internal.h"
#include "eoffice/signing/key_store.h"
#include "eoffice/signing/pdf_facts.h"

namespace eoffice {

/// Detached, with contentType, messageDigest and ESS signing-certificate-v2, without signing-time
/// (it stands in the PDF: ETSI EN 319 142-1, 6.3). `digest`: SHA-256 of what is signed, 32 bytes.
/// DER. Throws SigningError.
[[nodiscard]] std::string makeDetachedCms(std::string_view digest, const SigningKey& key);

/// An upper bound for the size of what makeDetachedCms returns for this key.
[[nodiscard]] std::size_t detachedCmsBound(const SigningKey& key);

/// What kind of signature the PDF says it holds.
enum class CmsKind { Detached, Sha1InContent, TimeStamp };

struct CmsVerdict {
  CertificateInfo signer;
  std::optional<base::Instant> time;  ///< The signing-time attribute, or the time stamp's.
  std::vector<SignatureFault> faults;
  std::vector<SignatureNote> notes;
};

class TrustAnchors {
 public:
  /// Every certificate of `pem` is an anchor, whether it signed itself or not.
  explicit TrustAnchors(std::string_view pem);
  [[nodiscard]] X509_STORE* store() const { return store_.get(); }

 private:
  base::CPtr<X509_STORE, X509_STORE_free> store_;
};

/// Gathers every fault. `der` may have padding after it. `ranges`: the signed bytes, in order.
/// `claimed`: the time in the PDF, if any; the chain is judged at that time, else at `now`.
[[nodiscard]] CmsVerdict verifyCms(std::string_view der,
                                   const std::vector<std::string_view>& ranges, CmsKind kind,
                                   std::optional<base::Instant> claimed, base::Instant now,
                                   const TrustAnchors& anchors);

}  // namespace eoffice
