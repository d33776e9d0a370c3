// Says everything about the signature of an envelope that was read. A report, not a verdict on the
// document: an envelope that is not signed, or whose signature the axis broke by re-serialising it,
// is still taken in, and the caller records this report beside it. Nothing is fetched; the only
// trust is in the anchors that are given. Safe from any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "exchange/envelope/reader.h"
#include "exchange/signature/certificate.h"

namespace exchange {

/// Stored by number: never renumber, never reuse.
enum class SignatureFault : std::uint8_t {
  NoSignature = 1,
  ForeignNamespace = 2,  ///< A Signature outside of the XMLDSig namespace: cannot be verified.
  SeveralSignatures = 3,
  WrongPlace = 4,        ///< Not a child of edXMLHeader.
  Malformed = 5,         ///< Not the structure of XMLDSig.
  UnknownAlgorithm = 6,  ///< A method or transform that is not allowed (`text` names it).
  WeakAlgorithm = 7,     ///< SHA-1, MD5, RSA below 2048 bits.
  WrongReference = 8,    ///< Not exactly one reference to the whole document.
  DuplicateId = 9,
  DigestMismatch = 10,  ///< The envelope was changed after it was signed.
  SignatureWrong = 11,  ///< The signature's value does not fit the key.
  NoCertificate = 12,
  ChainNotTrusted = 13,
  CertificateExpired = 14,
  CertificateNotYetValid = 15,
  CertificateNotForSigning = 16,
  SignerIsNotSender = 17,     ///< The certificate names another organ than From.
  AttachmentNotCovered = 18,  ///< An attachment's text could not be read, so not be checked.
};

struct SignatureFinding {
  SignatureFault fault;
  std::string text = {};  ///< The algorithm, the library's words, the other name.
};

/// `digest_mismatch`: for logs, the API and the key `signature_fault.<name>` of the catalogues.
// texts: signature_fault.*
[[nodiscard]] std::string_view faultName(SignatureFault fault);

struct SignatureReport {
  std::vector<SignatureFinding> findings = {};  ///< None: the signature is good.
  std::optional<CertificateInfo> signer = {};   ///< As claimed; trusted only if `good()`.
  std::string method = {};                      ///< URI of the signature's method.
  /// Only if `good()`: the canonical bytes that were signed, a token in the place of each
  /// attachment's text.
  std::string signedXml = {};
  std::shared_ptr<const EnvelopeTree> tree = {};  ///< Of the envelope that was verified.

  /// The envelope read again from `signedXml`: nothing in it that was not signed. Refuses with
  /// `signature.not_good` unless `good()`, and as `readEnvelope` does.
  [[nodiscard]] base::Result<std::variant<DocumentEnvelope, StatusEnvelope>> signedContent() const;
  [[nodiscard]] bool good() const { return findings.empty(); }
  [[nodiscard]] bool has(SignatureFault fault) const;
};

class EnvelopeVerifier {
 public:
  /// Trust anchors: PEM files, each with one or more certificates. Refusals:
  /// `signature.anchor_unreadable`, `signature.no_anchor`.
  [[nodiscard]] static base::Result<EnvelopeVerifier> fromPemFiles(
      const std::vector<std::filesystem::path>& files);
  [[nodiscard]] static base::Result<EnvelopeVerifier> fromPem(std::string_view pem);
  ~EnvelopeVerifier();
  EnvelopeVerifier(EnvelopeVerifier&&) noexcept;
  EnvelopeVerifier& operator=(EnvelopeVerifier&&) noexcept;

  /// Whether two codes that are spelled differently name one agency: it has one in each of the two
  /// written forms, and only a directory knows which belong together.
  using SameOrgan = std::function<bool(const std::string& one, const std::string& other)>;

  /// Certificates are judged at `at` (the arrival, or the day of a later check). Without
  /// `sameOrgan` the certificate must name the sender as the envelope does. Throws SignatureError,
  /// base::BlobError and what `sameOrgan` throws.
  [[nodiscard]] SignatureReport verify(const ReadReport& envelope, base::Instant at,
                                       const SameOrgan& sameOrgan = {}) const;

 private:
  struct Trust;
  explicit EnvelopeVerifier(std::shared_ptr<const Trust> trust);
  std::shared_ptr<const Trust> trust_;
};

/// The same in one call.
[[nodiscard]] inline SignatureReport verifyEnvelope(const ReadReport& envelope,
                                                    const EnvelopeVerifier& verifier,
                                                    base::Instant at) {
  return verifier.verify(envelope, at);
}

}  // namespace exchange
