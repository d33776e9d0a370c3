// A request as it came off a connection: implements what handlers see. Internal to base/http.
#pragma once

#include <istream>
#include <memory>
#include <string>

#include "base/http/body_stream.h"
#include "base/http/head.h"
#include "base/http/message.h"
#include "base/http/uri.h"

namespace base::http {

class ReceivedRequest : public Request {
 public:
  ReceivedRequest() = default;
  /// Takes the head apart. Throws BadRequest; what was understood before stays.
  void understand(RequestHead head);
  /// The body, once its limit is known.
  void attach(Input& input, std::uint64_t limit, std::function<void()> atFirstRead);

  [[nodiscard]] std::optional<std::string> header(const std::string& headerName) const override;
  [[nodiscard]] Headers headers() const override { return head_.headers; }
  [[nodiscard]] std::optional<std::string> query(const std::string& key) const override;
  [[nodiscard]] std::vector<std::string> queryAll(const std::string& key) const override;
  [[nodiscard]] std::optional<std::string> cookie(const std::string& cookieName) const override;
  [[nodiscard]] std::optional<std::uint64_t> contentLength() const override;
  [[nodiscard]] std::istream& body() override;
  [[nodiscard]] std::string bodyText() override;
  [[nodiscard]] Form form(BlobStore* blobs) override;

  [[nodiscard]] const RequestHead& head() const { return head_; }
  [[nodiscard]] const Framing& framing() const { return framing_; }
  [[nodiscard]] const BodyBuffer* bodyBuffer() const { return buffer_.get(); }
  /// The method is one of Method's; others get 405.
  [[nodiscard]] bool methodKnown() const { return methodKnown_; }
  [[nodiscard]] bool wantsContinue() const;

 private:
  RequestHead head_;
  Framing framing_;
  uri::Pairs query_;
  bool methodKnown_ = false;
  std::unique_ptr<BodyBuffer> buffer_;
  std::unique_ptr<std::istream> stream_;
};

}  // namespace base::http
