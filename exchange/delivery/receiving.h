// One message of the axis's list: fetched, kept, read, judged, recorded together with our answer,
// acknowledged. Knows no threads. Folder-internal.
#pragma once

#include <string>
#include <vector>

#include "exchange/axis/axis.h"
#include "exchange/delivery/inbox_poller.h"
#include "exchange/delivery/inbox_store.h"
#include "exchange/envelope/reader.h"

namespace exchange::delivery {

/// Everything that an arrival is dealt with by; outlives the poller's work.
struct ReceivingTools {
  base::db::Database& database;
  base::BlobStore& blobs;
  const base::Clock& clock;
  Outbox& outbox;
  OrganDirectory& organs;
  AttachmentInspector& inspector;
  const EnvelopeVerifier* verifier;
  DeliveryEvents& events;
  Sentence sentence;
};

/// What became of one listed message.
enum class Dealt : std::uint8_t {
  Recorded,  ///< New in our books, and acknowledged.
  Repeated,  ///< Was there already; acknowledged again.
  Busy,      ///< Another worker has it, or it is not yet its turn again.
  Later      ///< Something failed for now; tried again after a while.
};

class Receiving {
 public:
  Receiving(ReceivingTools tools, const InboxPollerOptions& options);
  /// Throws what the database and the blob store throw.
  Dealt deal(const axis::ListedMessage& listed, axis::Axis& axis, const std::string& token);
  /// Notes as acknowledged what the axis does not list any more: we were killed between telling it
  /// and noting that.
  void reconcile(axis::MessageKind kind, const std::vector<axis::ListedMessage>& list);
  /// Ends the claim after an exception of deal().
  void putOff(const axis::ListedMessage& listed, const std::string& why);

 private:
  Dealt acknowledge(const std::string& docId, bool unreadable, axis::Axis& axis, Dealt dealt);
  axis::AxisResult<base::BlobRef> fetch(const std::string& docId, axis::Axis& axis);
  bool recordUnreadable(const axis::ListedMessage& listed, const base::BlobRef& raw,
                        const base::Refusal& why);
  void recordDocument(const axis::ListedMessage& listed, const base::BlobRef& raw,
                      const ReadReport& report);
  void recordStatus(const axis::ListedMessage& listed, const base::BlobRef& raw,
                    const ReadReport& report);
  void recordFor(base::db::Session& session, const axis::ListedMessage& listed,
                 ReceivedDocument& received, std::optional<base::Refusal> refusal);
  void applyStatus(base::db::Session& session, NewInboxRow row, const StatusEnvelope& status,
                   const std::string& receiver);
  void refuseWith(base::db::Session& session, InboxId inbox, const base::Refusal& why);

  ReceivingTools tools_;
  const InboxPollerOptions* options_;
};

}  // namespace exchange::delivery
