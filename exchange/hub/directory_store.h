// The hub's rows about systems and agencies. A repository: takes a session, the caller owns the
// transaction. Knows no protocol. Safe from any thread.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/time.h"
#include "exchange/hub/hub.h"

namespace exchange::hub {

struct AgencyRoute {
  std::string code;
  std::optional<std::string> systemId;  ///< Empty: not connected.
  bool closed = false;
};

/// One agency as the lists tell it.
struct AgencyRow {
  std::int64_t id = 0;
  std::optional<std::int64_t> parentId;
  std::string code;
  std::string code102;
  std::string name;
  std::string mail;
  std::string systemId;
  bool closed = false;
  std::int64_t version = 0;
  base::Instant modifiedAt{};
};

struct NewAgency {
  std::string code;
  std::string parent;
  std::string name;
  std::string mail;
  std::string mobile;
  std::string fax;
};

namespace directory_store {

[[nodiscard]] std::optional<HubSystem> findSystem(base::db::Session& session,
                                                  const std::string& systemId);
/// By either form of code, in any case of letters.
[[nodiscard]] std::optional<AgencyRoute> findAgency(base::db::Session& session,
                                                    const std::string& code);
void streamAgencies(base::db::Session& session, const std::function<void(const AgencyRow&)>& visit);
void putSystem(base::db::Session& session, const HubSystem& system, base::Instant now);
void putAgency(base::db::Session& session, const HubAgency& agency, base::Instant now);
/// Adds it under `systemId`, or renews what that system has registered.
void registerAgency(base::db::Session& session, const NewAgency& agency,
                    const std::string& systemId, base::Instant now);
void closeAgency(base::db::Session& session, const std::string& code, base::Instant now);
/// True when these headers were not used before, or with the same body.
[[nodiscard]] bool claimAdminRequest(base::db::Session& session, const std::string& systemId,
                                     const std::string& mac, const std::string& bodySha256,
                                     base::Instant now);

}  // namespace directory_store

}  // namespace exchange::hub
