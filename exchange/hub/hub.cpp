#include "exchange/hub/hub.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/log.h"
#include "base/text.h"
#include "exchange/hub/arrival_internal.h"
#include "exchange/hub/calls_internal.h"
#include "exchange/hub/directory_store.h"
#include "exchange/hub/message_store.h"
#include "exchange/hub/purge_internal.h"

namespace exchange::hub {

namespace {

using base::http::Method;

constexpr std::uint64_t kSmallBody = 64 * 1024;

using Call = Response (*)(const Workshop&, Request&, const Caller&);

struct CallRow {
  const char* path;
  const char* name;
  Call call;
  std::vector<Method> methods;
  base::log::Level logged = base::log::Level::Info;
};

/// What every system asks every few seconds.
constexpr base::log::Level kPoll = base::log::Level::Debug;

const std::vector<CallRow>& callTable() {
  static const std::vector<CallRow> kCalls = {
      {"/sendEdoc", "axis.send", sendEdoc, {Method::Post}},
      {"/getReceivedEdocList", "axis.received", receivedList, {Method::Post}, kPoll},
      {"/getEdoc", "axis.get", getEdoc, {Method::Post}},
      {"/downloadEdoc", "axis.download", downloadEdoc, {Method::Get}},
      {"/updateStatus", "axis.update_status", updateStatus, {Method::Post}},
      {"/getSentEdocList", "axis.sent", sentList, {Method::Post}},
      {"/countReceiveEdoc", "axis.count_documents", countEdoc, {Method::Post, Method::Get}, kPoll},
      {"/countReceiveStatus",
       "axis.count_statuses",
       countStatus,
       {Method::Post, Method::Get},
       kPoll},
      {"/getAgenciesList", "axis.agencies", agenciesList, {Method::Post}},
      {"/getAgenciesListQD20", "axis.agencies_qd20", agenciesListQd20, {Method::Post}},
      {"/getSynchronizeUnit", "axis.synchronize", synchronizeUnit, {Method::Post}},
      {"/registerAgency", "axis.register_agency", registerAgency, {Method::Post}},
      {"/deleteAgency", "axis.delete_agency", deleteAgency, {Method::Post}},
  };
  return kCalls;
}

base::Refusal fault(const char* code, std::string subject) {
  return {base::RefusalKind::Invalid, code, "", {{"code", std::move(subject)}}, {}};
}

/// Faults of the import that the import alone shows.
std::vector<base::Refusal> faultsOf(const HubDirectory& directory) {
  std::vector<base::Refusal> faults;
  std::set<std::string> systems;
  for (const HubSystem& system : directory.systems) {
    if (!axis::isCode(system.systemId) || system.secret.empty()) {
      faults.push_back(fault("hub.bad_code", system.systemId));
    }
    if (!systems.insert(system.systemId).second) {
      faults.push_back(fault("hub.code_twice", system.systemId));
    }
  }
  std::set<std::string> codes;
  for (const HubAgency& agency : directory.agencies) {
    if (!axis::isCode(agency.code) || (!agency.code102.empty() && !axis::isCode(agency.code102)) ||
        (!agency.parent.empty() && !axis::isCode(agency.parent))) {
      faults.push_back(fault("hub.bad_code", agency.code));
    }
    if (!codes.insert(base::lowerAscii(agency.code)).second ||
        (!agency.code102.empty() &&
         base::lowerAscii(agency.code102) != base::lowerAscii(agency.code) &&
         !codes.insert(base::lowerAscii(agency.code102)).second)) {
      faults.push_back(fault("hub.code_twice", agency.code));
    }
  }
  return faults;
}

/// Faults that only the rows show.
std::vector<base::Refusal> faultsAgainst(base::db::Session& session,
                                         const HubDirectory& directory) {
  std::vector<base::Refusal> faults;
  for (const HubAgency& agency : directory.agencies) {
    const bool unknownSystem =
        !agency.systemId.empty() &&
        (!axis::isCode(agency.systemId) || !directory_store::findSystem(session, agency.systemId));
    if (unknownSystem) {
      faults.push_back(fault("hub.unknown_system", agency.systemId));
    }
    for (const std::string& code : {agency.code, agency.code102}) {
      const auto holder = code.empty() ? std::nullopt : directory_store::findAgency(session, code);
      if (holder && base::lowerAscii(holder->code) != base::lowerAscii(agency.code)) {
        faults.push_back(fault("hub.code_twice", code));
      }
    }
  }
  return faults;
}

}  // namespace

struct Hub::State {
  base::db::Database& database;
  base::Metrics& metrics;
  HubOptions options;
  Workshop shop;
  Gate gate;

