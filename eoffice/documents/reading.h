// What pages and the API show of documents, with the reader's rights in every query: lists, counts,
// one document whole, search. Never a query for each row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/document.h"
#include "eoffice/documents/repository.h"
#include "exchange/delivery/arrived_signature.h"

namespace eoffice::documents {

/// One line of a list.
struct ListRow {
  DocumentId id;
  Direction direction = Direction::Incoming;
  State state = State::Arrived;
  std::string symbol;
  std::string subject;
  std::string issuerName;
  std::optional<base::LocalDate> issuedDate;
  Urgency urgency = Urgency::Normal;
  std::optional<base::LocalDate> dueDate;
  std::optional<int> arrivalNumber;
  std::optional<Source> source;
  base::Instant since{};  ///< Arrived at, or the step was opened at.
};

/// The lists of the navigation. Each has a count that opens exactly it.
enum class Box : std::uint8_t {
  ToRegister,
  ToSubmit,
  ToDirect,
  ToHandle,
  ToRevise,
  ToReview,
  ToSign,
  ToNumber,
  ToSeal,
  ToIssue,
  ToSupport,
  ToRead
};

struct ListFilter {
  std::optional<Direction> direction;
  std::optional<State> state;
  std::string words;                        ///< Each word must be found; folded.
  std::optional<base::LocalDate> from, to;  ///< Registered or issued on these days, inclusive.
  std::optional<Urgency> urgency;
};

/// Counting all rows of a list may cost more than reading one page of it.
enum class Total : std::uint8_t { Counted, NotCounted };

struct Page {
  int number = 1;  ///< From 1.
  int size = 50;   ///< 1 to 200.
  Total total = Total::Counted;
};

struct ListResult {
  std::vector<ListRow> rows;
  bool more = false;       ///< There is a next page.
  std::int64_t total = 0;  ///< 0 when it was not counted.
};

/// What waits in a box for the caller, urgent first, then oldest first.
[[nodiscard]] ListResult inBox(base::db::Session& session, const Caller& caller, Box box,
                               const Page& page);
/// All counts of the navigation in one query; index by `static_cast<size_t>(Box)`.
[[nodiscard]] std::vector<std::int64_t> boxCounts(base::db::Session& session, const Caller& caller);

/// Every document that the caller may see, newest first.
[[nodiscard]] ListResult list(base::db::Session& session, const Caller& caller,
                              const ListFilter& filter, const Page& page);

struct StepLine {
  StepKind kind = StepKind::Register;
  std::string assignedName;  ///< Person, or empty for a role.
  std::optional<int> assignedRole;
  base::Instant openedAt{};
  std::string note;
  std::optional<base::Instant> doneAt;
  std::string doneByName;
  std::string doneByTitle;
  std::string onBehalfOfName;  ///< When a delegate acted.
  std::optional<Outcome> outcome;
  std::string remark;
};

struct InstructionLine {
  PostId leader;
  std::string leaderName;
  std::string leaderTitle;
  std::string text;
  std::optional<base::LocalDate> due;
  std::int64_t task = 0;
  base::Instant at{};
};

/// One document with everything its page shows.
struct Detail {
  Document document;
  std::vector<File> files;  ///< Every version, by kind and version.
  std::vector<StepLine> steps;
  std::vector<InstructionLine> instructions;
  std::vector<std::pair<std::string, std::string>> receivers;  ///< Code, name.
  std::vector<ListRow> answers;     ///< Outgoing documents that answer this one.
  std::optional<ListRow> answered;  ///< The incoming document that this one answers.
  std::vector<StepKind> open;       ///< Open steps that wait for the caller.
  std::string drafterName, reviewerName, signerName;
  /// Of the envelope that brought it; empty for a document that was uploaded.
  std::optional<exchange::delivery::ArrivedSignature> envelopeSignature;
};

[[nodiscard]] bool maySee(base::db::Session& session, const Caller& caller, DocumentId id);
[[nodiscard]] std::optional<Detail> detail(base::db::Session& session, const Caller& caller,
                                           DocumentId id);

/// The file, if the caller may see its document.
[[nodiscard]] std::optional<File> fileFor(base::db::Session& session, const Caller& caller,
                                          DocumentId id, std::int64_t file);

}  // namespace eoffice::documents
