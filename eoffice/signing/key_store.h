// The private keys that sign: a person's own, and the agency's. A key is opened with its password
// for one act (or one batch) and forgotten with the object. Knows nothing of PDF or XML: it signs
// bytes. PKCS#12 files today; a PKCS#11 token is another KeyStore with the same words.
// A KeyStore is safe from any thread; a SigningKey belongs to one thread at a time.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/time.h"

namespace eoffice {

/// What a certificate says, in UTF-8, for people to read. Times are UTC.
struct CertificateInfo {
  std::string commonName;    ///< `Nguyễn Văn A`, `Ủy ban nhân dân tỉnh Khánh Hòa`
  std::string organisation;  ///< O; empty where the certificate names none.
  std::string title;         ///< T: the post; may be empty.
  std::string subject;       ///< RFC 2253 order, one line.
  std::string issuer;        ///< As `subject`.
  std::string serial;        ///< Lower-case hex.
  std::string sha256;        ///< Of the DER bytes, 64 lower-case hex digits: names the certificate.
  base::Instant notBefore;
  base::Instant notAfter;
};

/// A private key that is open, with its certificate and the chain below the root.
class SigningKey {
 public:
  virtual ~SigningKey() = default;
  [[nodiscard]] virtual const CertificateInfo& certificate() const = 0;
  /// DER. The first is the key's own, then its issuers, without the root.
  [[nodiscard]] virtual const std::vector<std::string>& chain() const = 0;
  /// RSASSA-PKCS1-v1_5 with SHA-256 over `bytes`. Throws SigningError when the key fails.
  [[nodiscard]] virtual std::string signRsaSha256(std::string_view bytes) const = 0;
};

/// The library or the token failed; nothing that the user could have done better.
class SigningError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

class KeyStore {
 public:
  virtual ~KeyStore() = default;
  /// `label` names the key inside the store: `person-7`, `H32`. Refuses signing.key_not_found,
  /// signing.wrong_password, signing.key_damaged, signing.certificate_not_yet_valid,
  /// signing.certificate_expired, signing.certificate_unfit (not made for signatures).
  [[nodiscard]] virtual base::Result<std::unique_ptr<SigningKey>> open(
      const std::string& label, std::string_view password) const = 0;
  /// What may be shown without a password; empty when the store has no such key.
  [[nodiscard]] virtual std::optional<CertificateInfo> find(const std::string& label) const = 0;
};

/// One folder: `<label>.p12` (0600) and beside it `<label>.pem`, its certificate. A label has
/// letters, digits, `-`, `_` and `.`, does not begin with a dot, and is no path.
class Pkcs12KeyStore : public KeyStore {
 public:
  /// `clock` outlives the store. Creates the folder (0700).
  Pkcs12KeyStore(std::filesystem::path folder, const base::Clock& clock);

  [[nodiscard]] base::Result<std::unique_ptr<SigningKey>> open(
      const std::string& label, std::string_view password) const override;
  [[nodiscard]] std::optional<CertificateInfo> find(const std::string& label) const override;

  /// Takes in a PKCS#12 file that `password` opens; replaces the key of that label, in one rename.
  /// Refuses as `open` does, and signing.key_of_another when the certificate does not bear the name
  /// `holder` (upper case, tone marks and spaces aside; empty: any). Throws
  /// std::filesystem::filesystem_error (disk).
  [[nodiscard]] base::Result<CertificateInfo> add(const std::string& label, std::string_view pkcs12,
                                                  std::string_view password,
                                                  std::string_view holder = {}) const;

 private:
  std::filesystem::path folder_;
  const base::Clock& clock_;
};

/// The first certificate of PEM or DER bytes; empty when there is none.
[[nodiscard]] std::optional<CertificateInfo> readCertificate(std::string_view bytes);

}  // namespace eoffice
