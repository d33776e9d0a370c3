// Envelopes read, written, signed and verified, at 4 KB, 1 MB and 70 MB of attachment. At 4 KB the
// items a second count; at 70 MB the peak of memory, which must not follow the size.
#include <benchmark/benchmark.h>

#include <fstream>
#include <map>
#include <sstream>

#include "exchange/signature/signer.h"
#include "exchange/signature/verifier.h"
#include "tests/support/envelope_fixture.h"
#include "tests/support/test_pki.h"

namespace {

const base::Instant kNow = base::toInstant(tests::kToday, std::chrono::hours(12));

double peakMib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      return std::stod(line.substr(6)) / 1024;
    }
  }
  return 0;
}

// The peak of this benchmark alone.
void resetPeak() { std::ofstream("/proc/self/clear_refs") << "5"; }

struct World {
  tests::TemporaryFolder folder;
  base::BlobStore blobs{folder.path() / "blobs"};
  exchange::EnvelopeSigner signer =
      *exchange::EnvelopeSigner::fromPkcs12Bytes(tests::sharedPki().agencyPkcs12("H32"), "secret");
  exchange::EnvelopeVerifier verifier =
      *exchange::EnvelopeVerifier::fromPem(tests::sharedPki().rootPem());

  exchange::DocumentEnvelope document(std::uint64_t size) {
    exchange::DocumentEnvelope result = tests::sampleDocument();
    auto writer = blobs.begin();
    std::string piece = "%PDF-1.7 ";
    std::uint32_t state = 1;
    for (std::uint64_t left = size; left > 0; left -= piece.size()) {
      piece.resize(std::min<std::uint64_t>(left, 1 << 20));
      for (auto& c : piece) {
        c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
      }
      writer->write(piece);
    }
    result.attachments.push_back({});
    result.attachments.back().name = "scan.pdf";
    result.attachments.back().blob = writer->keep();
    return result;
  }

  std::filesystem::path signedFile(std::uint64_t size) {
    const auto file = folder.path() / (std::to_string(size) + ".edxml");
    if (!std::filesystem::exists(file)) {
      std::ofstream out(file, std::ios::binary);
      static_cast<void>(exchange::writeSignedEnvelope(
          document(size), kNow, signer, blobs, [&](std::string_view bytes) {
            out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
          }));
    }
    return file;
  }
};

World& world() {
  static World one;
  return one;
}

void finish(benchmark::State& state) {
  state.SetItemsProcessed(state.iterations());
  state.SetBytesProcessed(state.iterations() * state.range(0));
  state.counters["peak_MiB"] = peakMib();
}

void write(benchmark::State& state) {
  const auto document = world().document(static_cast<std::uint64_t>(state.range(0)));
  resetPeak();
  for (auto _ : state) {
    std::size_t size = 0;
    const auto done = exchange::writeEnvelope(
        document, tests::kToday, world().blobs,
        [&](std::string_view bytes) { benchmark::DoNotOptimize(size += bytes.size()); });
    if (!done) {
      state.SkipWithError(done.error().code.c_str());
    }
  }
  finish(state);
}

void signAndWrite(benchmark::State& state) {
  const auto document = world().document(static_cast<std::uint64_t>(state.range(0)));
  resetPeak();
  for (auto _ : state) {
    std::size_t size = 0;
    const auto done = exchange::writeSignedEnvelope(
        document, kNow, world().signer, world().blobs,
        [&](std::string_view bytes) { benchmark::DoNotOptimize(size += bytes.size()); });
    if (!done) {
      state.SkipWithError(done.error().code.c_str());
    }
  }
  finish(state);
}

void read(benchmark::State& state) {
  const auto file = world().signedFile(static_cast<std::uint64_t>(state.range(0)));
  resetPeak();
  for (auto _ : state) {
    auto report = exchange::readEnvelope(file, world().blobs);
    if (!report) {
      state.SkipWithError(report.error().code.c_str());
    }
  }
  finish(state);
}

void verify(benchmark::State& state) {
  const auto file = world().signedFile(static_cast<std::uint64_t>(state.range(0)));
  const auto report = exchange::readEnvelope(file, world().blobs);
  resetPeak();
  for (auto _ : state) {
    if (!exchange::verifyEnvelope(*report, world().verifier, kNow).good()) {
      state.SkipWithError("not good");
    }
  }
  finish(state);
}

constexpr std::int64_t kSmall = 4 << 10;
constexpr std::int64_t kMiddle = 1 << 20;
constexpr std::int64_t kLarge = 70 << 20;

BENCHMARK(write)->Arg(kSmall)->Arg(kMiddle)->Arg(kLarge);
BENCHMARK(signAndWrite)->Arg(kSmall)->Arg(kMiddle)->Arg(kLarge);
BENCHMARK(read)->Arg(kSmall)->Arg(kMiddle)->Arg(kLarge);
BENCHMARK(verify)->Arg(kSmall)->Arg(kMiddle)->Arg(kLarge);

}  // namespace

BENCHMARK_MAIN();
