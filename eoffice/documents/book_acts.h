// What is done with books beside giving the next number: the head's decision on how they are
// divided, numbers set aside (reserved, voided), a book that closes before its year ends. Each act
// is one transaction with its audit entry (`book`, `number_scheme`).
#pragma once

#include <optional>
#include <string>

#include "eoffice/documents/book.h"
#include "eoffice/documents/office.h"

namespace eoffice::documents {

/// A series of the caller's agency, as it is today.
struct SeriesRef {
  Direction direction = Direction::Outgoing;
  std::string code;  ///< Empty: the common one.
};

struct SetAside {
  SeriesRef series;
  std::string reason;
  std::string forWhom = {};  ///< Of a reserved number.
  std::optional<base::LocalDate> useBy = {};
  /// The number that the caller saw as the next; 0: any. With it the act is carried out once,
  /// however often it is sent.
  int expected = 0;
};

struct NumberRef {
  std::int64_t book = 0;
  int number = 0;
};

class BookActs {
 public:
  explicit BookActs(Office office) : office_(std::move(office)) {}

  /// The head's decision: counts from `scheme.from` on. Refuses `permission.denied`, what
  /// checkScheme() refuses.
  [[nodiscard]] base::Result<void> decide(const Caller& caller, Direction direction,
                                          Scheme scheme) const;

  /// Keeps the next number of an outgoing series for a document to come. Refuses
  /// `permission.denied`, `field.*`, `series.unknown`, `number.not_reservable` (incoming: numbers
  /// follow the order of receipt), `number.moved_on` (fact `next`), what takeNumber() refuses.
  [[nodiscard]] base::Result<NumberRef> reserve(const Caller& caller, const SetAside& input) const;
  /// Leaves the next number out, for ever, with the reason that the register shows. Refuses
  /// as reserve().
  [[nodiscard]] base::Result<NumberRef> voidNext(const Caller& caller, const SetAside& input) const;
  /// A reserved number that nobody will use. Refuses `number.not_reserved`, `book.unknown`.
  [[nodiscard]] base::Result<void> voidReserved(const Caller& caller, const NumberRef& number,
                                                const std::string& reason) const;
  /// Takes the number from a document that has not gone on: an incoming one that is registered and
  /// no more, an outgoing one that is not issued. The document waits for a number again; the old
  /// one stays a gap with its reason.
  [[nodiscard]] base::Result<void> voidNumberOf(const Caller& caller, const Target& target,
                                                const std::string& reason) const;

  /// No further number, before the year's end. Refuses `permission.denied`, `book.unknown`,
  /// `book.closed_already` (fact `day`).
  [[nodiscard]] base::Result<void> close(const Caller& caller, std::int64_t book,
                                         const std::string& reason) const;

 private:
  [[nodiscard]] base::Result<NumberRef> setAside(const Caller& caller, const SetAside& input,
                                                 bool reserved) const;

  Office office_;
};

/// A reserved number of the series becomes the document's. In the transaction that stores it.
/// Refuses `number.not_reserved` (fact `number`), `number.symbol_given`, what takeNumber() refuses.
[[nodiscard]] base::Result<TakenNumber> useReserved(base::db::Session& session,
                                                    const Caller& caller, const Series& series,
                                                    int number, base::LocalDate day,
                                                    const std::string& notation,
                                                    DocumentId document);

}  // namespace eoffice::documents
