// Multipart and urlencoded forms, as a client may send them. The first byte chooses how many bytes
// come at once. Whatever comes, the parser ends, throws only what it says, and a file's bytes are
// bytes of the body.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

#include "base/http/form.h"
#include "tests/support/trickle.h"

namespace {

class Counting : public base::BlobWriter {
 public:
  explicit Counting(std::size_t& total) : total_(total) {}
  void write(std::string_view bytes) override { total_ += bytes.size(); }
  base::BlobRef keep() override { return {std::string(64, '0'), total_}; }

 private:
  std::size_t& total_;
};

template <class Action>
void expectOnlyRefusals(Action action) {
  try {
    action();
  } catch (const base::http::BadRequest&) {
    return;
  } catch (const base::http::BodyTooLarge&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = data[0] + 1U;
  const std::string body(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::size_t total = 0;
  expectOnlyRefusals([&] {
    tests::Trickle buffer(body, piece);
    std::istream in(&buffer);
    const auto form =
        base::http::readMultipart(in, "B", [&] { return std::make_unique<Counting>(total); });
    for (const auto& file : form.files) {
      if (file.name.empty() || file.name.find('/') != std::string::npos) std::abort();
    }
  });
  if (total > body.size()) std::abort();
  expectOnlyRefusals([&] {
    std::istringstream in(body);
    (void)base::http::readUrlEncoded(in);
  });
  (void)base::http::boundaryOf(body);
  if (base::http::safeFileName(body).empty()) std::abort();
  return 0;
}
