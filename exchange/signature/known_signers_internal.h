// The certificates that were seen lately, with what was found about them: an agency signs every
// envelope with the same ones, and to take them apart costs more than all the rest of a
// verification. Safe from any thread. For this folder only.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "exchange/signature/chain_internal.h"

namespace exchange {

struct KnownSigner {
  std::vector<ssl::Certificate> certificates;  ///< The signer's own first.
  CertificateInfo info;
  ChainVerdict verdict;
};

class KnownSigners {
 public:
  explicit KnownSigners(Store anchors) : anchors_(std::move(anchors)) {}

  /// What is known about these certificates (DER) at `at`; judged if it is not known yet or the
  /// verdict does not hold at `at`. Null when one is no certificate.
  [[nodiscard]] std::shared_ptr<const KnownSigner> get(const std::vector<std::string>& ders,
                                                       base::Instant at);

 private:
  Store anchors_;
  std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const KnownSigner>> known_;  ///< By all bytes.
};

}  // namespace exchange
