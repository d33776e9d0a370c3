// Signs an envelope while it is written: XMLDSig, RSA-SHA256, exclusive C14N, one reference to the
// whole document, the attachments' base64 included, so that any XMLDSig tool can verify it. Memory
// does not grow with the attachments. Knows keys, not who may use them.
// Safe from any thread; one signer may serve several.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "base/blob/blob_store.h"
#include "base/result.h"
#include "base/time.h"
#include "exchange/envelope/model.h"
#include "exchange/envelope/writer.h"
#include "exchange/signature/certificate.h"

namespace exchange {

/// An agency's RSA key with its certificate and the intermediates that lead to a root.
class EnvelopeSigner {
 public:
  /// Refusals: `signature.key_unreadable`, `signature.wrong_password`, `signature.key_not_rsa`
  /// (also below 2048 bits).
  [[nodiscard]] static base::Result<EnvelopeSigner> fromPkcs12(const std::filesystem::path& file,
                                                               std::string_view password);
  [[nodiscard]] static base::Result<EnvelopeSigner> fromPkcs12Bytes(std::string_view bytes,
                                                                    std::string_view password);
  ~EnvelopeSigner();
  EnvelopeSigner(EnvelopeSigner&&) noexcept;
  EnvelopeSigner& operator=(EnvelopeSigner&&) noexcept;

  [[nodiscard]] const CertificateInfo& certificate() const;

  struct Key;
  [[nodiscard]] const Key& key() const { return *key_; }  ///< For this folder alone.

 private:
  explicit EnvelopeSigner(std::shared_ptr<const Key> key);
  std::shared_ptr<const Key> key_;
};

/// Checks, signs and writes to `out`. Refuses as `writeEnvelope` does, and with
/// `signature.certificate_expired` or `signature.certificate_not_yet_valid` at `now`; nothing is
/// written then. Throws as `writeEnvelope` does, and SignatureError when the libraries fail.
[[nodiscard]] base::Result<void> writeSignedEnvelope(const DocumentEnvelope& envelope,
                                                     base::Instant now,
                                                     const EnvelopeSigner& signer,
                                                     const base::BlobStore& blobs, const Sink& out);
[[nodiscard]] base::Result<void> writeSignedEnvelope(const StatusEnvelope& envelope,
                                                     base::Instant now,
                                                     const EnvelopeSigner& signer, const Sink& out);

}  // namespace exchange
