#include "exchange/hub/replies_internal.h"

#include "exchange/axis/protocol.h"

namespace exchange::hub {

namespace {

std::string text(const nlohmann::json& json) {
  return json.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

tl::unexpected<Denial> deny(std::string_view code, std::string description) {
  return tl::unexpected(Denial{std::string(code), std::move(description)});
}

base::http::Response succeed(nlohmann::json fields) {
  nlohmann::json answer = fields.is_null() ? nlohmann::json::object() : std::move(fields);
  answer["status"] = "OK";
  answer["ErrorCode"] = axis::error_code::kOk;
  answer["ErrorDesc"] = "";
  return base::http::Response::json(text(answer));
}

base::http::Response fail(const Denial& denial, int httpStatus) {
  const nlohmann::json answer = {
      {"status", "FAIL"}, {"ErrorCode", denial.code}, {"ErrorDesc", denial.description}};
  return base::http::Response::json(text(answer), httpStatus);
}

std::string_view streamedHead() {
  return R"({"status":"OK","ErrorCode":"0","ErrorDesc":"","data":)";
}

}  // namespace exchange::hub
