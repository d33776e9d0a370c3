// Around every handler, once: sign-in, CSRF, language, security headers, error pages for people and
// JSON for machines. Knows routes by their RouteInfo.
#pragma once

#include <string>

#include "base/blob/blob_store.h"
#include "base/http/server.h"
#include "eoffice/directory/sign_in.h"
#include "eoffice/web/renderer.h"
#include "eoffice/web/visit.h"

namespace eoffice::web {

struct DispatcherOptions {
  bool secure = false;  ///< TLS here or at the proxy: `__Host-` cookies, HSTS.
  std::string
      cookieSuffix;  ///< Keeps offices of one host apart where cookies know no port: `8080`.
};

class WebDispatcher : public base::http::Dispatcher {
 public:
  /// References outlive it.
  WebDispatcher(directory::SignIn& signIn, const Renderer& renderer, base::BlobStore& blobs,
                DispatcherOptions options);

  base::http::Response dispatch(const base::http::Route& route,
                                base::http::Request& request) override;
  base::http::Response fault(base::http::Fault fault, const base::http::Request& request) override;

  /// `Set-Cookie` values for a session that begins, and one that ends.
  [[nodiscard]] std::string sessionCookie(const std::string& token) const;
  [[nodiscard]] std::string endedCookie() const;

 private:
  [[nodiscard]] base::http::Response answer(const RouteInfo& info, Visit& visit);
  [[nodiscard]] std::optional<base::http::Response> turnAway(const RouteInfo& info,
                                                             Visit& visit) const;
  [[nodiscard]] base::http::Response toSignIn(Visit& visit) const;
  [[nodiscard]] base::http::Response refuseForged(const RouteInfo& info, Visit& visit) const;
  [[nodiscard]] bool forged(const RouteInfo& info, Visit& visit) const;
  [[nodiscard]] std::string cookieName(std::string_view base) const;
  void secureHeaders(base::http::Response& response, bool page) const;

  directory::SignIn& signIn_;
  const Renderer& renderer_;
  base::BlobStore& blobs_;
  DispatcherOptions options_;
};

/// The language of a request: its cookie, else what the browser asks for, else Vietnamese.
[[nodiscard]] base::Language languageOf(const base::http::Request& request);

/// A fault or refusal as machines read it: `{"error": {"code", "message", "field", "details",
/// "faults"}}`.
[[nodiscard]] base::http::Response apiRefusal(const base::Texts& texts, base::Language language,
                                              const base::Refusal& why,
                                              const std::string& requestId);

}  // namespace eoffice::web
