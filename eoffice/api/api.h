// The REST API for other systems and for scripts: the same acts as the pages, as JSON, described by
// /api/v1/openapi.json, which is made from the same table as the routes.
#pragma once

#include <memory>

#include "base/http/router.h"
#include "eoffice/directory/sign_in.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class Api {
 public:
  /// References outlive it.
  Api(const web::PageParts& parts, directory::SignIn& signIn);
  ~Api();
  void addRoutes(base::http::Router& router);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eoffice::api
