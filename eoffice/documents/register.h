// The registers of a book, with the columns of the decree's forms (NĐ 30/2020, Phụ lục IV), for
// screen, print and export. Numbers that no document has stand between the others with their reason
// . The caller's own agency's, and those of agencies that it took over: each in its book.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/book_list.h"
#include "eoffice/documents/document.h"

namespace eoffice::documents {

enum class RegisterForm : std::uint8_t {
  Incoming,  ///< Sổ đăng ký văn bản đến
  Outgoing,  ///< Sổ đăng ký văn bản đi
  Handling   ///< Sổ theo dõi giải quyết văn bản đến: what was directed
};
[[nodiscard]] std::string_view nameOf(RegisterForm form);
[[nodiscard]] std::optional<RegisterForm> registerForm(std::string_view name);

struct RegisterQuery {
  RegisterForm form = RegisterForm::Incoming;
  std::int64_t book = 0;  ///< 0: the agency's common book of the year, else its first.
  int year = 0;           ///< Another year than the named book's: the same book of that year.
  unsigned month = 0;     ///< 1 to 12; 0: the whole year.
  int first = 1;          ///< From this number on.
};

struct RegisterLine {
  DocumentId document;    ///< Not valid: a number that no document has.
  int number = 0;         ///< Số đến; of an outgoing book, the number of the document.
  base::LocalDate day{};  ///< Ngày đến; of an outgoing book, the document's date.
  std::string issuerName;
  std::string symbol;
  std::optional<base::LocalDate> issuedDate;
  std::string typeName;
  std::string subject;
  std::string signerName;
  std::string receivers;  ///< Đơn vị/người nhận or nơi nhận, `; ` between.
  std::optional<base::LocalDate> handedOn;  ///< Ngày chuyển.
  int copies = 0;                           ///< Số lượng bản, outgoing.
  std::string keeper;                       ///< Who keeps the file copy, outgoing.
  State state = State::Arrived;
  std::optional<base::LocalDate> due;         ///< Handling.
  std::optional<base::LocalDate> finishedOn;  ///< Handling.
  std::string answers;                        ///< Handling: symbols of the answers.
  std::optional<Aside> aside;                 ///< Of a number that no document has ...
  std::string reason;                         ///< ... and why.
};

/// What a register holds, before its lines.
struct RegisterHead {
  std::vector<Book> books;   ///< Of the year, to choose from.
  std::optional<Book> book;  ///< The one that was asked for.
  int firstNumber = 0;       ///< 0: nothing in this time.
  int lastNumber = 0;
  std::int64_t lines = 0;  ///< Documents in this time.
};

/// Refuses `permission.denied` to those who do not read the whole agency, `book.unknown`.
[[nodiscard]] base::Result<RegisterHead> registerHead(base::db::Session& session,
                                                      const Caller& caller,
                                                      const RegisterQuery& query);

/// Each line of `book` in the order of the numbers, as it comes; `visit` returns false to stop.
void streamRegister(base::db::Session& session, const Book& book, const RegisterQuery& query,
                    const std::function<bool(const RegisterLine&)>& visit);

}  // namespace eoffice::documents
