#include "exchange/axis/axis_client.h"

#include <array>
#include <cstring>
#include <fstream>
#include <istream>
#include <streambuf>
#include <system_error>
#include <utility>

#include "base/http/client.h"
#include "base/text.h"
#include "exchange/axis/edoc_reply.h"
#include "exchange/axis/replies.h"

namespace exchange::axis {

namespace {

constexpr std::string_view kForm = "application/x-www-form-urlencoded";
constexpr std::string_view kJson = "application/json";
constexpr std::string_view kOctets = "application/octet-stream";
constexpr std::string_view kCrLf = "\r\n";
constexpr std::size_t kPeek = 64;
constexpr std::size_t kMostFault = 64 * 1024;

/// The file and then CR LF, as the axis's own client sends it.
class FileThenCrLf : public std::streambuf {
 public:
  explicit FileThenCrLf(const std::filesystem::path& file) : file_(file, std::ios::binary) {
    if (!file_) {
      throw std::system_error(errno, std::generic_category(), "cannot read an envelope");
    }
  }

 protected:
  int_type underflow() override {
    file_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    auto count = static_cast<std::size_t>(file_.gcount());
    if (count == 0 && !ended_) {
      ended_ = true;
      count = kCrLf.size();
      std::memcpy(buffer_.data(), kCrLf.data(), count);
    }
    if (count == 0) {
      return traits_type::eof();
    }
    setg(buffer_.data(), buffer_.data(), buffer_.data() + count);
    return traits_type::to_int_type(*gptr());
  }

 private:
  std::ifstream file_;
  std::array<char, 64 * 1024> buffer_{};
  bool ended_ = false;
};

/// Lets an envelope through and holds back an answer that is none (JSON, a page of a proxy).
class DownloadSink {
 public:
  explicit DownloadSink(const ByteSink& sink) : sink_(&sink) {}

  void write(std::string_view bytes) {
    if (passing_) {
      (*sink_)(bytes);
    } else if (held_.size() < kPeek) {
      held_ += bytes;
      passIfEnvelope();
    } else {  // no envelope: of what it is, the beginning is enough
      held_ += bytes.substr(0, kMostFault - std::min(held_.size(), kMostFault));
    }
  }
  void finish() {
    if (!passing_ && !held_.empty() && !isOther()) {
      pass();
    }
  }
  [[nodiscard]] bool passed() const { return passing_; }
  [[nodiscard]] const std::string& held() const { return held_; }

 private:
  [[nodiscard]] bool isOther() const {
    const std::string start = base::squeezed(base::lowerAscii(held_.substr(0, kPeek)));
    return start.empty() || start.front() == '{' || start.rfind("<html", 0) == 0 ||
           start.rfind("<!doctype html", 0) == 0;
  }
  void passIfEnvelope() {
    if (held_.size() >= kPeek && !isOther()) {
      pass();
    }
  }
  void pass() {
    passing_ = true;
    (*sink_)(held_);
    held_.clear();
  }

  const ByteSink* sink_;
  std::string held_;
  bool passing_ = false;
};

tl::unexpected<AxisFault> transient(std::string code, std::string description) {
  return tl::unexpected(
      AxisFault{AxisFault::Kind::Transient, std::move(code), std::move(description)});
}

std::string receiversText(const std::vector<std::string>& codes) {
  std::string text = "[";
  for (const std::string& code : codes) {
    text += (text.size() > 1 ? ",\"" : "\"") + code + "\"";
  }
  return text + "]";
}

}  // namespace

struct AxisClient::State {
  AxisClientOptions options;
  const base::Clock* clock;
  base::http::Client http;
  bool downloadUnknown = false;

  State(AxisClientOptions given, const base::Clock& givenClock)
      : options(std::move(given)),
        clock(&givenClock),
        http(base::http::ClientOptions{
            .baseUrl = options.url, .timeout = options.timeout, .caFile = options.caFile}) {}

  /// A fresh header set for each request: nothing of an earlier call leaks into a later one.
  AxisResult<base::http::ClientRequest> request(std::string method, std::string path,
                                                const Headers& arguments,
                                                std::string_view contentType) const {
    for (const auto& [name, value] : arguments) {
      if (!fitsHeader(value)) {
        return tl::unexpected(AxisFault{AxisFault::Kind::Permanent, "argument",
                                        "the axis takes printable ASCII only: " + name});
      }
    }
    base::http::ClientRequest made;
    made.method = std::move(method);
    made.path = std::move(path);
    made.headers = signedHeaders(options.credentials, clock->now(), arguments, contentType);
    return made;
  }

  AxisResult<base::http::ClientResponse> send(const base::http::ClientRequest& made,
                                              const ByteSink& sink, std::uint64_t limit) {
    try {
      return http.send(made, sink, limit);
    } catch (const base::http::TransportError& error) {
      return transient("transport", error.what());
    }
  }

  AxisResult<base::http::ClientResponse> post(std::string path, const Headers& arguments,
                                              std::string_view contentType, std::string body = {},
                                              std::uint64_t limit = 0) {
    auto made = request("POST", std::move(path), arguments, contentType);
    if (!made) {
      return tl::unexpected(made.error());
    }
    made->body = std::move(body);
    return send(*made, {}, limit == 0 ? options.replyLimit : limit);
  }

  AxisResult<void> agencies(std::string path, const Headers& arguments,
                            const AgencyVisitor& visit) {
    const auto answer = post(std::move(path), arguments, kForm, {}, options.agenciesLimit);
    return answer ? readAgencies(answer->status, answer->body, visit)
                  : tl::unexpected(answer.error());
  }

  enum class Download : std::uint8_t { Done, Unknown };

