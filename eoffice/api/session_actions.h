// Signing in and out by token, and what the caller is: person, posts, password.
#pragma once

#include "eoffice/api/operation.h"
#include "eoffice/directory/sign_in.h"
#include "eoffice/web/page_parts.h"

namespace eoffice::api {

class SessionActions {
 public:
  SessionActions(const web::PageParts& parts, directory::SignIn& signIn)
      : parts_(parts), signIn_(signIn) {}
  [[nodiscard]] Operations operations() const;

 private:
  [[nodiscard]] base::Result<nlohmann::json> begin(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> end(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> endAll(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> me(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> choosePost(const Call& call) const;
  [[nodiscard]] base::Result<nlohmann::json> changePassword(const Call& call) const;

  web::PageParts parts_;
  directory::SignIn& signIn_;
};

}  // namespace eoffice::api
