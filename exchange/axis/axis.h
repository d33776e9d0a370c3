// The axis as an office sees it: send, list, fetch, acknowledge, and the directory of agencies.
// An interface, so that tests put faults between an office and the wire. Not shared between
// threads: each worker has its own.
//
// No call throws for what the axis or the network does: those are `AxisFault` values.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "exchange/axis/protocol.h"

namespace exchange::axis {

/// Why a call did not succeed. Transient: nothing or nonsense came back, or the axis says that it
/// is ill (code 20): the same call may succeed later. Permanent: it will say the same again.
struct AxisFault {
  enum class Kind : std::uint8_t { Transient, Permanent };
  Kind kind = Kind::Transient;
  /// The axis's ErrorCode; `transport`, `garbled` or `argument` (no header can say it) when it gave
  /// none.
  std::string code;
  std::string description;  ///< The axis's ErrorDesc or what happened, for the operator.
};

template <class T>
using AxisResult = tl::expected<T, AxisFault>;

struct OutgoingMessage {
  MessageKind kind = MessageKind::Document;
  std::string from;             ///< Code of the sending agency.
  std::vector<std::string> to;  ///< May be empty: the axis reads the envelope.
  std::filesystem::path file;   ///< The envelope.
  std::string digest;           ///< SHA-256 of the file, 32 bytes.
};

/// One row of getReceivedEdocList. Texts as the axis gave them.
struct ListedMessage {
  std::string docId;
  MessageKind kind = MessageKind::Document;
  std::string from;
  std::string to;
  std::string createdTime;
  std::string status;
};

/// One row of getSentEdocList: one receiver of one message.
struct SentMessage {
  std::string senderDocId;
  std::string receiverDocId;
  std::string fromCode;
  std::string toCode;
  std::string sentTime;
  std::string sendStatus;
  std::string receivedTime;
  std::string receiveStatus;
};

/// One row of the three agency lists; a list leaves empty what it does not tell.
struct ListedAgency {
  std::string id;
  std::string parentId;
  std::string code;     ///< QĐ 20 form.
  std::string code102;  ///< QCVN 102 form.
  std::string oldCode;
  std::string name;
  std::string mail;
  std::string version;
  std::string modifiedAt;
  bool deleted = false;
};

using ByteSink = std::function<void(std::string_view)>;

class Axis {
 public:
  virtual ~Axis() = default;

  /// The axis's docId. The same file sent again gives the same id where the axis is ours.
  virtual AxisResult<std::string> sendEdoc(const OutgoingMessage& message) = 0;
  /// What waits for this system. An empty or unreadable answer means nothing.
  virtual AxisResult<std::vector<ListedMessage>> receivedList(MessageKind kind) = 0;
  /// The envelope, in pieces. After a fault the sink may have received some of them: drop those.
  virtual AxisResult<void> fetch(const std::string& docId, const ByteSink& sink) = 0;
  virtual AxisResult<void> updateStatus(const std::string& docId, TransportState state) = 0;
  /// `docId` empty: all.
  virtual AxisResult<std::vector<SentMessage>> sentList(MessageKind kind,
                                                        const std::string& docId) = 0;
};

/// Row by row, because the national list has more than 110,000.
using AgencyVisitor = std::function<void(const ListedAgency&)>;

}  // namespace exchange::axis
