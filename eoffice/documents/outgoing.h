// The acts on an outgoing document: draft, review, signature, number, seal, issue. A file is never
// changed: each act adds the next one. PDF work is done before the transaction that stores
// its result; a document that changed meanwhile is refused there, and nothing is half done.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "eoffice/documents/office.h"

namespace eoffice::documents {

struct NewDraft {
  Upload file;           ///< Without a blob when a draft is revised: its file stays.
  std::string typeName;  ///< One of DocumentTypes.
  std::string notation;  ///< `UBND-KGVX`
  std::string subject;
  Urgency urgency = Urgency::Normal;
  std::string secrecy;
  std::optional<base::LocalDate> replyBy;
  PostId signer;
  std::string competence;  ///< isCompetence(), or empty.
  DocumentId answers;      ///< The incoming document that it answers; may be none.
};

/// What a draft's file holds, before there is a draft.
struct Examined {
  base::BlobRef blob;
  std::string name;
  int pages = 0;
  SigningPlaces places;
};

struct Issue {
  std::vector<std::string> receivers;  ///< Codes of agencies.
  /// When an answer is asked for, or that none is; not given: as the draft says.
  std::optional<std::optional<base::LocalDate>> replyBy;
};

class Outgoing {
 public:
  explicit Outgoing(Office office);

  /// Where signature, number and date would go: for the drafter, before anything is sent up. Keeps
  /// nothing. Refuses what draft() refuses of the file and the signer.
  [[nodiscard]] base::Result<Examined> examine(const Caller& caller, const Upload& file,
                                               PostId signer, const std::string& notation);

  /// Refuses `field.*`, `pdf.*`, `upload.unknown`, secrets, `signing.*` for a file that cannot be
  /// signed, `draft.no_signer`.
  [[nodiscard]] base::Result<DocumentId> draft(const Caller& caller, const NewDraft& input);
  /// Better words, and a better file where `input.file` has one, for a draft that is the caller's
  /// and not under way. What it answers stays.
  [[nodiscard]] base::Result<void> revise(const Caller& caller, const Target& target,
                                          const NewDraft& input);
  /// To the head of the drafter's unit (or above).
  [[nodiscard]] base::Result<void> sendUp(const Caller& caller, const Target& target,
                                          const std::string& note);
  /// Back to the drafter, with a remark (required).
  [[nodiscard]] base::Result<void> returnDraft(const Caller& caller, const Target& target,
                                               const std::string& remark);
  /// On to the signer.
  [[nodiscard]] base::Result<void> approve(const Caller& caller, const Target& target,
                                           const std::string& remark);
  /// With the caller's own key, opened by `pin`. Also refuses `signing.*`.
  [[nodiscard]] base::Result<void> sign(const Caller& caller, const Target& target,
                                        const std::string& pin);
  struct Numbered {
    int number = 0;
    std::string symbol;  ///< `1234/UBND-KGVX`
    base::LocalDate date{};
  };
  /// Number and date, by the system, after the signature, printed on the PDF: the next of
  /// the series of its type, or the `reserved` one. Also refuses what takeNumber() (book.h) and
  /// useReserved() (book_acts.h) refuse.
  [[nodiscard]] base::Result<Numbered> giveNumber(const Caller& caller, const Target& target,
                                                  int reserved = 0);
  /// With the agency's key, by the clerk in person.
  [[nodiscard]] base::Result<void> seal(const Caller& caller, const Target& target,
                                        const std::string& pin);

  /// To receivers by their codes; the envelope leaves from a row of this transaction. Refuses
  /// `issue.no_receiver`, `issue.unknown_receiver` (fact `code`), `issue.receiver_closed`,
  /// `issue.receiver_twice`, `issue.to_oneself`, `field.date_in_past`.
  [[nodiscard]] base::Result<void> issue(const Caller& caller, const Target& target,
                                         const Issue& input);

  /// Tries a delivery again that was given up, with the bytes and the id that it had.
  [[nodiscard]] base::Result<void> retryDelivery(const Caller& caller, DocumentId document,
                                                 std::int64_t delivery);

 private:
  [[nodiscard]] base::Result<void> issueLocked(base::db::Session& session, const Caller& caller,
                                               Document& document, const Issue& input,
                                               base::Instant now);
  [[nodiscard]] base::Result<Numbered> numberOnce(const Caller& caller, const Target& target,
                                                  int reserved, base::Instant now);

  Office office_;
};

}  // namespace eoffice::documents
