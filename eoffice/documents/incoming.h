// The acts on an incoming document, from its arrival to its end. Each act is one transaction with
// its audit entry; what leaves the house (statuses, reminders) is a row of the same transaction.
// Each refuses `permission.denied` without the capability, and what office.h's lockForAct refuses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "eoffice/documents/office.h"

namespace eoffice::documents {

/// What the clerk confirms. Empty `fields.subject` and the like are refused together, each by
/// field.
struct Registration {
  Target target;
  Fields fields;
  std::string secrecy;  ///< Stated by the form; anything but empty or `thường` is refused.
  bool secrecyDenied =
      false;  ///< What was read as a mark of secrecy is none: the clerk has looked.
  bool duplicateConfirmed = false;  ///< The clerk has seen that such a document is here already.
  /// Code of the book (series.h); empty: the one of its type, else the one that the post chose
  /// last.
  std::string book = {};
};

struct Registered {
  DocumentId document;
  int arrivalNumber = 0;
  base::LocalDate arrivalDate{};
};

/// Whom an instruction names: a post, or a unit, which means the post at its head on that day.
struct Receiver {
  Receiver() = default;
  Receiver(PostId named) : post(named) {}
  Receiver(UnitId named) : unit(named) {}
  [[nodiscard]] bool valid() const { return post.valid() || unit.valid(); }

  PostId post;
  UnitId unit;
  std::optional<int> workdays;         ///< A deadline of their own, within the lead's (R-110):
  std::optional<base::LocalDate> due;  ///< one or the other. The lead has the instruction's.
};

/// Bút phê: what is to be done, by whom, until when.
struct Instruction {
  Target target;
  std::string text;
  Receiver lead;  ///< Exactly one (R-9).
  std::vector<Receiver> supports = {};
  std::vector<Receiver> informed = {};
  std::optional<int> workdays = {};         ///< From the next working day; or
  std::optional<base::LocalDate> due = {};  ///< a fixed day. One of both with any support.
};

struct Submission {
  Target target;
  PostId leader;
  std::string note = {};                     ///< What the submitter proposes; may be empty.
  std::optional<Instruction> proposal = {};  ///< Prepared for the leader (proposals.h).
  bool awayConfirmed =
      false;  ///< The submitter knows that the leader is away and nobody stands in.
};

struct Directed {
  std::int64_t task = 0;
  std::optional<base::LocalDate> due;
};

class Incoming {
 public:
  explicit Incoming(Office office);

  /// Takes in a file: it waits for registration. Refuses what PdfReader refuses, and secrets.
  [[nodiscard]] base::Result<DocumentId> receive(const Caller& caller, const Upload& upload);

  /// Gives it its number in the book and reports 03 to a sender on the axis. Refuses
  /// `document.duplicate` (fact `number`; R-7) until it is confirmed, `field.*` for each field.
  [[nodiscard]] base::Result<Registered> registerIncoming(const Caller& caller,
                                                          const Registration& input);

  /// Sends it back with a reason; reports 02 to a sender on the axis.
  [[nodiscard]] base::Result<void> refuseIncoming(const Caller& caller, const Target& target,
                                                  const std::string& reason);

  /// Before a leader (R-8: only what is registered). Refuses `document.no_leader`, and
  /// `routing.leader_away` (facts name, day) until it is confirmed; of a proposal, what a direction
  /// refuses.
  [[nodiscard]] base::Result<void> submit(const Caller& caller, const Submission& input);

  /// Makes the task; where the document came back to the leader, gives its task out again. Refuses
  /// `instruction.*`, `routing.unit_*`, `routing.post_ended`.
  [[nodiscard]] base::Result<Directed> direct(const Caller& caller, const Instruction& input);

  /// The lead's word that all is done; reports 06.
  [[nodiscard]] base::Result<void> finish(const Caller& caller, const Target& target,
                                          const std::string& result);

 private:
  Office office_;
};

}  // namespace eoffice::documents
