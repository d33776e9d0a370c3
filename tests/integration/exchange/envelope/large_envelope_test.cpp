// Memory must not grow with the attachments: each step runs in a child of its own, which reports
// how much its peak rose.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <functional>
#include <string>

#include "exchange/signature/signer.h"
#include "exchange/signature/verifier.h"
#include "tests/support/envelope_fixture.h"
#include "tests/support/test_pki.h"

namespace exchange {
namespace {

constexpr std::uint64_t kLargest = 200ULL << 20;
constexpr std::uint64_t kLargeZip = 64ULL << 20;  // twice the allowed rise is proof enough
constexpr long kMostRise = 32L << 10;             // KiB
const base::Instant kNow = base::toInstant(tests::kToday, std::chrono::hours(12));

long peakKib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      return std::stol(line.substr(6));
    }
  }
  return -1;
}

// Runs `act` in a child; returns the rise of the child's peak in KiB, or -1 when it failed.
long riseOf(const std::function<bool()>& act) {
  int pipe[2];
  EXPECT_EQ(0, ::pipe(pipe));
  const pid_t child = ::fork();
  if (child == 0) {
    // Pages that are shared with the parent count from the beginning.
    std::ofstream("/proc/self/clear_refs") << "5";
    const long before = peakKib();
    const long result = act() ? peakKib() - before : -1;
    const ssize_t written = ::write(pipe[1], &result, sizeof result);
    ::_exit(written == sizeof result ? 0 : 1);
  }
  long rise = -1;
  EXPECT_EQ(static_cast<ssize_t>(sizeof rise), ::read(pipe[0], &rise, sizeof rise));
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_EQ(0, status);
  ::close(pipe[0]);
  ::close(pipe[1]);
  return rise;
}

class LargeEnvelope : public testing::Test {
 protected:
  LargeEnvelope() : blobs_(folder_.path() / "blobs"), file_(folder_.path() / "large.edxml") {}

  DocumentEnvelope largeDocument(const std::string& name, std::uint64_t size) {
    auto writer = blobs_.begin();
    std::string piece = "%PDF-1.7 ";
    std::uint32_t state = 1;
    for (std::uint64_t written = 0; written < size; written += piece.size()) {
      piece.resize(1 << 20);
      for (auto& c : piece) {
        c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
      }
      writer->write(piece);
    }
    DocumentEnvelope document = tests::sampleDocument();
    document.attachments.push_back({});
    document.attachments.back().name = name;
    document.attachments.back().blob = writer->keep();
    return document;
  }

  bool writeSigned(const DocumentEnvelope& document) {
    std::ofstream out(file_, std::ios::binary);
    return writeSignedEnvelope(document, kNow, signer_, blobs_,
                               [&](std::string_view bytes) {
                                 out.write(bytes.data(),
                                           static_cast<std::streamsize>(bytes.size()));
                               })
        .has_value();
  }

  tests::TemporaryFolder folder_;
  base::BlobStore blobs_;
  std::filesystem::path file_;
  EnvelopeSigner signer_ =
      *EnvelopeSigner::fromPkcs12Bytes(tests::sharedPki().agencyPkcs12("H32"), "secret");
};

void readAndVerifyFlat(const std::filesystem::path& file, base::BlobStore& blobs,
                       const base::BlobRef& expected) {
  const long rise = riseOf([&] {
    const auto report = readEnvelope(file, blobs);
    if (!report || report->document().attachments.at(0).blob != expected) {
      return false;
    }
    const auto verifier = EnvelopeVerifier::fromPem(tests::sharedPki().rootPem());
    return verifyEnvelope(*report, *verifier, kNow).good();
  });
  EXPECT_GE(rise, 0);
  EXPECT_LT(rise, kMostRise);
  std::printf("read and verify: +%ld KiB\n", rise);
}

TEST_F(LargeEnvelope, IsWrittenReadAndVerifiedWithFlatMemory) {
  const DocumentEnvelope document = largeDocument("scan.pdf", kLargest);
  const long rise = riseOf([&] { return writeSigned(document); });
  EXPECT_GE(rise, 0);
  EXPECT_LT(rise, kMostRise);
  std::printf("sign and write: +%ld KiB\n", rise);
  readAndVerifyFlat(file_, blobs_, document.attachments[0].blob);
}

TEST_F(LargeEnvelope, IsPackedAndUnpackedWithFlatMemory) {
  const DocumentEnvelope document = largeDocument("scan.tif", kLargeZip);
  const long rise = riseOf([&] { return writeSigned(document); });
  EXPECT_GE(rise, 0);
  EXPECT_LT(rise, kMostRise);
  std::printf("zip, sign and write: +%ld KiB\n", rise);
  readAndVerifyFlat(file_, blobs_, document.attachments[0].blob);
}

}  // namespace
}  // namespace exchange
