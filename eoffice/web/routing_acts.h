// The pages behind the ways of an incoming document beside the usual one: each act is offered in
// the side pane (other_acts.h) or is the one next step of a support or an informed post.
#pragma once

#include "base/http/router.h"
#include "eoffice/documents/routing.h"
#include "eoffice/web/desk.h"
#include "eoffice/web/other_acts.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::web {

class RoutingActs {
 public:
  RoutingActs(const PageParts& parts, const Desk& desk, OtherActs& others);
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response handOver(Visit& visit);
  base::http::Response forward(Visit& visit);
  base::http::Response returnUp(Visit& visit);
  base::http::Response takeBack(Visit& visit);
  base::http::Response reassign(Visit& visit);
  base::http::Response suggest(Visit& visit);
  base::http::Response finishSupport(Visit& visit);
  base::http::Response markRead(Visit& visit);
  void offer(OtherActs& others) const;

  PageParts parts_;
  const Desk& desk_;
};

/// Who a form's value names: `12` a post, `u5` a unit.
[[nodiscard]] documents::Receiver typedReceiver(const std::string& value);
/// The form of an instruction to anybody of the agency, and what was typed in it.
[[nodiscard]] ActForm directionForm(const PageParts& parts, const ActScene& scene);
[[nodiscard]] documents::Instruction typedInstruction(const Visit& visit);

}  // namespace eoffice::web
