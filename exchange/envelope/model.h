// What an edXML envelope says, in our words: the national exchange format (QCVN 102:2016/BTTTT,
// dialect A) as plain values. Knows nothing of XML, of bytes or of who may send. The element's name
// stands beside a field where ours differs. Value types; safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/time.h"

namespace exchange {

/// A day as a foreign envelope wrote it. `text` is kept whatever it is; `day` is empty when the
/// text is in none of the known forms or names no real day; `standard` when it is `yyyy/MM/dd`.
struct EnvelopeDate {
  std::string text = {};
  std::optional<base::LocalDate> day = {};
  bool standard = true;
  [[nodiscard]] static EnvelopeDate of(base::LocalDate date);
};

/// The same for an instant (`yyyy/MM/dd HH:mm:ss`, Asia/Ho_Chi_Minh).
struct EnvelopeTime {
  std::string text = {};
  std::optional<base::Instant> instant = {};
  bool standard = true;
  [[nodiscard]] static EnvelopeTime of(base::Instant instant);
};

/// Sender or receiver. Only the id is needed.
struct Organ {
  std::string organId = {};
  std::string inCharge = {};  ///< OrganizationInCharge: the parent body, as text.
  std::string name = {};
  std::string address = {};
  std::string email = {};
  std::string telephone = {};
  std::string fax = {};
  std::string website = {};
};

/// Số và ký hiệu.
struct DocumentCode {
  std::string number = {};
  std::string notation = {};
  /// `1234/UBND-KGVX`: what statuses call Code.
  [[nodiscard]] std::string text() const;
};

/// Receivers go by the name: the numbers mean different things to different senders.
struct DocumentType {
  std::optional<int> type = {};  ///< 1 legal normative, 2 administrative.
  std::optional<int> detail = {};
  std::string name = {};
};

struct SignerInfo {
  std::string competence = {};  ///< `KT. CHỦ TỊCH`
  std::string position = {};
  std::string fullName = {};
};

struct OtherInfo {
  std::optional<int> priority = {};  ///< 0 normal, 1 urgent, 2 very, 3 express, 4 express by hour.
  std::string sphere = {};           ///< SphereOfPromulgation
  std::string typerNotation = {};
  std::optional<int> copies = {};  ///< PromulgationAmount
  std::optional<int> pages = {};   ///< PageAmount
  std::optional<bool> direction = {};
  std::vector<std::string> appendixes = {};
};

/// The document that this one answers.
struct ResponseFor {
  std::string organId = {};
  std::string code = {};  ///< number/notation
  EnvelopeDate promulgationDate = {};
  std::string documentId = {};
};

struct TraceHeader {
  std::string organId = {};  ///< Empty also where the sender wrote "null".
  EnvelopeTime timestamp = {};
};

struct StaffInfo {
  std::string department = {};
  std::string departmentId = {};
  std::string staff = {};
  std::string staffId = {};
  std::string email = {};
  std::string mobile = {};
};

/// BussinessDocType: the numbers of the wire.
enum class BusinessKind : std::uint8_t { New = 0, Revoke = 1, Update = 2, Replace = 3 };

struct ReceiverChange {
  std::string organId = {};
  bool added = true;  ///< ReceiverType 1; 0 is removed.
};

struct Replacement {
  std::string documentId = {};
  std::vector<std::string> organIds = {};  ///< Who had the replaced document.
};

/// Element `Bussiness` (sic).
struct Business {
  std::string documentId = {};  ///< The document that is revoked or updated.
  std::optional<BusinessKind> kind = BusinessKind::New;  ///< Empty: a number we do not know.
  std::string reason = {};
  bool paper = false;  ///< A paper copy goes as well.
  bool contentChanged = false;
  bool receiversChanged = false;
  std::vector<ReceiverChange> receivers = {};
  std::vector<Replacement> replacements = {};
  std::vector<StaffInfo> staff = {};
};

/// A file that travels with the document. What a reader gives has `name` made safe for a file
/// system and `mediaType` taken from the bytes; what a writer takes needs `name` and `blob`.
struct Attachment {
  std::string contentId = {};  ///< Without `cid:`; the writer numbers where it is empty.
  std::string name = {};
  std::string description = {};
  base::BlobRef blob = {};  ///< Decoded and unzipped bytes; empty hash: could not be read.
  std::string mediaType = {};
  std::string originalName = {};  ///< As it came.
  std::string declaredType = {};  ///< ContentType as it came; tells nothing.
};

/// Message type `edoc`.
struct DocumentEnvelope {
  Organ from = {};
  std::vector<Organ> to = {};
  std::string documentId = {};  ///< The business id; opaque.
  DocumentCode code = {};
  std::string place = {};
  EnvelopeDate promulgationDate = {};
  DocumentType type = {};
  std::string subject = {};
  std::string content = {};
  SignerInfo signer = {};
  EnvelopeDate dueDate = {};
  OtherInfo other = {};
  std::vector<ResponseFor> responseFor = {};
  std::optional<int> steeringType = {};  ///< 0 none, 1 steering, 2 steering with report.
  std::vector<std::string> toPlaces = {};
  std::vector<TraceHeader> traces = {};
  Business business = {};
  std::vector<Attachment> attachments = {};
};

/// Message type `status`. It names no receiver.
struct StatusEnvelope {
  Organ from = {};
  ResponseFor responseFor = {};
  StaffInfo staff = {};
  std::string statusCode = {};  ///< Two digits: 01 02 03 04 05 06 13 15 16; others are kept.
  std::string description = {};
  EnvelopeTime timestamp = {};
};

}  // namespace exchange
