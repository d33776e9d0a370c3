// The axis itself, for a province: takes in envelopes from systems that prove who they are, keeps
// one queue for each receiver until it says that it has the message, and hands out the directory of
// agencies. Speaks the axis protocol with any client (exchange/axis/protocol.h).
//
// Refuses to know what a document says: it reads who sends, to whom, and which document a status
// answers, and passes the bytes on unchanged, so that the envelope's signature stays valid.
// What it said OK to is in its database and its blob store, synced, before the OK. Routes may run
// in many threads and many processes at once.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/clock.h"
#include "base/db/database.h"
#include "base/http/router.h"
#include "base/http/server.h"
#include "base/metrics.h"
#include "base/result.h"

namespace exchange::hub {

struct HubOptions {
  /// How old a request's timestamp may be. Wide, because the axis's own client computes it once for
  /// its life; see docs/adr/0040-hub-replay.md.
  std::chrono::seconds timestampAge{24 * 3600};
  std::chrono::seconds timestampAhead{15 * 60};  ///< How far in the future.
  std::uint64_t messageLimit = 512ULL << 20;     ///< Bytes of one sent message.
  std::size_t listLimit = 1000;                  ///< Rows of one list answer, oldest first.
  /// How long a message stays after its last receiver said that it has it. Longer than
  /// `timestampAge`: until then a second sending of the same finds the first.
  std::chrono::hours keepFor{90 * 24};
};

/// A system that may speak to the hub.
struct HubSystem {
  std::string systemId;
  std::string secret;
  std::string name;
  bool administrator = false;  ///< May register and close agencies.
};

/// An agency that messages come from and go to.
struct HubAgency {
  std::string code;     ///< QĐ 20 form.
  std::string code102;  ///< QCVN 102 form; may be empty.
  std::string parent;   ///< Code of the agency above; may be empty.
  std::string name;
  std::string mail;
  std::string systemId;  ///< Which system fetches for it; empty: known, but not connected.
  bool closed = false;   ///< Known, takes nothing any more.
};

struct HubDirectory {
  std::vector<HubSystem> systems;
  std::vector<HubAgency> agencies;
};

class Hub {
 public:
  /// All references outlive it. The database has the migrations of migrations/hub.
  Hub(base::db::Database& database, base::BlobStore& blobs, const base::Clock& clock,
      base::Metrics& metrics, HubOptions options = {});
  ~Hub();

  /// Adds and updates systems and agencies; takes nothing away. Idempotent, all or nothing.
  /// Refuses `hub.bad_code`, `hub.code_twice`, `hub.unknown_system`.
  base::Result<void> import(const HubDirectory& directory);

  /// Takes away messages that every receiver has had for `keepFor`, with their files, in small
  /// batches; never one that somebody has still to fetch. Returns how many. For a timer, hourly;
  /// any thread.
  std::size_t purge();

  /// The calls of the protocol: `/sendEdoc`, `/getReceivedEdocList` …
  void addRoutes(base::http::Router& router);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// Answers faults outside of the calls (no such path, body too large, database down) in the
/// protocol's own JSON: FAIL with a code.
class HubDispatcher : public base::http::Dispatcher {
 public:
  base::http::Response dispatch(const base::http::Route& route,
                                base::http::Request& request) override;
  base::http::Response fault(base::http::Fault fault, const base::http::Request& request) override;
};

}  // namespace exchange::hub
