#include "exchange/delivery/outbox_worker.h"

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>
#include <vector>

#include "base/crypto/digest.h"
#include "base/log.h"
#include "exchange/delivery/outbox_store.h"
#include "exchange/delivery/pacing.h"
#include "exchange/delivery/sending.h"

namespace exchange::delivery {

namespace {

using outbox_store::Age;

Age other(Age age) { return age == Age::Fresh ? Age::Deferred : Age::Fresh; }

}  // namespace

struct OutboxWorker::State {
  base::db::Database& database;
  const base::Clock& clock;
  AxisFactory makeAxis;
  OutboxWorkerOptions options;
  Sending sending;
  Pacing pacing;
  base::Counter& sentCounter;
  std::atomic<bool> fresh{true};  ///< Which age the next claim looks at first.

  std::mutex mutex;
  std::condition_variable changed;
  std::uint64_t wakes = 0;
  bool stopping = false;
  std::vector<std::thread> threads;
  std::unique_ptr<axis::Axis> tickAxis;
  bool recovered = false;

  State(base::db::Database& givenDatabase, base::BlobStore& blobs, const base::Clock& givenClock,
        base::Metrics& metrics, SigningKeys& keys, DeliveryEvents& events, AxisFactory axis,
        OutboxWorkerOptions givenOptions)
      : database(givenDatabase),
        clock(givenClock),
        makeAxis(std::move(axis)),
        options(std::move(givenOptions)),
        sending(givenDatabase, blobs, givenClock, keys, events, options),
        pacing({.most = options.threads, .firstPause = options.firstRetry}),
        sentCounter(metrics.counter("delivery_attempts_total", "Messages handed to the axis")) {}

  /// Fresh and deferred take turns, so that a backlog never starves what is new, nor the reverse.
  std::optional<ClaimedMessage> claim(const std::string& token) {
    const base::Instant now = clock.now();
    const Age first = fresh.exchange(!fresh) ? Age::Fresh : Age::Deferred;
    return database.transact([&](base::db::Session& session) {
      auto message = outbox_store::claim(session, first, token, now, now + options.lease);
      return message ? std::move(message)
                     : outbox_store::claim(session, other(first), token, now, now + options.lease);
    });
  }

  /// What this process left claimed when it died is free again.
  void recover() {
    if (!recovered) {
      database.transact(
          [&](base::db::Session& session) { outbox_store::releaseClaims(session, options.node); });
      recovered = true;
    }
  }

  /// Tries one message; false when there is none or the axis must be left alone.
  bool one(axis::Axis& axis) {
    if (!pacing.begin(clock.now())) {
      return false;
    }
    Attempt outcome = Attempt::NotTried;
    try {
      const std::string token = options.node + "/" + base::randomToken(12);
      const auto message = claim(token);
      if (!message) {
        pacing.withdraw();
        return false;
      }
      outcome = sending.attempt(*message, token, axis);
      sentCounter.add();
    } catch (...) {
      pacing.withdraw();
      throw;
    }
    note(outcome);
    return true;
  }

  void note(Attempt outcome) {
    switch (outcome) {
      case Attempt::Answered:
        if (pacing.answered()) {
          base::log::info("delivery.axis_back");
          const base::Instant now = clock.now();
          database.transact(
              [&](base::db::Session& session) { outbox_store::hasten(session, now); });
        }
        return;
      case Attempt::Silent:
        if (!pacing.away()) {
          base::log::warning("delivery.axis_away");
        }
        pacing.silent(clock.now(), chance());
        return;
      case Attempt::NotTried:
        pacing.withdraw();
        return;
    }
  }

  /// Everything that is due.
  std::size_t drain(axis::Axis& axis) {
    std::size_t tried = 0;
    while (one(axis)) {
      ++tried;
    }
    return tried;
  }

  void run() {
    std::unique_ptr<axis::Axis> axis;
    std::unique_lock lock(mutex);
    while (!stopping) {
      const std::uint64_t seen = wakes;
      lock.unlock();
      bool more = false;
      try {
        if (!axis) {
          axis = makeAxis();
        }
        more = one(*axis);
      } catch (const std::exception& error) {
        base::log::error("delivery.worker_failed", {{"reason", error.what()}});
      }
      lock.lock();
      if (more) {
        changed.notify_one();  // Where one was, there may be more for the other threads.
      } else if (!stopping && seen == wakes) {
        changed.wait_for(lock, options.look);
      }
    }
  }
};

OutboxWorker::OutboxWorker(base::db::Database& database, base::BlobStore& blobs,
                           const base::Clock& clock, base::Metrics& metrics, SigningKeys& keys,
                           DeliveryEvents& events, AxisFactory axis, OutboxWorkerOptions options)
    : state_(std::make_unique<State>(database, blobs, clock, metrics, keys, events, std::move(axis),
                                     std::move(options))) {
  const auto gauge = [&](const char* name, auto member) {
    metrics.gauge("delivery_outbox_depth", "Messages in the outbox, by state", {{"state", name}},
                  [state = state_.get(), member] {
                    const auto depth = state->database.read(
                        [](base::db::Session& session) { return outbox_store::depth(session); });
                    return static_cast<double>(depth.*member);
                  });
  };
  gauge("fresh", &outbox_store::Depth::fresh);
  gauge("deferred", &outbox_store::Depth::deferred);
  gauge("given_up", &outbox_store::Depth::givenUp);
  metrics.gauge("delivery_axis_away", "1 while the axis does not answer", {},
                [state = state_.get()] { return state->pacing.away() ? 1.0 : 0.0; });
}

OutboxWorker::~OutboxWorker() { stop(); }

void OutboxWorker::start() {
  state_->recover();
  const std::lock_guard lock(state_->mutex);
  state_->stopping = false;
  for (std::size_t i = state_->threads.size(); i < state_->options.threads; ++i) {
    state_->threads.emplace_back([state = state_.get()] { state->run(); });
  }
}

void OutboxWorker::stop() {
  std::vector<std::thread> threads;
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    threads.swap(state_->threads);
    state_->changed.notify_all();
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
}

void OutboxWorker::wake() {
  const std::lock_guard lock(state_->mutex);
  ++state_->wakes;
  state_->changed.notify_one();
}

std::size_t OutboxWorker::tick() {
  state_->recover();
  if (!state_->tickAxis) {
    state_->tickAxis = state_->makeAxis();
  }
  return state_->drain(*state_->tickAxis);
}

}  // namespace exchange::delivery
