#include "eoffice/api/api.h"

namespace eoffice::api {

struct Api::State {
  web::PageParts parts;
  directory::SignIn& signIn;
};

Api::Api(const web::PageParts& parts, directory::SignIn& signIn)
    : state_(std::make_unique<State>(State{parts, signIn})) {}
Api::~Api() = default;

void Api::addRoutes(base::http::Router&) {}

}  // namespace eoffice::api