  State(base::db::Database& givenDatabase, base::BlobStore& blobs, const base::Clock& clock,
        base::Metrics& givenMetrics, HubOptions givenOptions)
      : database(givenDatabase),
        metrics(givenMetrics),
        options(givenOptions),
        shop{database, blobs, clock, options},
        gate(database, clock, options) {}

  Response answer(const CallRow& row, Request& request) {
    const auto caller = gate.admit(request);
    if (!caller) {
      base::log::warning("hub.denied", {{"call", row.name},
                                        {"code", caller.error().code},
                                        {"reason", caller.error().description},
                                        {"address", request.clientAddress}});
      metrics.counter("hub_denied_total", "Requests without a valid MAC or time").add();
      // Read to the end: who is cut off in the middle of a file never reads why.
      if (request.contentLength().value_or(0) > 0) {
        drain(request.body(), options.messageLimit);
      }
      return fail(caller.error(), row.call == downloadEdoc ? 401 : 200);
    }
    return row.call(shop, request, *caller);
  }

  double depth(axis::MessageKind kind) {
    return static_cast<double>(database.read(
        [&](base::db::Session& session) { return message_store::depth(session, kind); }));
  }
};

Hub::Hub(base::db::Database& database, base::BlobStore& blobs, const base::Clock& clock,
         base::Metrics& metrics, HubOptions options)
    : state_(std::make_unique<State>(database, blobs, clock, metrics, options)) {
  for (const auto kind : {axis::MessageKind::Document, axis::MessageKind::Status}) {
    metrics.gauge("hub_queue_depth", "Messages that wait to be fetched or acknowledged",
                  {{"kind", std::string(axis::wireName(kind))}},
                  [state = state_.get(), kind] { return state->depth(kind); });
  }
}

Hub::~Hub() = default;

base::Result<void> Hub::import(const HubDirectory& directory) {
  if (auto faults = faultsOf(directory); !faults.empty()) {
    return base::refuseAll(std::move(faults));
  }
  const base::Instant now = state_->shop.clock.now();
  return state_->database.transact([&](base::db::Session& session) -> base::Result<void> {
    for (const HubSystem& system : directory.systems) {
      directory_store::putSystem(session, system, now);
    }
    if (auto faults = faultsAgainst(session, directory); !faults.empty()) {
      return base::refuseAll(std::move(faults));
    }
    for (const HubAgency& agency : directory.agencies) {
      directory_store::putAgency(session, agency, now);
    }
    return {};
  });
}

std::size_t Hub::purge() {
  const std::size_t messages = purgeRows(state_->shop, state_->shop.clock.now());
  const std::size_t files = purgeFiles(state_->shop);
  if (messages + files > 0) {
    base::log::info("hub.purged", {{"messages", messages}, {"files", files}});
  }
  return messages;
}

void Hub::addRoutes(base::http::Router& router) {
  for (const CallRow& row : callTable()) {
    for (const Method method : row.methods) {
      const bool large = row.call == sendEdoc;
      router.add({.method = method,
                  .pattern = row.path,
                  .name = row.name,
                  .handler = [state = state_.get(),
                              &row](Request& request) { return state->answer(row, request); },
                  .bodyLimit = large ? state_->options.messageLimit : kSmallBody,
                  .logged = row.logged});
    }
  }
}

base::http::Response HubDispatcher::dispatch(const base::http::Route& route,
                                             base::http::Request& request) {
  return route.handler(request);
}

base::http::Response HubDispatcher::fault(base::http::Fault fault, const base::http::Request&) {
  using base::http::Fault;
  namespace error_code = axis::error_code;
  const auto denied = [](std::string_view code, const char* description, int status) {
    return fail({std::string(code), description}, status);
  };
  switch (fault) {
    case Fault::BadRequest:
      return denied(error_code::kWrongFormat, "the request is no valid HTTP", 400);
    case Fault::NotFound:
      return denied(error_code::kWrongFormat, "there is no such call", 404);
    case Fault::MethodNotAllowed:
      return denied(error_code::kWrongFormat, "the call is made by another method", 405);
    case Fault::TooLarge:
      return denied(error_code::kInvalidFile, "the file is larger than this hub takes", 413);
    case Fault::HeadersTooLarge:
      return denied(error_code::kWrongFormat, "the headers are too large", 431);
    case Fault::Timeout:
      return denied(error_code::kSystem, "the request took too long", 408);
    case Fault::Internal:
      return denied(error_code::kSystem, "the hub failed; try again later", 500);
    case Fault::Unavailable:
      return denied(error_code::kSystem, "the hub is busy or ill; try again later", 503);
  }
  return denied(error_code::kSystem, "the hub failed; try again later", 500);
}

}  // namespace exchange::hub
