// One HTTP request and its answer, as handlers see them. No type of the HTTP library appears here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <istream>
#include <map>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/blob/blob_store.h"

namespace base::http {

enum class Method : std::uint8_t { Get, Head, Post, Put, Patch, Delete };

[[nodiscard]] std::string_view name(Method method);

/// A body over the route's limit: the server answers 413 and closes.
class BodyTooLarge : public std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// Bytes that are no HTTP, no form or end too early: 400.
class BadRequest : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// There is no such thing: 404.
class NotFound : public std::runtime_error {
  using std::runtime_error::runtime_error;
};
/// The other side broke off or was too slow: nothing can be answered any more.
class ConnectionBroken : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

/// A file that came in a form. Its bytes are in the blob store already.
struct UploadedFile {
  std::string field;
  std::string name;       ///< Base name, sanitised: no path, no control characters, valid UTF-8.
  std::string mediaType;  ///< As the client claims.
  BlobRef blob;
};

struct Form {
  std::multimap<std::string, std::string> fields;
  std::vector<UploadedFile> files;
  [[nodiscard]] std::string value(const std::string& field) const;  ///< Empty when absent.
  [[nodiscard]] std::vector<std::string> values(const std::string& field) const;
};

class Request {
 public:
  virtual ~Request() = default;

  Method method = Method::Get;
  std::string path;                               ///< Decoded, without the query.
  std::string target;                             ///< As sent: path and query.
  std::map<std::string, std::string> pathParams;  ///< `{id}` → text, decoded.
  std::string clientAddress;                      ///< Behind a trusted proxy, the forwarded one.
  bool secure = false;                            ///< TLS here or at a trusted proxy.
  std::string requestId;

  [[nodiscard]] virtual std::optional<std::string> header(const std::string& headerName) const = 0;
  /// Every header, in the order sent; names as sent.
  [[nodiscard]] virtual std::vector<std::pair<std::string, std::string>> headers() const = 0;
  [[nodiscard]] virtual std::optional<std::string> query(const std::string& key) const = 0;
  [[nodiscard]] virtual std::vector<std::string> queryAll(const std::string& key) const = 0;
  [[nodiscard]] virtual std::optional<std::string> cookie(const std::string& cookieName) const = 0;
  /// Content-Length if it was sent.
  [[nodiscard]] virtual std::optional<std::uint64_t> contentLength() const = 0;

  // The body is read once, by one of these. Each throws BodyTooLarge, BadRequest, ConnectionBroken.
  [[nodiscard]] virtual std::istream& body() = 0;    ///< Throws from reads (badbit is thrown).
  [[nodiscard]] virtual std::string bodyText() = 0;  ///< Whole; for routes with a small limit.
  /// `application/x-www-form-urlencoded` or `multipart/form-data`; files stream into `blobs`
  /// (without `blobs`, a file is a BadRequest). Fields are valid UTF-8 and hold 1 MB together at
  /// the most. A file input that was left empty does not appear.
  [[nodiscard]] virtual Form form(BlobStore* blobs) = 0;
};

/// A file on disk as the body, streamed; Range is honoured by the server.
struct FileBody {
  std::filesystem::path file;
  std::string etag;  ///< Without quotes; empty for none.
};
/// Written piece by piece, chunked. An exception in it breaks the connection off, so that the
/// reader does not take a part for the whole.
using StreamBody = std::function<void(std::ostream&)>;

/// What a handler answers. The server adds length, date, ETag (of a FileBody) and gzip, and turns
/// 200 into 304 when If-None-Match names the ETag.
struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::variant<std::string, FileBody, StreamBody> body;

  Response& set(std::string headerName, std::string value);  ///< Replaces.
  Response& add(std::string headerName, std::string value);  ///< Set-Cookie.
  [[nodiscard]] std::optional<std::string> header(std::string_view headerName) const;

  static Response text(std::string body, int status = 200);
  static Response html(std::string body, int status = 200);
  static Response json(std::string body, int status = 200);
  /// `location` is percent-encoded where it must be.
  static Response redirect(const std::string& location, int status = 303);
  static Response noContent();
};

}  // namespace base::http
