#include "exchange/hub/gate_internal.h"

#include "exchange/hub/directory_store.h"

namespace exchange::hub {

namespace {

using axis::error_code::kWrongCredentials;

}  // namespace

Gate::Gate(base::db::Database& database, const base::Clock& clock, const HubOptions& options)
    : database_(&database), clock_(&clock), options_(&options) {}

Outcome<Caller> Gate::admit(const base::http::Request& request) const {
  auto claims = axis::readClaims(request.headers());
  if (!claims) {
    return deny(kWrongCredentials, std::string(axis::sentence(claims.error())));
  }
  std::optional<HubSystem> system;
  if (axis::isCode(claims->systemId)) {
    system = database_->read([&](base::db::Session& session) {
      return directory_store::findSystem(session, claims->systemId);
    });
  }
  // The MAC is computed for unknown systems too, so that time does not tell which ones exist.
  const bool rightMac = axis::macIsRight(*claims, system ? system->secret : std::string("none"));
  if (!system || !rightMac) {
    return deny(kWrongCredentials, "wrong SystemId or SecretKey");
  }
  const base::Instant now = clock_->now();
  if (claims->timestamp < now - options_->timestampAge ||
      claims->timestamp > now + options_->timestampAhead) {
    return deny(kWrongCredentials, "timestamp " + claims->timestampText +
                                       " is too far from the hub's " + axis::timestampText(now));
  }
  return Caller{.systemId = system->systemId,
                .administrator = system->administrator,
                .claims = std::move(*claims)};
}

bool ownsCode(base::db::Session& session, const Caller& caller, const std::string& code) {
  if (code == caller.systemId) {
    return true;
  }
  if (!axis::isCode(code)) {
    return false;
  }
  const auto agency = directory_store::findAgency(session, code);
  return agency && !agency->closed && agency->systemId == caller.systemId;
}

}  // namespace exchange::hub
