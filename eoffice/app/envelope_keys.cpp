#include "eoffice/app/envelope_keys.h"

#include "base/log.h"

namespace eoffice::app {

const exchange::EnvelopeSigner* EnvelopeKeys::signerFor(const std::string& organId) {
  const std::lock_guard lock(mutex_);
  if (const auto found = signers_.find(organId); found != signers_.end()) return &found->second;
  if (organId.empty() || organId.find('/') != std::string::npos || organId[0] == '.') {
    return nullptr;
  }
  const auto file = folder_ / (organId + ".p12");
  if (!std::filesystem::exists(file)) {
    base::log::warning("exchange.no_envelope_key", {{"organ", organId}});
    return nullptr;
  }
  auto signer = exchange::EnvelopeSigner::fromPkcs12(file, password_);
  if (!signer) {
    base::log::error("exchange.envelope_key_unusable",
                     {{"organ", organId}, {"reason", signer.error().code}});
    return nullptr;
  }
  return &signers_.emplace(organId, std::move(*signer)).first->second;
}

}  // namespace eoffice::app
