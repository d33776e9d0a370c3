#include "exchange/delivery/inbox_poller.h"

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/crypto/digest.h"
#include "base/log.h"
#include "exchange/delivery/pacing.h"
#include "exchange/delivery/receiving.h"
#include "exchange/delivery/sending.h"

namespace exchange::delivery {

struct InboxPoller::State {
  base::db::Database& database;
  const base::Clock& clock;
  AxisFactory makeAxis;
  std::function<void()> answered;
  InboxPollerOptions options;
  Receiving receiving;
  base::Counter& arrivals;
  base::Counter& failures;
  std::string token;
  std::unique_ptr<axis::Axis> axis;
  // The polling thread's only.
  int silences = 0;          ///< Polls in a row that the axis did not answer.
  std::size_t recorded = 0;  ///< What was new in the last poll.
  bool recovered = false;

  std::mutex mutex;
  std::condition_variable changed;
  std::uint64_t wakes = 0;
  bool stopping = false;
  std::thread thread;

  State(ReceivingTools tools, base::Metrics& metrics, AxisFactory factory,
        std::function<void()> afterAnswer, InboxPollerOptions givenOptions)
      : database(tools.database),
        clock(tools.clock),
        makeAxis(std::move(factory)),
        answered(std::move(afterAnswer)),
        options(std::move(givenOptions)),
        receiving(std::move(tools), options),
        arrivals(metrics.counter("delivery_arrivals_total", "Messages taken in from the axis")),
        failures(metrics.counter("delivery_arrival_failures_total",
                                 "Messages that could not be taken in for now")),
        token(options.node + "/" + base::randomToken(12)) {}

  /// What this process left claimed when it died is free again.
  void recover() {
    if (!recovered) {
      const base::Instant now = clock.now();
      database.transact([&](base::db::Session& session) {
        inbox_store::releaseFetches(session, options.node, now);
      });
      recovered = true;
    }
  }

  /// A message that fails stands in nobody's way: it is put off, and the others go on.
  bool deal(const axis::ListedMessage& listed) {
    try {
      const Dealt dealt = receiving.deal(listed, *axis, token);
      if (dealt == Dealt::Recorded) {
        ++recorded;
        arrivals.add();
        answered();
      }
      return dealt == Dealt::Recorded || dealt == Dealt::Repeated;
    } catch (const std::exception& error) {
      failures.add();
      base::log::error("delivery.arrival_failed",
                       {{"doc_id", listed.docId}, {"reason", error.what()}});
      receiving.putOff(listed, "failure");
      return false;
    }
  }

  std::size_t poll() {
    if (!axis) {
      axis = makeAxis();
    }
    std::size_t dealt = 0;
    recorded = 0;
    for (const auto kind : {axis::MessageKind::Document, axis::MessageKind::Status}) {
      const auto list = axis->receivedList(kind);
      if (!list) {
        noteSilence(list.error());
        return dealt;
      }
      for (const axis::ListedMessage& listed : *list) {
        dealt += deal(listed) ? 1 : 0;
      }
      receiving.reconcile(kind, *list);
    }
    if (silences > 0) {
      base::log::info("delivery.poll_back");
    }
    silences = 0;
    return dealt;
  }

  void noteSilence(const axis::AxisFault& fault) {
    if (silences++ == 0) {
      base::log::warning("delivery.poll_failed",
                         {{"code", fault.code}, {"reason", fault.description}});
    }
  }

  /// At once when there was something new (there may be more), else after the interval, else, while
  /// the axis is away, after a growing pause.
  std::chrono::milliseconds pause() const {
    if (silences > 0) {
      return backOff(silences, options.interval, std::max(options.interval, options.longestPause),
                     chance());
    }
    return recorded > 0 ? std::chrono::milliseconds(0) : options.interval;
  }

  void run() {
    std::unique_lock lock(mutex);
    while (!stopping) {
      const std::uint64_t seen = wakes;
      lock.unlock();
      std::chrono::milliseconds wait = options.interval;
      try {
        poll();
        wait = pause();
      } catch (const std::exception& error) {
        base::log::error("delivery.poller_failed", {{"reason", error.what()}});
      }
      lock.lock();
      if (!stopping && seen == wakes && wait.count() > 0) {
        changed.wait_for(lock, wait, [&] { return stopping || seen != wakes; });
      }
    }
  }
};

InboxPoller::InboxPoller(base::db::Database& database, base::BlobStore& blobs,
                         const base::Clock& clock, base::Metrics& metrics, Outbox& outbox,
                         OrganDirectory& organs, AttachmentInspector& inspector,
                         const EnvelopeVerifier* verifier, DeliveryEvents& events,
                         Sentence sentence, AxisFactory axis, std::function<void()> answered,
                         InboxPollerOptions options)
    : state_(std::make_unique<State>(
          ReceivingTools{database, blobs, clock, outbox, organs, inspector, verifier, events,
                         std::move(sentence)},
          metrics, std::move(axis), std::move(answered), std::move(options))) {}

InboxPoller::~InboxPoller() { stop(); }

void InboxPoller::start() {
  state_->recover();
  const std::lock_guard lock(state_->mutex);
  state_->stopping = false;
  if (!state_->thread.joinable()) {
    state_->thread = std::thread([state = state_.get()] { state->run(); });
  }
}

void InboxPoller::stop() {
  {
    const std::lock_guard lock(state_->mutex);
    state_->stopping = true;
    state_->changed.notify_all();
  }
  if (state_->thread.joinable()) {
    state_->thread.join();
  }
}

void InboxPoller::wake() {
  const std::lock_guard lock(state_->mutex);
  ++state_->wakes;
  state_->changed.notify_one();
}

std::size_t InboxPoller::tick() {
  state_->recover();
  return state_->poll();
}

}  // namespace exchange::delivery
