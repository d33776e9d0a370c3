// One operation of the API: a row of its one table. The router, the parser of inputs and the
// description in openapi.json all read it.
#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "base/http/message.h"
#include "base/result.h"
#include "eoffice/api/input.h"
#include "eoffice/api/schema.h"
#include "eoffice/web/visit.h"

namespace eoffice::api {

/// A request whose inputs were parsed and checked: what an action gets.
struct Call {
  web::Visit& visit;
  Values query = {};
  Values body = {};

  [[nodiscard]] const Caller& caller() const { return visit.caller(); }
  [[nodiscard]] std::int64_t path(const std::string& name) const { return visit.number(name); }
};

/// JSON in the shape of the operation's `answer`, or a response that is ready.
using Output = std::variant<nlohmann::json, base::http::Response>;
using Action = std::function<base::Result<Output>(const Call&)>;

struct Operation {
  base::http::Method method = base::http::Method::Get;
  std::string path;     ///< Below /api/v1: `/documents/{id}`
  std::string name;     ///< `showDocument`: operationId, and the route's name with `api.`
  std::string group;    ///< `documents`
  std::string summary;  ///< One English sentence.
  web::Door door = web::Door::SignedIn;
  std::vector<Field> query = {};
  const Schema* body = nullptr;          ///< JSON; null: none is read.
  const Schema* answer = nullptr;        ///< JSON; null: see `mediaType`, or 204.
  int status = 200;                      ///< When it went well.
  std::string upload = {};               ///< Media type of a raw body that is streamed.
  std::string mediaType = {};            ///< Of an answer that is not JSON.
  std::vector<std::string> errors = {};  ///< Codes beside those that every operation has.
  std::uint64_t bodyLimit = web::kFormLimit;
  Action action;
};

using Operations = std::vector<Operation>;

/// `bind(this, &IncomingActions::submit)`: the object must outlive the table.
template <class Owner, class Result>
[[nodiscard]] Action bind(const Owner* owner, Result (Owner::*member)(const Call&) const) {
  return [owner, member](const Call& call) -> base::Result<Output> {
    auto result = (owner->*member)(call);
    if (!result) return tl::unexpected(std::move(result.error()));
    return Output(std::move(*result));
  };
}

inline constexpr const char* kRoot = "/api/v1";

}  // namespace eoffice::api
