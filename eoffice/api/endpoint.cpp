#include "eoffice/api/endpoint.h"

#include "base/text.h"
#include "eoffice/web/dispatcher.h"
#include "eoffice/web/renderer.h"

namespace eoffice::api {
namespace {

using base::RefusalKind;
using base::http::Response;

// `application/json; charset=utf-8` → `application/json`
std::string mediaTypeOf(const base::http::Request& request) {
  const auto header = request.header("Content-Type").value_or("");
  return base::lowerAscii(base::squeezed(header.substr(0, header.find(';'))));
}

base::Result<Values> bodyOf(const Operation& operation, web::Visit& visit) {
  const auto type = mediaTypeOf(visit.request);
  if (!type.empty() && type != "application/json") {
    return base::refuse(RefusalKind::Invalid, "request.wrong_content_type", {},
                        {{"wanted", "application/json"}});
  }
  const auto bytes = visit.request.bodyText();
  // An act without any detail needs no body.
  return readBody(*operation.body, bytes.empty() ? std::string("{}") : bytes);
}

base::Result<Output> perform(const Operation& operation, web::Visit& visit) {
  Call call{.visit = visit};
  auto query = readQuery(operation.query, visit.request.target,
                         [&](const std::string& name) { return visit.request.query(name); });
  if (!query) return tl::unexpected(std::move(query.error()));
  call.query = std::move(*query);
  if (operation.body != nullptr) {
    auto body = bodyOf(operation, visit);
    if (!body) return tl::unexpected(std::move(body.error()));
    call.body = std::move(*body);
  }
  return operation.action(call);
}

Response answerOf(const Operation& operation, Output output) {
  if (auto* ready = std::get_if<Response>(&output)) return std::move(*ready);
  const auto& json = std::get<nlohmann::json>(output);
  if (operation.status == 204) return Response::noContent();
  return Response::json(json.dump(), operation.status);
}

}  // namespace

int statusOf(const base::Refusal& why) {
  if (why.code == "request.malformed_json") return 400;
  if (why.code == "request.wrong_content_type") return 415;
  return web::statusOf(why.kind);
}

void addEndpoint(base::http::Router& router, const Operation& operation, const base::Texts& texts) {
  const auto handler = [operation, &texts](web::Visit& visit) {
    auto output = perform(operation, visit);
    if (output) return answerOf(operation, std::move(*output));
    auto response = web::apiRefusal(texts, visit.language, output.error(), visit.request.requestId);
    response.status = statusOf(output.error());
    for (const auto& [name, value] : output.error().facts) {
      if (response.status == 429 && name == "seconds") response.set("Retry-After", value);
    }
    return response;
  };
  router.add({.method = operation.method,
              .pattern = kRoot + operation.path,
              .name = "api." + operation.name,
              .handler = {},
              .bodyLimit = operation.bodyLimit,
              .meta = web::RouteInfo{web::Surface::Api, operation.door, handler}});
}

}  // namespace eoffice::api
