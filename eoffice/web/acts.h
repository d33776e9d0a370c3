// The POST pages behind the desk's steps: each reads its form, calls one act, and answers with a
// redirect, or with the same page and what was wrong.
#pragma once

#include "base/http/router.h"
#include "eoffice/web/desk.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::web {

class IncomingActs {
 public:
  IncomingActs(const PageParts& parts, const Desk& desk) : parts_(parts), desk_(desk) {}
  void addRoutes(base::http::Router& router);

 private:
  [[nodiscard]] base::Result<DocumentId> takeIn(const Visit& visit);
  base::http::Response upload(Visit& visit);
  base::http::Response uploadAndRegister(Visit& visit);
  base::http::Response registerIncoming(Visit& visit);
  base::http::Response refuse(Visit& visit);
  base::http::Response submit(Visit& visit);
  base::http::Response instruct(Visit& visit);
  base::http::Response finish(Visit& visit);
  base::http::Response deadline(Visit& visit) const;

  PageParts parts_;
  const Desk& desk_;
};

class OutgoingActs {
 public:
  OutgoingActs(const PageParts& parts, const Desk& desk) : parts_(parts), desk_(desk) {}
  void addRoutes(base::http::Router& router);

 private:
  [[nodiscard]] base::Result<documents::NewDraft> draftOf(const Visit& visit) const;
  base::http::Response examine(Visit& visit);
  base::http::Response answer(Visit& visit);
  base::http::Response revise(Visit& visit);
  base::http::Response approve(Visit& visit);
  base::http::Response returnDraft(Visit& visit);
  base::http::Response sign(Visit& visit);
  base::http::Response number(Visit& visit);
  base::http::Response seal(Visit& visit);
  base::http::Response issue(Visit& visit);
  base::http::Response retryDelivery(Visit& visit);

  PageParts parts_;
  const Desk& desk_;
};

/// The document of the path and the version of the form.
[[nodiscard]] documents::Target targetOf(const Visit& visit);
/// The redirect to the document with `done=<what>`, the list kept.
[[nodiscard]] base::http::Response doneWith(const Visit& visit, DocumentId id,
                                            const std::string& what);
/// After an act on `document`: doneWith(), or its page again with what was wrong.
template <class T>
[[nodiscard]] base::http::Response after(const base::Result<T>& act, const Desk& desk, Visit& visit,
                                         DocumentId document, const char* what) {
  if (!act) return desk.show(visit, document, {.refused = &act.error()});
  return doneWith(visit, document, what);
}
/// The same after an act of other_acts.h: its own form again. `slug` is what was done, too.
template <class T>
[[nodiscard]] base::http::Response afterOther(const base::Result<T>& act, const Desk& desk,
                                              Visit& visit, DocumentId document,
                                              const std::string& slug) {
  if (!act) return desk.show(visit, document, {.refused = &act.error(), .act = slug});
  return doneWith(visit, document, slug);
}
/// The file that came with the form. Refuses `upload.no_file`, `upload.too_large` (fact `most`).
[[nodiscard]] base::Result<documents::Upload> fileOf(const Visit& visit, std::uint64_t limit);
/// Names one upload, so that sending it twice is sending it once: the same bytes on the same day.
[[nodiscard]] std::string uploadKey(const base::BlobRef& blob, base::LocalDate day);

}  // namespace eoffice::web
