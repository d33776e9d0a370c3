// Heads of requests and answers, targets, ranges and lists of tags, as the other side may send
// them. Whatever comes, the parsers end and throw only BadRequest; a path that is accepted has no
// dot segment.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/http/answer.h"
#include "base/http/message.h"
#include "base/http/request.h"

namespace {

template <class Action>
void expectOnlyRefusals(Action action) {
  try {
    action();
  } catch (const base::http::BadRequest&) {
    return;
  }
}

void checkPath(const std::string& path) {
  if (path.empty() || path.front() != '/' || path.find('\0') != std::string::npos ||
      (path + "/").find("/../") != std::string::npos) {
    std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  expectOnlyRefusals([&] {
    base::http::ReceivedRequest request;
    request.understand(base::http::parseRequestHead(bytes));
    checkPath(request.path);
    (void)request.cookie("session");
    (void)base::http::termsOf(request.head(), true);
  });
  expectOnlyRefusals([&] {
    const auto head = base::http::parseResponseHead(bytes);
    (void)base::http::responseFraming(head, "GET");
  });
  base::http::ByteRange range{};
  if (base::http::parseRange(bytes, 1000, range) == base::http::RangeKind::Part &&
      (range.first > range.last || range.last >= 1000)) {
    std::abort();
  }
  (void)base::http::matchesTag(bytes, "\"tag\"");
  return 0;
}
