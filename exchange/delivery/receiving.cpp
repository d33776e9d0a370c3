#include "exchange/delivery/receiving.h"

#include <algorithm>

#include "base/log.h"
#include "exchange/delivery/pacing.h"
#include "exchange/delivery/sending.h"

namespace exchange::delivery {

namespace {

constexpr std::chrono::milliseconds kFirstRetry{1000};
constexpr std::chrono::milliseconds kLongestRetry{600'000};

}  // namespace

Receiving::Receiving(ReceivingTools tools, const InboxPollerOptions& options)
    : tools_(std::move(tools)), options_(&options) {}

Dealt Receiving::deal(const axis::ListedMessage& listed, axis::Axis& axis,
                      const std::string& token) {
  const auto known = tools_.database.read(
      [&](base::db::Session& session) { return inbox_store::findKnown(session, listed.docId); });
  if (known) {
    return acknowledge(listed.docId, known->unreadable, axis, Dealt::Repeated);
  }
  const base::Instant now = tools_.clock.now();
  const bool mine = tools_.database.transact([&](base::db::Session& session) {
    return inbox_store::claimFetch(session, listed.docId, token, now, now + options_->lease);
  });
  if (!mine) {
    return Dealt::Busy;
  }
  const auto raw = fetch(listed.docId, axis);
  if (!raw) {
    putOff(listed, raw.error().code + ": " + raw.error().description);
    return Dealt::Later;
  }
  const auto report = readEnvelope(tools_.blobs.path(raw->sha256), tools_.blobs,
                                   ReadOptions{.temporary = options_->temporary});
  if (!report) {
    if (!recordUnreadable(listed, *raw, report.error())) {
      putOff(listed, report.error().code);
      return Dealt::Later;
    }
    return acknowledge(listed.docId, true, axis, Dealt::Recorded);
  }
  if (report->kind() == EnvelopeKind::Document) {
    recordDocument(listed, *raw, *report);
  } else {
    recordStatus(listed, *raw, *report);
  }
  return acknowledge(listed.docId, false, axis, Dealt::Recorded);
}

void Receiving::putOff(const axis::ListedMessage& listed, const std::string& why) {
  const base::Instant now = tools_.clock.now();
  const auto wait = tools_.database.transact([&](base::db::Session& session) {
    const auto pause = backOff(inbox_store::fetchAttempts(session, listed.docId), kFirstRetry,
                               kLongestRetry, chance());
    inbox_store::deferFetch(session, listed.docId, now + pause);
    return pause;
  });
  base::log::warning("delivery.arrival_put_off",
                     {{"doc_id", listed.docId}, {"reason", why}, {"seconds", wait.count() / 1000}});
}

Dealt Receiving::acknowledge(const std::string& docId, bool unreadable, axis::Axis& axis,
                             Dealt dealt) {
  const auto told = axis.updateStatus(
      docId, unreadable ? axis::TransportState::Fail : axis::TransportState::Done);
  if (!told) {
    // It stays listed and is acknowledged with the next poll.
    base::log::warning("delivery.not_acknowledged",
                       {{"doc_id", docId}, {"code", told.error().code}});
    return Dealt::Later;
  }
  tools_.database.transact([&](base::db::Session& session) {
    inbox_store::setAcknowledged(session, docId, tools_.clock.now());
    inbox_store::endFetch(session, docId);
  });
  return dealt;
}

void Receiving::reconcile(axis::MessageKind kind, const std::vector<axis::ListedMessage>& list) {
  auto open = tools_.database.read(
      [&](base::db::Session& session) { return inbox_store::unacknowledged(session, kind); });
  const auto isListed = [&](const std::string& docId) {
    return std::any_of(list.begin(), list.end(),
                       [&](const axis::ListedMessage& listed) { return listed.docId == docId; });
  };
  open.erase(std::remove_if(open.begin(), open.end(), isListed), open.end());
  if (open.empty()) {
    return;
  }
  tools_.database.transact([&](base::db::Session& session) {
    for (const std::string& docId : open) {
      inbox_store::setAcknowledged(session, docId, tools_.clock.now());
      inbox_store::endFetch(session, docId);
    }
  });
}

axis::AxisResult<base::BlobRef> Receiving::fetch(const std::string& docId, axis::Axis& axis) {
  const auto writer = tools_.blobs.begin();
  const auto fetched = axis.fetch(docId, [&](std::string_view bytes) { writer->write(bytes); });
  return fetched ? axis::AxisResult<base::BlobRef>(writer->keep())
                 : tl::unexpected(fetched.error());
}

}  // namespace exchange::delivery
