// The words of documents: directions, states, parts, steps, files. Values only; no rule stands
// here. Every enumeration is stored by its code: never renumber, never reuse.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/time.h"
#include "eoffice/ids.h"

namespace eoffice::documents {

enum class Direction : std::uint8_t { Incoming = 1, Outgoing = 2 };

enum class State : std::uint8_t {
  // Incoming
  Arrived = 1,     ///< chờ vào sổ: here, but it obliges nobody yet (R-8)
  Registered = 2,  ///< chờ trình: has its number in the book
  Submitted = 3,   ///< chờ ý kiến: a leader has it
  Directed = 4,    ///< đang xử lý: somebody leads
  Finished = 5,    ///< đã xong
  Refused = 6,     ///< trả lại
  // Outgoing
  Draft = 20,     ///< dự thảo
  InReview = 21,  ///< trình duyệt
  Returned = 22,  ///< trả lại để sửa
  Approved = 23,  ///< chờ ký
  Signed = 24,    ///< chờ cấp số
  Numbered = 25,  ///< chờ đóng dấu
  Sealed = 26,    ///< chờ phát hành
  Issued = 27     ///< đã phát hành
};

/// Why a post may see a document.
enum class Part : std::uint8_t {
  Registrar = 1,  ///< the clerk who registered or issued it
  Submitter = 2,  ///< the head of office who submitted it
  Director = 3,   ///< the leader who was asked or who directed
  Lead = 4,       ///< chủ trì
  Support = 5,    ///< phối hợp
  Informed = 6,   ///< để biết
  Drafter = 7,
  Reviewer = 8,
  Signer = 9,
  Delegate = 10,  ///< stands in for the post that a step waits for
  Assistant = 11  ///< prepares the instruction for the leader who is asked
};

enum class StepKind : std::uint8_t {
  Register = 1,
  Submit = 2,
  Direct = 3,
  Handle = 4,
  Revise = 5,
  Review = 6,
  Sign = 7,
  Number = 8,
  Seal = 9,
  Issue = 10,
  Support = 11,  ///< phối hợp: their share of the work
  Read = 12      ///< để biết: to be read
};

enum class Outcome : std::uint8_t {
  Done = 1,
  Returned = 2,
  Dropped = 3,
  PassedOn = 4,  ///< given to somebody below, or handed over without a leader's instruction
  TakenBack = 5  ///< by who gave it, before it was seen
};

enum class FileKind : std::uint8_t {
  Main = 1,  ///< an incoming document's bytes as they came
  Draft = 2,
  Signed = 3,    ///< with the personal signature
  Numbered = 4,  ///< with number and date
  Sealed = 5,    ///< with the agency's seal: what is issued
  Attachment = 6
};

enum class Source : std::uint8_t { Upload = 1, Exchange = 2 };

/// NĐ 30/2020, Phụ lục I: hỏa tốc > thượng khẩn > khẩn; none is thường.
enum class Urgency : std::uint8_t { Normal = 0, Urgent = 1, VeryUrgent = 2, Express = 3 };

/// Quyền hạn ký (NĐ 30/2020, Điều 13): what stands before the signer's position.
/// these and no others; empty is a signer who signs in their own right.
inline constexpr std::array<std::string_view, 5> kCompetences{"TM.", "KT.", "TL.", "TUQ.", "Q."};
/// `KT.`, or with the position that follows it: `KT. CHỦ TỊCH`.
[[nodiscard]] bool isCompetence(std::string_view text);

struct File {
  std::int64_t id = 0;
  FileKind kind = FileKind::Main;
  int version = 1;
  std::string name;
  std::string mediaType;
  base::BlobRef blob;
  int pages = 0;
  std::string signatureReport;  ///< JSON (intake.h); empty when it was not checked.
  std::string signingPlaces;    ///< JSON (intake.h) of a draft; else empty.
  base::Instant createdAt{};
};

/// What stands in a document's fields (NĐ 30/2020, Phụ lục VI).
struct Fields {
  std::string typeCode;  ///< One of config/document_types.json; empty: công văn.
  std::string typeName;
  std::string codeNumber;    ///< `1234`
  std::string codeNotation;  ///< `UBND-KGVX`
  std::optional<base::LocalDate> issuedDate;
  std::string issuerName;
  std::string subject;
  std::string signerName;
  std::string signerPosition;
  Urgency urgency = Urgency::Normal;
  int pageAmount = 0;
  std::optional<base::LocalDate> dueDate;
  std::string description;
  std::string toPlaces;
};

/// `1234/UBND-KGVX`; a number below 10 gets its zero; empty without a number.
[[nodiscard]] std::string symbolOf(const std::string& number, const std::string& notation);

/// Stable names for JSON and text keys: `incoming`, `arrived`, `hoa_toc` ...
[[nodiscard]] std::string_view nameOf(Direction direction);
[[nodiscard]] std::string_view nameOf(State state);
[[nodiscard]] std::string_view nameOf(StepKind kind);
[[nodiscard]] std::string_view nameOf(Outcome outcome);
[[nodiscard]] std::string_view nameOf(FileKind kind);
[[nodiscard]] std::string_view nameOf(Source source);
[[nodiscard]] std::string_view nameOf(Urgency urgency);
[[nodiscard]] Direction directionOf(State state);
[[nodiscard]] std::optional<State> stateFrom(std::string_view name);
[[nodiscard]] std::optional<Urgency> urgencyFrom(std::string_view name);

}  // namespace eoffice::documents
