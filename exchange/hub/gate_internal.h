// Lets a request in: its headers are what they claim to be, its MAC is that of a known system, its
// time is near. Knows nothing of calls. Folder-internal. Safe from any thread.
#pragma once

#include <string>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/http/message.h"
#include "exchange/axis/protocol.h"
#include "exchange/hub/hub.h"
#include "exchange/hub/replies_internal.h"

namespace exchange::hub {

/// A system that has proved who it is, and the arguments that it signed.
struct Caller {
  std::string systemId;
  bool administrator = false;
  axis::Claims claims;

  [[nodiscard]] std::string argument(std::string_view name) const { return claims.value(name); }
};

class Gate {
 public:
  Gate(base::db::Database& database, const base::Clock& clock, const HubOptions& options);
  /// Denies with code 15.
  [[nodiscard]] Outcome<Caller> admit(const base::http::Request& request) const;

 private:
  base::db::Database* database_;
  const base::Clock* clock_;
  const HubOptions* options_;
};

/// Whether `code` is `caller`'s own: its system id, or an open agency that it fetches for.
[[nodiscard]] bool ownsCode(base::db::Session& session, const Caller& caller,
                            const std::string& code);

}  // namespace exchange::hub
