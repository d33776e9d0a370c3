// A small public key infrastructure for tests: root, intermediate, holders. Keys are made once a
// process (RSA 2048 takes its time). Nothing here is a secret.
#pragma once

#include <memory>
#include <string>

#include "base/time.h"

namespace tests {

/// What a certificate should look like.
struct CertificateWish {
  std::string commonName = "Ủy ban nhân dân tỉnh Khánh Hòa";
  std::string organization = "UBND tỉnh Khánh Hòa";
  std::string userId = {};  ///< The agency's code; none if empty.
  base::Instant notBefore;
  base::Instant notAfter;
  int bits = 2048;
  bool mayNotSign = false;  ///< Key usage keyEncipherment only.
};

class TestPki {
 public:
  /// Root and intermediate, valid from 2020 to 2060.
  explicit TestPki(const std::string& name = "Test");
  ~TestPki();
  TestPki(const TestPki&) = delete;
  TestPki& operator=(const TestPki&) = delete;

  [[nodiscard]] std::string rootPem() const;
  [[nodiscard]] std::string intermediatePem() const;
  /// Key, certificate and intermediate as a PKCS#12 file's bytes.
  [[nodiscard]] std::string pkcs12(const CertificateWish& wish, const std::string& password) const;
  /// Valid from 2024 to 2040.
  [[nodiscard]] std::string agencyPkcs12(const std::string& organId,
                                         const std::string& password = "secret") const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// One for the whole test binary.
[[nodiscard]] const TestPki& sharedPki();

}  // namespace tests
