// Around every action, once: query and body are parsed by the operation's own tables, refusals and
// answers are rendered. Sign-in and CSRF were the dispatcher's (eoffice/web).
#pragma once

#include "base/http/router.h"
#include "base/texts.h"
#include "eoffice/api/operation.h"

namespace eoffice::api {

/// Puts the operation into the route table. `texts` outlives the router.
void addEndpoint(base::http::Router& router, const Operation& operation, const base::Texts& texts);

/// The status of a refusal: 400 for bytes that are no JSON, 415 for another kind of body, else by
/// its kind.
[[nodiscard]] int statusOf(const base::Refusal& why);

}  // namespace eoffice::api
