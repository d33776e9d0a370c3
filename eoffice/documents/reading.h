// What pages and the API show of one document, with the reader's rights in every query. Lists stand
// in lists.h. Never a query for each row.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/document.h"
#include "eoffice/documents/lists.h"
#include "eoffice/documents/proposals.h"
#include "eoffice/documents/receivers.h"
#include "eoffice/documents/repository.h"
#include "eoffice/documents/views.h"
#include "exchange/delivery/arrived_signature.h"

namespace eoffice::documents {

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
  Chain chain;                       ///< Of an incoming document: who gave what to whom.
  std::optional<Proposal> proposal;  ///< That waits for the leader's word.
  bool mayPropose = false;  ///< The caller may prepare the instruction of the leader who is asked.
  std::vector<Look> views;  ///< Of an incoming document: who opened it.
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
