// The case file in the database: rows in, rows out, with the reader's rights in each query. A file
// is seen by its keeper, by the head of the unit that it was opened in, and by who reads the whole
// agency. The caller owns the transaction.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/document.h"
#include "eoffice/records/case_file.h"

namespace eoffice::records {

struct FileFilter {
  std::optional<FileState> state;
  bool mine = false;  ///< Only those that the caller keeps.
  std::optional<int> year;
  std::string words;                     ///< Each in code or title; folded by the collation.
  std::optional<base::LocalDate> dueBy;  ///< To be handed in by that day, and not handed in yet.
};

struct FilePage {
  std::vector<CaseFile> files;
  CaseFileId next;  ///< `before` of the next page; not valid at the end.
};

/// Newest first, `size` files below `before` (not valid: the first ones).
[[nodiscard]] FilePage listFiles(base::db::Session& session, const Caller& caller,
                                 const FileFilter& filter, CaseFileId before, int size);
[[nodiscard]] std::optional<CaseFile> findFile(base::db::Session& session, const Caller& caller,
                                               CaseFileId file);
/// The same with its row locked.
[[nodiscard]] std::optional<CaseFile> lockFile(base::db::Session& session, const Caller& caller,
                                               CaseFileId file);
/// Those that hold the document.
[[nodiscard]] std::vector<CaseFile> filesOf(base::db::Session& session, const Caller& caller,
                                            DocumentId document);

/// One line of the list of documents in a file (NĐ 30/2020, Phụ lục V). `seen` is false for a
/// document that the reader may not see: then only number and day are filled in.
struct ItemLine {
  DocumentId document;
  bool seen = false;
  std::string symbol;
  std::optional<base::LocalDate> issuedDate;
  std::string typeName;
  std::string subject;
  std::string issuerName;
  int pages = 0;
  base::Instant addedAt{};
};

/// In order of their dates, then of coming in (NĐ 30/2020, Phụ lục VI: sorted by the system). A
/// file holds kMostItems at the most.
inline constexpr int kMostItems = 5000;
[[nodiscard]] std::vector<ItemLine> itemsOf(base::db::Session& session, const Caller& caller,
                                            CaseFileId file);

/// A file of a document of the case file, for the package: the sealed or incoming one, and what is
/// attached.
struct PackedFile {
  DocumentId document;
  documents::File file;
};
[[nodiscard]] std::vector<PackedFile> filesToPack(base::db::Session& session, const Caller& caller,
                                                  CaseFileId file);

struct HandIn {
  enum class State : std::uint8_t { Waiting = 1, Accepted = 2, Returned = 3 };  ///< Stored.
  HandInId id;
  AgencyId agency;
  State state = State::Waiting;
  base::Instant at{};
  PostId by;
  std::string byName;
  std::optional<base::Instant> answeredAt;
  std::string answeredByName;
  std::string remark;
  std::int64_t files = 0;
};
[[nodiscard]] std::string_view nameOf(HandIn::State state);

/// The agency's for keepers of records, the caller's own for others; newest first, those that wait
/// before the others.
[[nodiscard]] std::vector<HandIn> handIns(base::db::Session& session, const Caller& caller,
                                          int most = 100);
[[nodiscard]] std::optional<HandIn> findHandIn(base::db::Session& session, const Caller& caller,
                                               HandInId handIn);
/// In the order of the list; what the reader may see of the hand-in, they may see of its files.
[[nodiscard]] std::vector<CaseFile> filesOf(base::db::Session& session, const Caller& caller,
                                            HandInId handIn);

}  // namespace eoffice::records
