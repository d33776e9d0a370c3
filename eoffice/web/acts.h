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
/// Names one upload, so that sending it twice is sending it once: the same bytes on the same day.
[[nodiscard]] std::string uploadKey(const base::BlobRef& blob, base::LocalDate day);

}  // namespace eoffice::web
