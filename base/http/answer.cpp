#include "base/http/answer.h"

#include <Poco/DeflatingStream.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>

#include <array>
#include <sstream>
#include <streambuf>

namespace base::http {

namespace {

constexpr std::size_t kWorthPressing = 1024;
constexpr int kGzipLevel = 5;

std::string_view reason(int status) {
  static constexpr std::array<std::pair<int, std::string_view>, 30> kReasons{{
      {200, "OK"},
      {201, "Created"},
      {202, "Accepted"},
      {204, "No Content"},
      {206, "Partial Content"},
      {301, "Moved Permanently"},
      {302, "Found"},
      {303, "See Other"},
      {304, "Not Modified"},
      {307, "Temporary Redirect"},
      {308, "Permanent Redirect"},
      {400, "Bad Request"},
      {401, "Unauthorized"},
      {403, "Forbidden"},
      {404, "Not Found"},
      {405, "Method Not Allowed"},
      {406, "Not Acceptable"},
      {408, "Request Timeout"},
      {409, "Conflict"},
      {410, "Gone"},
      {412, "Precondition Failed"},
      {413, "Content Too Large"},
      {415, "Unsupported Media Type"},
      {416, "Range Not Satisfiable"},
      {422, "Unprocessable Content"},
      {429, "Too Many Requests"},
      {431, "Request Header Fields Too Large"},
      {500, "Internal Server Error"},
      {502, "Bad Gateway"},
      {503, "Service Unavailable"},
  }};
  for (const auto& [code, text] : kReasons) {
    if (code == status) return text;
  }
  return "Status";
}

/// `Tue, 06 Jan 2026 03:15:00 GMT`, kept for as long as the second lasts.
const std::string& httpDate(Instant now) {
  thread_local std::chrono::sys_seconds second{std::chrono::seconds(-1)};
  thread_local std::string text;
  static constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto current = std::chrono::floor<std::chrono::seconds>(now);
  if (current == second) return text;
  second = current;
  const auto day = std::chrono::floor<std::chrono::days>(current);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss time(current - day);
  text =
      fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
                  kDays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                  kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                  time.hours().count(), time.minutes().count(), time.seconds().count());
  return text;
}

std::string statusLineAndHeaders(const Response& response, const AnswerTerms& terms, bool close,
                                 const Clock& clock) {
  std::string head = fmt::format("HTTP/1.1 {} {}\r\nDate: {}\r\n", response.status,
                                 reason(response.status), httpDate(clock.now()));
  for (const auto& [name, value] : response.headers) {
    if (!isSendable(name, value)) throw std::logic_error("a header that cannot be sent: " + name);
    head.append(name).append(": ").append(value).append("\r\n");
  }
  if (!terms.requestId.empty())
    head.append("X-Request-Id: ").append(terms.requestId).append("\r\n");
  if (close) {
    head += "Connection: close\r\n";
  } else if (terms.minorVersion == 0) {
    head += "Connection: keep-alive\r\n";
  }
  return head;
}

bool hasNoBody(int status) { return status < 200 || status == 204 || status == 304; }

/// A pressed body is another representation: its tag can only be weak.
void pressedHeaders(Response& response) {
  response.set("Content-Encoding", "gzip");
  const auto tag = response.header("ETag");
  if (tag && tag->substr(0, 2) != "W/") response.set("ETag", "W/" + *tag);
}

/// Text that shrinks and that nobody has pressed yet. Caches must keep both forms apart.
bool shallPress(Response& response, const AnswerTerms& terms) {
  const auto type = response.header("Content-Type");
  if (!type || !isCompressible(*type) || response.header("Content-Encoding")) return false;
  if (response.status == 206 || hasNoBody(response.status)) return false;
  if (!response.header("Vary")) response.set("Vary", "Accept-Encoding");
  return terms.gzip;
}

/// What a stream body writes into: chunks on HTTP/1.1, plain bytes up to the end on HTTP/1.0.
class ChunkBuffer : public std::streambuf {
 public:
  ChunkBuffer(Channel& channel, std::string head, bool chunked)
      : channel_(channel), head_(std::move(head)), chunked_(chunked) {
    setp(area_.data(), area_.data() + area_.size());
  }
  [[nodiscard]] bool begun() const { return begun_; }
  /// From now on nothing is sent: a part must not look like the whole.
  void abandon() { abandoned_ = true; }
  void finish() {
    send();
    if (chunked_) channel_.write("0\r\n\r\n");
  }

