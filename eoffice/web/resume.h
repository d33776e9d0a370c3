// A form that meets a session that is over, or another one than it was opened in: what was typed is
// carried through the sign-in and sent again when its writer says so. It travels in the pages
// themselves, as hidden fields; nothing is kept here. Files and secrets do not travel.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "eoffice/web/renderer.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

/// Whether the browser says that a page of this office sent the request (`Sec-Fetch-Site`,
/// `Origin`). Nobody else's page may have its fields shown as the reader's own.
[[nodiscard]] bool fromOwnPage(const base::http::Request& request);

/// A form without files: only such a one is read before its sender is known.
[[nodiscard]] bool isPlainForm(const base::http::Request& request);

/// `{action, fields [{name, value}]}` of the form that was sent to the request's address, without
/// its token and what is secret.
[[nodiscard]] nlohmann::json keptForm(const Visit& visit);
/// The same as it comes back with the sign-in form; null when that carried none.
[[nodiscard]] nlohmann::json keptForm(const base::http::Form& signIn);

/// The page that shows that a form waits, with the button that sends it. `csrf`: of the session
/// that it will be sent in.
[[nodiscard]] base::http::Response resumePage(const Renderer& renderer, const Visit& visit,
                                              nlohmann::json kept, const std::string& csrf);

/// The sign-in page, with the form that waits for it; `kept` may be null.
[[nodiscard]] nlohmann::json signInData(const Renderer& renderer, const Visit& visit,
                                        const std::string& account, const std::string& next,
                                        const base::Refusal* why, nlohmann::json kept);

}  // namespace eoffice::web
