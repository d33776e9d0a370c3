// Signing in and out, passwords, the post one acts in, the language.
#pragma once

#include <string>
#include <vector>

#include "base/http/router.h"
#include "eoffice/directory/sign_in.h"
#include "eoffice/web/dispatcher.h"
#include "eoffice/web/renderer.h"

namespace eoffice::web {

/// Named on the sign-in page of a demonstration.
struct DemoAccount {
  std::string account;
  std::string job;
};

struct DemoAccounts {
  std::vector<DemoAccount> accounts;  ///< Empty: no demonstration.
  std::string password;
};

class SignInPages {
 public:
  /// References outlive it.
  SignInPages(directory::SignIn& signIn, const Renderer& renderer, const WebDispatcher& cookies,
              DemoAccounts demo);
  void addRoutes(base::http::Router& router);

 private:
  base::http::Response showSignIn(Visit& visit) const;
  base::http::Response signIn(Visit& visit);
  base::http::Response signInPage(const Visit& visit, const std::string& account,
                                  const base::Refusal* why) const;
  base::http::Response signOut(Visit& visit);
  base::http::Response signOutEverywhere(Visit& visit);
  base::http::Response showPassword(Visit& visit) const;
  base::http::Response changePassword(Visit& visit);
  base::http::Response passwordPage(const Visit& visit, const base::Refusal* why) const;
  base::http::Response showToken(Visit& visit) const;
  base::http::Response switchPost(Visit& visit);
  base::http::Response chooseLanguage(Visit& visit) const;

  directory::SignIn& signIn_;
  const Renderer& renderer_;
  const WebDispatcher& cookies_;
  DemoAccounts demo_;
};

}  // namespace eoffice::web
