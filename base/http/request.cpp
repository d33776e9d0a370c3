#include "base/http/request.h"

#include <array>

#include "base/http/form.h"

namespace base::http {

namespace {

constexpr std::array kMethods = {Method::Get, Method::Head,  Method::Post,
                                 Method::Put, Method::Patch, Method::Delete};

std::string_view mediaTypeOf(std::string_view contentType) {
  return trimmed(contentType.substr(0, contentType.find(';')));
}

}  // namespace

void ReceivedRequest::understand(RequestHead head) {
  head_ = std::move(head);
  target = head_.target;
  for (const Method known : kMethods) {
    if (head_.method == name(known)) {
      method = known;
      methodKnown_ = true;
    }
  }
  framing_ = requestFraming(head_);
  uri::Target parsed = uri::parseTarget(head_.target);
  path = std::move(parsed.path);
  query_ = std::move(parsed.query);
}

void ReceivedRequest::attach(Input& input, std::uint64_t limit, std::function<void()> atFirstRead) {
  buffer_ = std::make_unique<BodyBuffer>(input, framing_, limit, std::move(atFirstRead));
}

bool ReceivedRequest::wantsContinue() const {
  const std::string* expect = findHeader(head_.headers, "Expect");
  return expect && head_.minorVersion == 1 && sameName(*expect, "100-continue");
}

std::optional<std::string> ReceivedRequest::header(const std::string& headerName) const {
  const std::string* value = findHeader(head_.headers, headerName);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<std::string> ReceivedRequest::query(const std::string& key) const {
  for (const auto& [name, value] : query_) {
    if (name == key) return value;
  }
  return std::nullopt;
}

std::vector<std::string> ReceivedRequest::queryAll(const std::string& key) const {
  std::vector<std::string> values;
  for (const auto& [name, value] : query_) {
    if (name == key) values.push_back(value);
  }
  return values;
}

std::optional<std::string> ReceivedRequest::cookie(const std::string& cookieName) const {
  for (const auto& [name, value] : head_.headers) {
    if (!sameName(name, "Cookie")) continue;
    for (std::string_view rest = value; !rest.empty();) {
      const std::string_view item = rest.substr(0, rest.find(';'));
      rest.remove_prefix(std::min(rest.size(), item.size() + 1));
      const std::size_t equals = item.find('=');
      if (equals == std::string_view::npos || trimmed(item.substr(0, equals)) != cookieName) {
        continue;
      }
      std::string_view text = trimmed(item.substr(equals + 1));
      if (text.size() >= 2 && text.front() == '"' && text.back() == '"') {
        text = text.substr(1, text.size() - 2);
      }
      return std::string(text);
    }
  }
  return std::nullopt;
}

std::optional<std::uint64_t> ReceivedRequest::contentLength() const {
  if (framing_.kind != Framing::Kind::Length) return std::nullopt;
  return framing_.length;
}

std::istream& ReceivedRequest::body() {
  if (!stream_) {
    stream_ = std::make_unique<std::istream>(buffer_.get());
    stream_->exceptions(std::ios::badbit);
  }
  return *stream_;
}

std::string ReceivedRequest::bodyText() {
  std::string text;
  if (framing_.kind == Framing::Kind::Length) {
    text.reserve(static_cast<std::size_t>(std::min<std::uint64_t>(framing_.length, 1U << 20)));
  }
  std::array<char, 16 * 1024> piece;
  std::istream& in = body();
  do {
    in.read(piece.data(), piece.size());
    text.append(piece.data(), static_cast<std::size_t>(in.gcount()));
  } while (in);
  return text;
}

Form ReceivedRequest::form(BlobStore* blobs) {
  const std::string contentType = header("Content-Type").value_or("");
  if (sameName(mediaTypeOf(contentType), "application/x-www-form-urlencoded")) {
    return readUrlEncoded(body());
  }
  if (!sameName(mediaTypeOf(contentType), "multipart/form-data")) {
    throw BadRequest("not a form");
  }
  const std::string boundary = boundaryOf(contentType);
  if (boundary.empty()) throw BadRequest("a form without a boundary");
  return readMultipart(body(), boundary, [blobs]() -> std::unique_ptr<BlobWriter> {
    if (!blobs) throw BadRequest("a file where none is taken");
    return blobs->begin();
  });
}

}  // namespace base::http
