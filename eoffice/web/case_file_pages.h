// Case files (hồ sơ) on pages: the lists, one file with its documents beside the one next step, and
// what is taken out of it: the list of documents as PDF, the whole file as a package. The year's
// list and the hand-ins to the archive have pages of their own (case_list_pages.h,
// hand_in_pages.h).
#pragma once

#include "base/http/router.h"
#include "eoffice/records/case_file_rows.h"
#include "eoffice/records/case_files.h"
#include "eoffice/records/case_papers.h"
#include "eoffice/web/desk.h"
#include "eoffice/web/other_acts.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class CaseFilePages {
 public:
  CaseFilePages(const PageParts& parts, const Desk& desk)
      : parts_(parts),
        desk_(desk),
        files_(parts.database, parts.renderer.clock()),
        papers_(parts.renderer.texts()) {}
  void addRoutes(base::http::Router& router);
  /// "Đưa vào hồ sơ" on the desk of a document.
  void addActs(OtherActs& others) const;

 private:
  base::http::Response list(Visit& visit) const;
  base::http::Response show(Visit& visit) const;
  base::http::Response showNew(Visit& visit, const base::Refusal* refused) const;
  base::http::Response open(Visit& visit) const;
  base::http::Response act(Visit& visit, const std::string& slug) const;
  base::http::Response addDocument(Visit& visit) const;
  base::http::Response removeDocument(Visit& visit) const;
  base::http::Response layIn(Visit& visit) const;
  base::http::Response contents(Visit& visit) const;
  base::http::Response package(Visit& visit) const;

  [[nodiscard]] base::http::Response page(Visit& visit, records::CaseFileId id,
                                          const std::string& act,
                                          const base::Refusal* refused) const;
  /// `{form, next, others}`: the act that was asked for; else what may be done, the one next step
  /// before the others.
  [[nodiscard]] nlohmann::json stepOf(base::db::Session& session, const Visit& visit,
                                      const records::CaseFile& file, const std::string& asked,
                                      const base::Refusal* refused) const;
  [[nodiscard]] nlohmann::json formOf(base::db::Session& session, const Visit& visit,
                                      const records::CaseFile& file, const std::string& act,
                                      const base::Refusal* refused) const;
  [[nodiscard]] std::vector<ActField> fieldsOf(base::db::Session& session, const Visit& visit,
                                               const records::CaseFile& file,
                                               const std::string& act) const;
  [[nodiscard]] base::Result<void> carryOut(const Visit& visit, const std::string& act) const;

  PageParts parts_;
  const Desk& desk_;
  mutable records::CaseFiles files_;
  records::CasePapers papers_;
};

/// `{kind, text, hint}` of a file's state; late or near where it should be handed in.
[[nodiscard]] nlohmann::json caseFileTags(const Speech& say, const records::CaseFile& file,
                                          base::LocalDate today);
/// Who stands on the papers: the agency and the body above it, and who prints.
[[nodiscard]] records::Letterhead letterheadOf(base::db::Session& session, const Visit& visit,
                                               base::Instant now);
/// A PDF that was just written, as the answer; `name` without its ending.
[[nodiscard]] base::http::Response paperAnswer(const std::filesystem::path& file,
                                               const std::string& name);
/// The fields of a file's cover, empty for a new one.
[[nodiscard]] std::vector<ActField> coverFields(const Speech& say, const records::Cover& cover);
/// What was typed into them; `good` is false where a day is none, which stands in `faults`.
[[nodiscard]] base::Result<records::Cover> typedCover(const Visit& visit);

}  // namespace eoffice::web