 protected:
  int_type overflow(int_type c) override {
    send();
    if (traits_type::eq_int_type(c, traits_type::eof())) return traits_type::not_eof(c);
    return sputc(traits_type::to_char_type(c));
  }
  /// A handler's flush sends what is there: that is how a page shows progress.
  int sync() override {
    send();
    return 0;
  }

 private:
  void send() {
    const std::string_view bytes(pbase(), static_cast<std::size_t>(pptr() - pbase()));
    setp(area_.data(), area_.data() + area_.size());
    if (abandoned_) return;
    std::string before = begun_ ? std::string() : head_;
    begun_ = true;
    if (chunked_ && !bytes.empty()) before += fmt::format("{:x}\r\n", bytes.size());
    channel_.write(before, bytes);
    if (chunked_ && !bytes.empty()) channel_.write("\r\n");
  }

  Channel& channel_;
  std::string head_;
  bool chunked_;
  bool begun_ = false;
  bool abandoned_ = false;
  std::array<char, 16 * 1024> area_;
};

/// One answer on its way out.
class AnswerWriter {
 public:
  AnswerWriter(Channel& channel, Response& response, const AnswerTerms& terms, const Clock& clock)
      : channel_(channel), response_(response), terms_(terms), clock_(clock) {}

  Sent write() {
    if (auto* text = std::get_if<std::string>(&response_.body)) return writeText(*text);
    if (auto* file = std::get_if<FileBody>(&response_.body)) return writeFile(*file);
    return writeStream(std::get<StreamBody>(response_.body));
  }

 private:
  [[nodiscard]] bool isUnchanged() const {
    if (!terms_.conditional || response_.status != 200 || terms_.ifNoneMatch.empty()) return false;
    const auto tag = response_.header("ETag");
    return tag && matchesTag(terms_.ifNoneMatch, *tag);
  }

  Sent writeHeadOnly(std::optional<std::uint64_t> length, bool keepAlive) {
    std::string head = statusLineAndHeaders(response_, terms_, !keepAlive, clock_);
    if (length) head += fmt::format("Content-Length: {}\r\n", *length);
    channel_.write(head + "\r\n");
    return {response_.status, keepAlive};
  }

  Sent writeUnchanged() {
    response_.status = 304;
    std::erase_if(response_.headers, [](const auto& header) {
      return sameName(header.first, "Content-Type") || sameName(header.first, "Content-Encoding");
    });
    return writeHeadOnly(std::nullopt, terms_.keepAlive);
  }

  Sent writeText(std::string& text) {
    const bool press = text.size() >= kWorthPressing && shallPress(response_, terms_);
    if (isUnchanged()) {
      if (press) pressedHeaders(response_);
      return writeUnchanged();
    }
    if (press) {
      text = gzipped(text, kGzipLevel);
      pressedHeaders(response_);
    }
    if (hasNoBody(response_.status)) return writeHeadOnly(std::nullopt, terms_.keepAlive);
    if (terms_.headOnly) return writeHeadOnly(text.size(), terms_.keepAlive);
    std::string head = statusLineAndHeaders(response_, terms_, !terms_.keepAlive, clock_);
    head += fmt::format("Content-Length: {}\r\n\r\n", text.size());
    channel_.write(head, text);
    return {response_.status, terms_.keepAlive};
  }

  Sent writeFile(const FileBody& body) {
    const Fd file(::open(body.file.c_str(), O_RDONLY | O_CLOEXEC));
    struct stat facts = {};
    if (!file.valid() || ::fstat(file.get(), &facts) != 0 || !S_ISREG(facts.st_mode)) {
      throw std::runtime_error("cannot read " + body.file.string());
    }
    if (!body.etag.empty()) response_.set("ETag", '"' + body.etag + '"');
    if (isUnchanged()) return writeUnchanged();
    return writeRange(file, static_cast<std::uint64_t>(facts.st_size));
  }

