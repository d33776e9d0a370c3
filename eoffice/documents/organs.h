// The directory as the exchange knows it: codes, own agencies, names and addresses for envelopes.
#pragma once

#include <string>

#include "base/clock.h"
#include "eoffice/directory/agencies.h"
#include "exchange/delivery/ports.h"

namespace eoffice::documents {

class Organs : public exchange::delivery::OrganDirectory {
 public:
  explicit Organs(const base::Clock& clock) : clock_(clock) {}
  std::string canonical(base::db::Session& session, const std::string& code) override;
  bool isOwn(base::db::Session& session, const std::string& code) override;
  exchange::Organ describe(base::db::Session& session, const std::string& code) override;

 private:
  const base::Clock& clock_;
};

/// How an agency stands in an envelope; `parentName` is its OrganizationInCharge.
[[nodiscard]] exchange::Organ organOf(const directory::Agency& agency,
                                      const std::string& parentName);

}  // namespace eoffice::documents
