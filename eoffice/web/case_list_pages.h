// The year's list of case files (danh mục hồ sơ): keepers of records write it line by line, who
// signs for the agency puts it in force, everybody opens their files from it. And the hand-ins to
// the archive, which accepts them or gives them back.
#pragma once

#include "base/http/router.h"
#include "eoffice/records/case_files.h"
#include "eoffice/records/case_list.h"
#include "eoffice/records/case_papers.h"
#include "eoffice/web/other_acts.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class CaseListPages {
 public:
  explicit CaseListPages(const PageParts& parts)
      : parts_(parts),
        lists_(parts.database, parts.renderer.clock()),
        papers_(parts.renderer.texts()) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response show(Visit& visit) const { return page(visit, nullptr); }
  base::http::Response add(Visit& visit) const;
  base::http::Response remove(Visit& visit) const;
  base::http::Response copy(Visit& visit) const;
  base::http::Response issue(Visit& visit) const;
  base::http::Response paper(Visit& visit) const;
  [[nodiscard]] base::http::Response page(Visit& visit, const base::Refusal* refused) const;
  [[nodiscard]] base::http::Response after(Visit& visit, const base::Result<void>& act) const;

  PageParts parts_;
  mutable records::CaseLists lists_;
  records::CasePapers papers_;
};

class HandInPages {
 public:
  explicit HandInPages(const PageParts& parts)
      : parts_(parts),
        files_(parts.database, parts.renderer.clock()),
        papers_(parts.renderer.texts()) {}
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response list(Visit& visit) const { return listPage(visit, nullptr); }
  base::http::Response handIn(Visit& visit) const;
  base::http::Response show(Visit& visit) const { return page(visit, nullptr); }
  base::http::Response accept(Visit& visit) const;
  base::http::Response giveBack(Visit& visit) const;
  base::http::Response paper(Visit& visit) const;
  [[nodiscard]] base::http::Response listPage(Visit& visit, const base::Refusal* refused) const;
  [[nodiscard]] base::http::Response page(Visit& visit, const base::Refusal* refused) const;

  PageParts parts_;
  mutable records::CaseFiles files_;
  records::CasePapers papers_;
};

}  // namespace eoffice::web
