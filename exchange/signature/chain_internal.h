// Whether a certificate leads to an anchor, at an instant. Nothing is fetched; no revocation lists
// are read (NOTE: the government's CA publishes them on a network that an office may not reach).
// For this folder only.
#pragma once

#include <vector>

#include "exchange/signature/openssl_internal.h"
#include "exchange/signature/verifier.h"

namespace exchange {

using Store = base::CPtr<X509_STORE, X509_STORE_free>;

struct ChainVerdict {
  std::vector<SignatureFinding> findings = {};
  /// The verdict is the same from `from` until before `to`: no certificate begins or ends between.
  base::Instant from = base::Instant::min();
  base::Instant to = base::Instant::max();
};

/// What is wrong with the first certificate, the others being intermediates that may help.
[[nodiscard]] ChainVerdict judgeChain(const Store& anchors,
                                      const std::vector<ssl::Certificate>& certificates,
                                      base::Instant at);

}  // namespace exchange
