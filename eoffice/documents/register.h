// The register of a year, with the columns of the decree's form (NĐ 30/2020, Phụ lục IV), for
// screen and print: the caller's own agency's. A register of an agency that was taken over is
// another book with numbers of its own, and never runs between these.
#pragma once

#include <string>
#include <vector>

#include "base/db/database.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/document.h"

namespace eoffice::documents {

struct RegisterLine {
  DocumentId document;
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
};

struct RegisterPage {
  std::vector<RegisterLine> lines;
  std::int64_t total = 0;
};

/// `size` lines from the `first` number (1 is the year's first), in the order of the numbers. Only
/// for callers who read the whole agency; others get none.
[[nodiscard]] RegisterPage registerOf(base::db::Session& session, const Caller& caller,
                                      Direction direction, int year, int first, int size);

}  // namespace eoffice::documents