  AxisResult<Download> download(const std::string& docId, const ByteSink& sink) {
    const auto made = request("GET", "/downloadEdoc",
                              {{"docId", docId}, {"filePath", docId + ".edxml"}}, kOctets);
    if (!made) {
      return tl::unexpected(made.error());
    }
    DownloadSink guarded(sink);
    const auto answer = send(
        *made, [&](std::string_view bytes) { guarded.write(bytes); }, kMostFault);
    if (!answer) {
      return tl::unexpected(answer.error());
    }
    guarded.finish();
    if (guarded.passed()) {
      return Download::Done;
    }
    return undelivered(answer->status, answer->body + guarded.held());
  }

  AxisResult<Download> undelivered(int status, const std::string& body) {
    const auto outcome = readOutcome(status, body);
    const bool told = !outcome && outcome.error().code != "garbled";
    if (told) {
      return tl::unexpected(outcome.error());
    }
    const bool serverIll = status >= 500 && status != 501;
    if (serverIll || options.fetchBy == AxisClientOptions::FetchBy::DownloadEdoc) {
      return transient("garbled", "downloadEdoc answered HTTP " + std::to_string(status) +
                                      " without an envelope");
    }
    return Download::Unknown;
  }

  AxisResult<void> getEdoc(const std::string& docId, const ByteSink& sink) {
    auto made = request("POST", "/getEdoc", {{"docId", docId}}, kJson);
    if (!made) {
      return tl::unexpected(made.error());
    }
    made->body = "{}";
    EdocReplyReader reader(sink);
    const auto answer = send(
        *made, [&](std::string_view bytes) { reader.write(bytes); }, kMostFault);
    if (!answer) {
      return tl::unexpected(answer.error());
    }
    if (!answer->body.empty()) {
      reader.write(answer->body);
    }
    if (!reader.complete()) {
      return transient("garbled", "getEdoc answered HTTP " + std::to_string(answer->status) +
                                      " without a whole envelope");
    }
    if (auto outcome = readOutcome(answer->status, reader.frame()); !outcome) {
      return outcome;
    }
    return reader.decoded() > 0 ? AxisResult<void>()
                                : transient("garbled", "getEdoc gave an empty envelope");
  }
};

AxisClient::AxisClient(AxisClientOptions options, const base::Clock& clock)
    : state_(std::make_unique<State>(std::move(options), clock)) {}

AxisClient::~AxisClient() = default;

AxisResult<std::string> AxisClient::sendEdoc(const OutgoingMessage& message) {
  Headers arguments = {{"servicetype", "eDoc"},
                       {"messagetype", std::string(wireName(message.kind))},
                       {"hash-file", hashText(message.digest, state_->options.hashStyle)},
                       {"from", message.from}};
  if (!message.to.empty()) {
    arguments.emplace_back("to", receiversText(message.to));
  }
  auto made = state_->request("POST", "/sendEdoc", arguments, kOctets);
  if (!made) {
    return tl::unexpected(made.error());
  }
  FileThenCrLf bytes(message.file);
  std::istream stream(&bytes);
  made->stream = &stream;
  made->streamSize = std::filesystem::file_size(message.file) + kCrLf.size();
  const auto answer = state_->send(*made, {}, state_->options.replyLimit);
  return answer ? readDocId(answer->status, answer->body) : tl::unexpected(answer.error());
}

AxisResult<std::vector<ListedMessage>> AxisClient::receivedList(MessageKind kind) {
  const auto answer =
      state_->post("/getReceivedEdocList",
                   {{"servicetype", "eDoc"}, {"messagetype", std::string(wireName(kind))}}, kForm);
  return answer ? readReceivedList(answer->status, answer->body, kind)
                : tl::unexpected(answer.error());
}

AxisResult<void> AxisClient::fetch(const std::string& docId, const ByteSink& sink) {
  const auto by = state_->options.fetchBy;
  if (by != AxisClientOptions::FetchBy::GetEdoc && !state_->downloadUnknown) {
    const auto downloaded = state_->download(docId, sink);
    if (!downloaded) {
      return tl::unexpected(downloaded.error());
    }
    if (*downloaded == State::Download::Done) {
      return {};
    }
    state_->downloadUnknown = true;
  }
  return state_->getEdoc(docId, sink);
}

AxisResult<void> AxisClient::updateStatus(const std::string& docId, TransportState state) {
  const auto answer = state_->post(
      "/updateStatus", {{"docId", docId}, {"status", std::string(wireName(state))}}, kJson, "{}");
  return answer ? readOutcome(answer->status, answer->body) : tl::unexpected(answer.error());
}

AxisResult<std::vector<SentMessage>> AxisClient::sentList(MessageKind kind,
                                                          const std::string& docId) {
  Headers arguments = {{"servicetype", "eDoc"}, {"messagetype", std::string(wireName(kind))}};
  if (!docId.empty()) {
    arguments.emplace_back("docId", docId);
  }
  const auto answer = state_->post("/getSentEdocList", arguments, kForm);
  return answer ? readSentList(answer->status, answer->body) : tl::unexpected(answer.error());
}

AxisResult<void> AxisClient::agencies(const AgencyVisitor& visit) {
  return state_->agencies("/getAgenciesList", {}, visit);
}

AxisResult<void> AxisClient::agenciesQd20(const AgencyVisitor& visit) {
  return state_->agencies("/getAgenciesListQD20", {{"level", "1"}}, visit);
}

AxisResult<void> AxisClient::synchronizeUnits(const AgencyVisitor& visit) {
  return state_->agencies("/getSynchronizeUnit", {}, visit);
}

}  // namespace exchange::axis
