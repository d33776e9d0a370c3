// The keys that sign envelopes: each hosted agency's own, opened once with the configured password.
#pragma once

#include <filesystem>
#include <map>
#include <mutex>
#include <string>

#include "exchange/delivery/ports.h"

namespace eoffice::app {

class EnvelopeKeys : public exchange::delivery::SigningKeys {
 public:
  /// `<organ id>.p12` in `folder`.
  EnvelopeKeys(std::filesystem::path folder, std::string password)
      : folder_(std::move(folder)), password_(std::move(password)) {}

  /// Null where the folder has no key of the agency, or the password does not open it (logged).
  const exchange::EnvelopeSigner* signerFor(const std::string& organId) override;

 private:
  std::filesystem::path folder_;
  std::string password_;
  std::mutex mutex_;
  std::map<std::string, exchange::EnvelopeSigner> signers_;
};

}  // namespace eoffice::app
