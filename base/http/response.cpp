#include <algorithm>

#include "base/http/head.h"
#include "base/http/message.h"
#include "base/http/uri.h"

namespace base::http {

std::string Form::value(const std::string& field) const {
  const auto found = fields.find(field);
  return found == fields.end() ? std::string() : found->second;
}

std::vector<std::string> Form::values(const std::string& field) const {
  std::vector<std::string> all;
  const auto [first, last] = fields.equal_range(field);
  for (auto item = first; item != last; ++item) all.push_back(item->second);
  return all;
}

Response& Response::set(std::string headerName, std::string value) {
  std::erase_if(headers, [&](const auto& header) { return sameName(header.first, headerName); });
  return add(std::move(headerName), std::move(value));
}

Response& Response::add(std::string headerName, std::string value) {
  headers.emplace_back(std::move(headerName), std::move(value));
  return *this;
}

std::optional<std::string> Response::header(std::string_view headerName) const {
  const std::string* value = findHeader(headers, headerName);
  return value ? std::optional(*value) : std::nullopt;
}

namespace {

Response whole(std::string body, const char* mediaType, int status) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Content-Type", mediaType);
  response.body = std::move(body);
  return response;
}

}  // namespace

Response Response::text(std::string body, int status) {
  return whole(std::move(body), "text/plain; charset=utf-8", status);
}

Response Response::html(std::string body, int status) {
  return whole(std::move(body), "text/html; charset=utf-8", status);
}

Response Response::json(std::string body, int status) {
  return whole(std::move(body), "application/json", status);
}

Response Response::redirect(const std::string& location, int status) {
  Response response;
  response.status = status;
  response.headers.emplace_back("Location", uri::escapeLocation(location));
  return response;
}

Response Response::noContent() {
  Response response;
  response.status = 204;
  return response;
}

}  // namespace base::http