  Sent writeRange(const Fd& file, std::uint64_t size) {
    response_.set("Accept-Ranges", "bytes");
    ByteRange range{0, size - 1};
    RangeKind kind = RangeKind::Whole;
    if (response_.status == 200 && !terms_.range.empty() && rangeStillHolds()) {
      kind = parseRange(terms_.range, size, range);
    }
    if (kind == RangeKind::Unsatisfiable) {
      response_.status = 416;
      response_.set("Content-Range", fmt::format("bytes */{}", size));
      return writeHeadOnly(0, terms_.keepAlive);
    }
    if (kind == RangeKind::Part) {
      response_.status = 206;
      response_.set("Content-Range", fmt::format("bytes {}-{}/{}", range.first, range.last, size));
    }
    const std::uint64_t count = size == 0 ? 0 : range.last - range.first + 1;
    const Sent sent = writeHeadOnly(count, terms_.keepAlive);
    if (!terms_.headOnly) channel_.sendFile(file.get(), range.first, count);
    return sent;
  }

  /// If-Range: a part is only of use to who has the rest of the same bytes (strong comparison).
  [[nodiscard]] bool rangeStillHolds() const {
    if (terms_.ifRange.empty()) return true;
    const auto tag = response_.header("ETag");
    return tag && tag->substr(0, 2) != "W/" && terms_.ifRange == *tag;
  }

  Sent writeStream(const StreamBody& body) {
    const bool press = shallPress(response_, terms_);
    if (press) pressedHeaders(response_);
    if (isUnchanged()) return writeUnchanged();
    const bool chunked = terms_.minorVersion == 1;
    const bool keepAlive = chunked && terms_.keepAlive;
    if (terms_.headOnly || hasNoBody(response_.status)) {
      return writeHeadOnly(std::nullopt, terms_.keepAlive);
    }
    std::string head = statusLineAndHeaders(response_, terms_, !keepAlive, clock_);
    head += chunked ? "Transfer-Encoding: chunked\r\n\r\n" : "\r\n";
    ChunkBuffer buffer(channel_, std::move(head), chunked);
    runStream(body, buffer, press);
    buffer.finish();
    return {response_.status, keepAlive};
  }

  static void runStream(const StreamBody& body, ChunkBuffer& buffer, bool press) {
    try {
      std::ostream out(&buffer);
      out.exceptions(std::ios::badbit);
      if (!press) return body(out);
      runPressed(body, buffer, out);
    } catch (const ConnectionBroken&) {
      throw;
    } catch (...) {
      if (buffer.begun()) throw;
      std::throw_with_nested(NothingSent("a stream body failed"));
    }
  }

  static void runPressed(const StreamBody& body, ChunkBuffer& buffer, std::ostream& out) {
    Poco::DeflatingOutputStream pressed(out, Poco::DeflatingStreamBuf::STREAM_GZIP, kGzipLevel);
    pressed.exceptions(std::ios::badbit);
    try {
      body(pressed);
    } catch (...) {
      buffer.abandon();  // The destructor of `pressed` would end the stream as if it were whole.
      throw;
    }
    pressed.close();
  }

  Channel& channel_;
  Response& response_;
  const AnswerTerms& terms_;
  const Clock& clock_;
};

}  // namespace

std::string gzipped(std::string_view bytes, int level) {
  std::ostringstream out;
  Poco::DeflatingOutputStream pressed(out, Poco::DeflatingStreamBuf::STREAM_GZIP, level);
  pressed.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  pressed.close();
  return std::move(out).str();
}

Sent writeAnswer(Channel& channel, Response& response, const AnswerTerms& terms,
                 const Clock& clock) {
  channel.restartPace();
  return AnswerWriter(channel, response, terms, clock).write();
}

}  // namespace base::http
