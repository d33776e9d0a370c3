// What stands between HTTP and the office: sign-in, the acts on documents, pages and REST, put
// together once, from what an office is made of. The process (office_process.h) and the tests that
// talk to an office over HTTP build the same door.
#pragma once

#include "base/http/router.h"
#include "base/http/static_files.h"
#include "base/templates.h"
#include "eoffice/api/api.h"
#include "eoffice/directory/sign_in.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/documents/outgoing.h"
#include "eoffice/documents/page_images.h"
#include "eoffice/documents/proposals.h"
#include "eoffice/documents/routing.h"
#include "eoffice/web/pages.h"
#include "eoffice/web/sign_in_pages.h"

namespace eoffice::app {

struct FrontDoorOptions {
  std::string agencyName;
  directory::SignInPolicy signIn;
  web::DispatcherOptions cookies;
  web::DemoAccounts demo;
  std::filesystem::path pageCache;  ///< Pictures of pages; may be emptied at any time.
  std::uint64_t uploadLimit = 256ULL << 20;
};

class FrontDoor {
 public:
  /// What `office` refers to, `pages` and `assets` outlive it.
  FrontDoor(const documents::Office& office, const base::Templates& pages,
            const base::http::StaticFiles& assets, const FrontDoorOptions& options);

  void addRoutes(base::http::Router& router);
  [[nodiscard]] base::http::Dispatcher& dispatcher() { return dispatcher_; }
  [[nodiscard]] directory::SignIn& signIn() { return signIn_; }

 private:
  documents::Incoming incoming_;
  documents::Outgoing outgoing_;
  documents::BookActs books_;
  documents::Routing routing_;
  documents::Proposals proposals_;
  documents::PageImages images_;
  documents::Finder finder_;
  directory::SignIn signIn_;
  web::Renderer renderer_;
  web::WebDispatcher dispatcher_;
  web::SignInPages signInPages_;
  web::PageParts parts_;
  web::Pages pages_;
  api::Api api_;
};

}  // namespace eoffice::app
