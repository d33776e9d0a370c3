// Every page of the office behind sign-in, in one object for the composition root.
#pragma once

#include <memory>

#include "base/http/router.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::web {

class Pages {
 public:
  explicit Pages(const PageParts& parts);
  ~Pages();
  void addRoutes(base::http::Router& router);

 private:
  struct All;
  std::unique_ptr<All> all_;
};

}  // namespace eoffice::web
