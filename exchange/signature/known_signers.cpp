#include "exchange/signature/known_signers_internal.h"

#include <openssl/x509v3.h>

#include <algorithm>

namespace exchange {
namespace {

constexpr std::size_t kMostKnown = 256;

// The signer has issued none of the others.
void signerFirst(std::vector<ssl::Certificate>& certificates) {
  const auto issuedNone = [&](const ssl::Certificate& one) {
    return std::none_of(certificates.begin(), certificates.end(), [&](const auto& other) {
      return other.get() != one.get() && X509_check_issued(one.get(), other.get()) == X509_V_OK;
    });
  };
  const auto signer = std::find_if(certificates.begin(), certificates.end(), issuedNone);
  if (signer != certificates.end()) {
    std::iter_swap(certificates.begin(), signer);
  }
}

std::string keyOf(const std::vector<std::string>& ders) {
  std::string key;
  for (const auto& der : ders) {
    key += std::to_string(der.size()) + ":" + der;
  }
  return key;
}

}  // namespace

std::shared_ptr<const KnownSigner> KnownSigners::get(const std::vector<std::string>& ders,
                                                     base::Instant at) {
  const std::string key = keyOf(ders);
  {
    const std::lock_guard lock(mutex_);
    const auto found = known_.find(key);
    if (found != known_.end() && found->second->verdict.from <= at &&
        at < found->second->verdict.to) {
      return found->second;
    }
  }
  auto signer = std::make_shared<KnownSigner>();
  for (const auto& der : ders) {
    signer->certificates.push_back(ssl::fromDer(der));
    if (!signer->certificates.back()) {
      return nullptr;
    }
  }
  signerFirst(signer->certificates);
  signer->info = ssl::describe(signer->certificates.front().get());
  signer->verdict = judgeChain(anchors_, signer->certificates, at);
  const std::lock_guard lock(mutex_);
  if (known_.size() >= kMostKnown) {
    known_.clear();
  }
  known_[key] = signer;
  return signer;
}

}  // namespace exchange
