// Keys and certificates for demonstration and tests, made on the spot: a root, an intermediate,
// people and agencies. Never an office's real keys: those come from the state's authority, and
// every subject made here says `Trình diễn` (demonstration) in its issuer.
// Whatever exists is kept, so a second call changes nothing; each file is written aside and
// renamed, so a kill at any moment leaves whole files only. One process at a time (a lock file);
// any thread.
#pragma once

#include <filesystem>
#include <string>

#include "base/clock.h"
#include "eoffice/signing/key_store.h"
#include "eoffice/signing/pdf_tools.h"

namespace eoffice {

struct DemoPerson {
  std::string label;         ///< File name: `nva`.
  std::string name;          ///< `Nguyễn Văn A`
  std::string post;          ///< `Phó Chủ tịch`
  std::string organisation;  ///< `Ủy ban nhân dân tỉnh Khánh Hòa`
};

struct DemoAgency {
  std::string label;  ///< File name: `H32`.
  std::string name;   ///< `Ủy ban nhân dân tỉnh Khánh Hòa`
  std::string code;   ///< Its code on the axis, into the subject as UID: `H32`. Empty: the label.
};

/// What was made (or found) for one holder. All files are 0600 except the certificates (0644).
struct DemoKey {
  std::filesystem::path pkcs12;
  std::filesystem::path certificate;  ///< PEM: its own, then the intermediate's.
  std::filesystem::path image;        ///< PNG, transparent: a signature in blue or a seal in red.
};

class DemoAuthority {
 public:
  /// Writes below `folder`: `root.pem`, `intermediate.pem`, `trust.pem` (both), `ca/` (their keys),
  /// `keys/` (a folder for Pkcs12KeyStore), `images/`. Certificates are valid from the day before
  /// `clock` says today, ten years for the authorities, three for the others; one that ends within
  /// 30 days, or that its issuer did not sign, is made anew.
  /// `drawing`: the worker that draws the pictures, and the fonts' folder.
  DemoAuthority(std::filesystem::path folder, const base::Clock& clock,
                PdfToolsOptions drawing = {});

  /// RSA 2048, for signatures on PDF (digitalSignature, nonRepudiation; document signing).
  [[nodiscard]] DemoKey person(const DemoPerson& person, const std::string& password);
  /// RSA 3072, for seals on PDF and for envelopes (XMLDSig, RSA-SHA256).
  [[nodiscard]] DemoKey agency(const DemoAgency& agency, const std::string& password);

  [[nodiscard]] std::filesystem::path root() const;          ///< PEM, for outside tools.
  [[nodiscard]] std::filesystem::path intermediate() const;  ///< PEM
  [[nodiscard]] std::filesystem::path trust() const;         ///< PEM, both: what an office trusts.
  [[nodiscard]] std::filesystem::path keys() const;          ///< The folder for Pkcs12KeyStore.

 private:
  std::filesystem::path folder_;
  const base::Clock& clock_;
  PdfToolsOptions drawing_;
};

}  // namespace eoffice
