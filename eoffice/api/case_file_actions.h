// Case files by REST: the year's list, files with their documents, hand-ins to the archive.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/records/case_files.h"
#include "eoffice/records/case_list.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class CaseFileActions {
 public:
  explicit CaseFileActions(const web::PageParts& parts)
      : parts_(parts),
        files_(parts.database, parts.renderer.clock()),
        lists_(parts.database, parts.renderer.clock()) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] Operations fileOperations() const;
  [[nodiscard]] Operations handInOperations() const;
  [[nodiscard]] Operations listOperations() const;

  [[nodiscard]] base::Result<nlohmann::json> list(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> show(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> open(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> edit(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> add(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> remove(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> close(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> reopen(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> keepBack(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> passOn(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> handIns(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> handIn(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> showHandIn(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> accept(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> giveBack(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> showList(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> saveList(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> issueList(const Call& call) const;

  /// The file as it is now, after an act on it.
  [[nodiscard]] base::Result<nlohmann::json> after(const Call& call,
                                                   const base::Result<void>& act) const;
  [[nodiscard]] base::Result<nlohmann::json> afterHandIn(const Call& call, records::HandInId id,
                                                         const base::Result<void>& act) const;

  web::PageParts parts_;
  mutable records::CaseFiles files_;
  mutable records::CaseLists lists_;
};

}  // namespace eoffice::api
