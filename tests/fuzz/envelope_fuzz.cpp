// Foreign bytes through the reader of envelopes and the report on their signature: never a crash,
// a leak or an exception, and what was read can be read again from what the report says was signed.
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>

#include "exchange/envelope/reader.h"
#include "exchange/signature/verifier.h"

namespace {

// A self-signed root made for this target alone; its key is not kept.
constexpr const char* kAnchor = R"(-----BEGIN CERTIFICATE-----
MIIC/zCCAeegAwIBAgIUG1xYe+zAXSvaxPoCWrH/Xl+GU6QwDQYJKoZIhvcNAQEL
BQAwDzENMAsGA1UEAwwEZnV6ejAeFw0yNjExMjQwNjMwMzhaFw00NjExMTkwNjMw
MzhaMA8xDTALBgNVBAMMBGZ1enowggEiMA0GCSqGSIb3DQEBAQUAA4IBDwAwggEK
AoIBAQCZqHIak1/nJUnoZr02njxegZmCPwomGAA9uNKX0SVb3x/B8vaMAo+JxqLI
VEuFinU5AoqNyeOoekmgYWaE2uO2cHQt8guf8GEgpt7nbFJl2vqHKTvhENSPMJd2
4TjIcz1QliLI/JQqUZfKkYQI+oL3PoMzEMT4YU2QWWCG82Q9Bv9pZwuKbhEy7D9W
jhMGedWDbKXCGFBnLkmgc9xwL4eeeGjgHf3ZjFpCe7O7pVN8hvuyRWoFq4GjAbI+
zUjp+KocjRnBBJDxHjzEaqzd08anlk/90ntYJSlfkMGKXjQCCkEiBPFoW7b/UrVd
rjBejyctuHPs1JEA4Hc4sM+lGVpPAgMBAAGjUzBRMB0GA1UdDgQWBBTXtByKtZ//
z6Nm+pHvgzjjm9aXdjAfBgNVHSMEGDAWgBTXtByKtZ//z6Nm+pHvgzjjm9aXdjAP
BgNVHRMBAf8EBTADAQH/MA0GCSqGSIb3DQEBCwUAA4IBAQALmUfjbZuuwlP2uxf2
/EXSqxrFzf9b6ZYPV3/Z84pfHVxA+XXcqmNoZDjQZoo49sCtJy25U/ltROsxWg0y
4YZCh86m5OZSYAA6gYxNWk35rXWFslpeOHhwX+Tysz8zGen2N8FlNYo2XMapDVZD
4Uy6o/qdhQYc7MK6GqpPpsCfO9eqsV/LypJM6X9u7tFtBHC3ZCzcfBK9v4gTO4Xe
D8Sz3mNkqCvCnePyO5tpxNvtHRhjywo46QqFhsvY4uBQHPj6aY5fa5iYvN1caLfg
SAFQZcGUY14u+mHUQvNIOfz4EuRNkXwj76BUtxS+57NmfYs6SsSNK17Ugk5ww0D4
+XjR
-----END CERTIFICATE-----
)";

struct World {
  World() {
    std::string name = "/dev/shm/envelope-fuzz-XXXXXX";
    if (::mkdtemp(name.data()) == nullptr) {
      std::abort();
    }
    folder = name;
    blobs = std::make_unique<base::BlobStore>(folder / "blobs");
  }
  ~World() { std::filesystem::remove_all(folder); }

  std::filesystem::path folder;
  std::unique_ptr<base::BlobStore> blobs;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const auto verifier = exchange::EnvelopeVerifier::fromPem(kAnchor);
  static auto world = std::make_unique<World>();
  static int runs = 0;
  if (++runs % 2000 == 0) {
    world = std::make_unique<World>();
  }
  exchange::ReadOptions options;
  options.temporary = world->folder;
  options.mostUnpacked = 4U << 20;
  options.mostMarkup = 1U << 20;
  std::istringstream bytes(std::string(reinterpret_cast<const char*>(data), size));
  const auto report = exchange::readEnvelope(bytes, *world->blobs, options);
  if (!report) {
    if (report.error().code.empty()) {
      std::abort();
    }
    return 0;
  }
  const auto signature = exchange::verifyEnvelope(*report, *verifier, base::Instant{});
  if (signature.good() != signature.signedContent().has_value()) {
    std::abort();
  }
  return 0;
}
