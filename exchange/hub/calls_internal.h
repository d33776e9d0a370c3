// The calls of the axis protocol, one function each, called with a caller that the gate let in.
// Folder-internal. Safe from any thread.
#pragma once

#include "base/blob/blob_store.h"
#include "base/clock.h"
#include "base/db/database.h"
#include "base/http/message.h"
#include "exchange/hub/gate_internal.h"
#include "exchange/hub/hub.h"

namespace exchange::hub {

/// What the calls work with; outlives them.
struct Workshop {
  base::db::Database& database;
  base::BlobStore& blobs;
  const base::Clock& clock;
  const HubOptions& options;
};

using base::http::Request;
using base::http::Response;

Response sendEdoc(const Workshop& shop, Request& request, const Caller& caller);
Response receivedList(const Workshop& shop, Request& request, const Caller& caller);
Response getEdoc(const Workshop& shop, Request& request, const Caller& caller);
/// Denials have HTTP status 404: the caller writes the body of a 200 to a file.
Response downloadEdoc(const Workshop& shop, Request& request, const Caller& caller);
Response updateStatus(const Workshop& shop, Request& request, const Caller& caller);
Response sentList(const Workshop& shop, Request& request, const Caller& caller);
Response countEdoc(const Workshop& shop, Request& request, const Caller& caller);
Response countStatus(const Workshop& shop, Request& request, const Caller& caller);
Response agenciesList(const Workshop& shop, Request& request, const Caller& caller);
Response agenciesListQd20(const Workshop& shop, Request& request, const Caller& caller);
Response synchronizeUnit(const Workshop& shop, Request& request, const Caller& caller);
Response registerAgency(const Workshop& shop, Request& request, const Caller& caller);
Response deleteAgency(const Workshop& shop, Request& request, const Caller& caller);

}  // namespace exchange::hub
