// The acts on case files. Who keeps a file acts on it; the head of the keeper's unit and the
// keepers of records may give it to another keeper. Each act is one transaction with its audit
// entry.
//
// All refuse `case_file.unknown` (also for one that the caller may not see),
// `case_file.changed_meanwhile` (another version), `case_file.wrong_state` (fact `state`) and
// `case_file.not_yours`.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/caller.h"
#include "eoffice/records/case_file.h"

namespace eoffice::records {

/// What stands on a file's cover.
struct Cover {
  std::string code;
  std::string title;
  Retention retention;
  Work work = Work::General;
  base::LocalDate openedOn{};
  std::string note;
};

/// Which file, and the version that the person had before their eyes; 0: any.
struct FileTarget {
  CaseFileId file;
  int version = 0;
};

struct Closing {
  FileTarget target;
  base::LocalDate endedOn{};  ///< Of the work, not in the future.
  std::string title;          ///< The last word on title and retention (NĐ 30/2020, Điều 29).
  Retention retention;
};

class CaseFiles {
 public:
  CaseFiles(base::db::Database& database, const base::Clock& clock)
      : database_(database), clock_(clock) {}

  /// The caller is its keeper. Refuses `field.*`, `case_file.code_taken` (R-181; fact `title`).
  [[nodiscard]] base::Result<CaseFileId> open(const Caller& caller, const Cover& cover);
  [[nodiscard]] base::Result<void> edit(const Caller& caller, const FileTarget& target,
                                        const Cover& cover);

  /// Lays documents into the file; those that lie there already stay. Refuses
  /// `case_file.no_document`, and `document.unknown` when one of them is not the caller's to see:
  /// then none is added. Any version will do: adding disturbs nobody.
  [[nodiscard]] base::Result<void> add(const Caller& caller, CaseFileId file,
                                       const std::vector<DocumentId>& documents);
  /// Takes one out; the document itself stays as it is.
  [[nodiscard]] base::Result<void> remove(const Caller& caller, CaseFileId file,
                                          DocumentId document);

  /// Also refuses `case_file.empty`, `field.date_in_future`, `case_file.ends_before_it_begins`.
  [[nodiscard]] base::Result<void> close(const Caller& caller, const Closing& input);
  /// Back to open, with a reason; not once it is handed in.
  [[nodiscard]] base::Result<void> reopen(const Caller& caller, const FileTarget& target,
                                          const std::string& reason);
  /// With the written consent that `reason` names. Refuses `case_file.kept_back_too_long`
  /// (fact `latest`).
  [[nodiscard]] base::Result<void> keepBack(const Caller& caller, const FileTarget& target,
                                            base::LocalDate until, const std::string& reason);
  /// To another post of the agency, with a reason. Refuses `case_file.unknown_keeper`.
  [[nodiscard]] base::Result<void> passOn(const Caller& caller, const FileTarget& target,
                                          PostId keeper, const std::string& reason);

  /// That the whole file was taken out as a package.
  void noteExport(const Caller& caller, CaseFileId file);

  /// Hands closed files in to the archive of the agency, together. Refuses `case_file.none_chosen`.
  [[nodiscard]] base::Result<HandInId> handIn(const Caller& caller,
                                              const std::vector<CaseFileId>& files);
  /// By a keeper of records. Refuses `hand_in.unknown`, `hand_in.answered`.
  [[nodiscard]] base::Result<void> accept(const Caller& caller, HandInId handIn);
  /// The files are closed ones of their keepers again; with a reason.
  [[nodiscard]] base::Result<void> giveBack(const Caller& caller, HandInId handIn,
                                            const std::string& reason);

 private:
  base::db::Database& database_;
  const base::Clock& clock_;
};

}  // namespace eoffice::records
