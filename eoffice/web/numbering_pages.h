// `Sổ và dãy số`: how the agency's books and series are divided, the next number in each, numbers
// set aside; and the forms of the acts on them. What an act does stands in documents/book_acts.h.
#pragma once

#include "base/http/router.h"
#include "eoffice/documents/book_list.h"
#include "eoffice/web/desk.h"
#include "eoffice/web/other_acts.h"
#include "eoffice/web/page_parts.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

class NumberingPages {
 public:
  NumberingPages(const PageParts& parts, const Desk& desk);
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response show(Visit& visit) const;
  base::http::Response division(Visit& visit, const base::Refusal* refused) const;
  base::http::Response divide(Visit& visit) const;
  base::http::Response aside(Visit& visit, documents::Aside what,
                             const base::Refusal* refused) const;
  base::http::Response setAside(Visit& visit, documents::Aside what) const;
  base::http::Response closeForm(Visit& visit, const base::Refusal* refused) const;
  base::http::Response close(Visit& visit) const;
  base::http::Response voidReservedForm(Visit& visit, const base::Refusal* refused) const;
  base::http::Response voidReserved(Visit& visit) const;
  base::http::Response formPage(Visit& visit, const std::string& key, const ActForm& form,
                                const std::string& version, const base::Refusal* refused) const;

  PageParts parts_;
  const Desk& desk_;
};

/// `void-number`, beside a document's next step: takes back the number of one that has not gone on.
[[nodiscard]] OtherAct voidNumberAct();

}  // namespace eoffice::web
