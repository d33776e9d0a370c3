// What delivery needs from the office and what it tells it. The layer above implements these;
// delivery knows nothing of offices, people or books.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/db/database.h"
#include "base/result.h"
#include "base/time.h"
#include "exchange/axis/axis.h"
#include "exchange/delivery/states.h"
#include "exchange/envelope/finding.h"
#include "exchange/envelope/model.h"
#include "exchange/signature/signer.h"
#include "exchange/signature/verifier.h"

namespace exchange::delivery {

/// Agencies and their two forms of code. Called from the workers' threads, inside a transaction.
class OrganDirectory {
 public:
  virtual ~OrganDirectory() = default;
  /// The one form in which codes are compared (QĐ 20); a code that nobody knows comes back as it
  /// is. By exact membership, never by parts of the text.
  virtual std::string canonical(base::db::Session& session, const std::string& code) = 0;
  /// True for an agency that this deployment serves.
  virtual bool isOwn(base::db::Session& session, const std::string& code) = 0;
  /// Names and addresses of an own agency, as `From` shows them; `organId` is the form to send.
  virtual Organ describe(base::db::Session& session, const std::string& code) = 0;
};

/// The key that signs what `organId` sends. Null: envelopes of that agency go out unsigned.
class SigningKeys {
 public:
  virtual ~SigningKeys() = default;
  virtual const EnvelopeSigner* signerFor(const std::string& organId) = 0;
};

/// What looking into one file showed.
struct AttachmentRemark {
  enum class Weight : std::uint8_t { Note, Damaged };
  Weight weight = Weight::Note;
  std::string code;  ///< `pdf.signature_valid`, `pdf.unreadable`
  std::string text;  ///< For the clerk; may be empty.
};

/// Looks into files that arrived (PDF parser, PDF signatures). May take long: called outside of any
/// transaction, from the inbox's thread.
class AttachmentInspector {
 public:
  virtual ~AttachmentInspector() = default;
  /// A remark of weight Damaged refuses the document with status 02.
  virtual std::vector<AttachmentRemark> inspect(const Attachment& attachment) = 0;
};

/// A document that arrived, checked.
struct ReceivedDocument {
  InboxId inbox;
  std::string receiver;  ///< The own agency that it is for, canonical.
  DocumentEnvelope envelope;
  base::BlobRef raw;  ///< The envelope as it came: the record.
  base::Instant arrivedAt{};
  std::vector<Finding> findings;                       ///< What the reader forgave.
  SignatureReport signature;                           ///< Recorded, never a reason to refuse.
  std::vector<std::vector<AttachmentRemark>> remarks;  ///< One list for each attachment.
  /// An earlier document of this sender has the same id and other content.
  bool sameIdOtherContent = false;
};

/// Something new about a document that we sent to one receiver.
struct DeliveryChange {
  DocumentRef document = 0;
  std::string organId;
  DeliveryEvent event;
  DeliveryState before = DeliveryState::Accepted;
  DeliveryState now = DeliveryState::Accepted;  ///< May be `before`: late news changes no state.
};

/// The sender of a document that we have asks for it back (13).
struct RecallRequest {
  InboxId inbox;             ///< Of the document.
  DocumentRef document = 0;  ///< What documentArrived() returned for it.
  std::string reason;
  StaffInfo staff;
  base::Instant at{};
};

/// What the office is told. Each is called inside the transaction that records the same, so that
/// both stand or neither; each thing is told once. An exception rolls back and is tried again
/// later.
class DeliveryEvents {
 public:
  virtual ~DeliveryEvents() = default;
  /// Returns the office's number for it; 0 where it has none. Recall, update and replacement
  /// (`envelope.business.kind`) arrive here too, as what they are.
  virtual DocumentRef documentArrived(base::db::Session& session,
                                      const ReceivedDocument& document) = 0;
  /// Answered with 02 by itself. `why.code`: `arrival.misaddressed`, `arrival.secret`,
  /// `arrival.damaged`.
  virtual void documentRefused(base::db::Session& session, const ReceivedDocument& document,
                               const base::Refusal& why) = 0;
  virtual void deliveryChanged(base::db::Session& session, const DeliveryChange& change) = 0;
  virtual void recallAsked(base::db::Session& session, const RecallRequest& request) = 0;
  /// An answer of ours (`statusCode`) to a received document could not be sent.
  virtual void answerFailed(base::db::Session& session, InboxId inbox,
                            const std::string& statusCode, const std::string& why) = 0;
};

/// Each worker thread has an axis of its own.
using AxisFactory = std::function<std::unique_ptr<axis::Axis>()>;
/// The sentence of a refusal, for the Description of status 02 (Vietnamese).
using Sentence = std::function<std::string(const base::Refusal&)>;

}  // namespace exchange::delivery
