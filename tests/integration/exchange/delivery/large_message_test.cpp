// A large document from office to office through the hub: the memory of all three together does not
// grow with it.
#include <gtest/gtest.h>

#include <fstream>

#include "tests/support/exchange_fixture.h"

#if defined(__SANITIZE_ADDRESS__)
// What is freed and held back by the sanitizer would count as ours.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "quarantine_size_mb=8"; }
#endif

namespace exchange::delivery {
namespace {

constexpr std::uint64_t kLarge = 48ULL << 20;  // More than the allowed rise is proof enough.
constexpr long kMostRise = 32L << 10;          // KiB

long peakKib() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);) {
    if (line.starts_with("VmHWM:")) {
      return std::stol(line.substr(6));
    }
  }
  return -1;
}

base::BlobRef largePdf(base::BlobStore& blobs) {
  const auto writer = blobs.begin();
  std::string piece = "%PDF-1.7 ";
  std::uint32_t state = 1;
  for (std::uint64_t written = 0; written < kLarge; written += piece.size()) {
    piece.resize(1 << 20);
    for (char& c : piece) {
      c = static_cast<char>((state = state * 1664525 + 1013904223) >> 24);
    }
    writer->write(piece);
  }
  return writer->keep();
}

class LargeMessage : public tests::HubDatabaseTest {};

/// Looks at no bytes: the real inspector works by file.
class NoInspector : public AttachmentInspector {
 public:
  std::vector<AttachmentRemark> inspect(const Attachment&) override { return {}; }
};

TEST_F(LargeMessage, GoesThroughWithFlatMemory) {
  tests::ManualClock clock(tests::kToday, std::chrono::hours(10));
  tests::HubServer hub(clock);
  hub.importSample();
  static tests::TestDatabase wardRows("exchange_large", tests::kOfficeMigrations);
  for (const auto by : {axis::AxisClientOptions::FetchBy::GetEdoc,
                        axis::AxisClientOptions::FetchBy::DownloadEdoc}) {
    tests::TestDatabase::hub().clear();
    hub.importSample();
    tests::TestOffice province(tests::TestDatabase::office(), hub, clock, "H32.01", {"H32"});
    tests::TestOffice ward(wardRows, hub, clock, "ward", {"H32.21"});
    ward.fetchBy(by);
    NoInspector inspector;
    ward.poller = std::make_unique<InboxPoller>(
        ward.database, ward.blobs, clock, *ward.metrics, ward.outbox, ward.organs, inspector,
        nullptr, ward.events, [](const base::Refusal& refusal) { return refusal.code; },
        ward.axisFactory(), [] {}, InboxPollerOptions{});

    DocumentEnvelope envelope = tests::sampleDocument();
    envelope.to.pop_back();
    envelope.attachments.push_back({.name = "large.pdf", .blob = largePdf(province.blobs)});
    ASSERT_TRUE(province.send(envelope));
    std::ofstream("/proc/self/clear_refs") << "5";
    const long before = peakKib();
    province.tick();
    ward.tick();
    province.tick();
    const long rise = peakKib() - before;
    EXPECT_LT(rise, kMostRise);
    RecordProperty(by == axis::AxisClientOptions::FetchBy::GetEdoc ? "get_kib" : "download_kib",
                   static_cast<int>(rise));
    ASSERT_EQ(ward.events.arrived.size(), 1u);
    EXPECT_EQ(ward.events.arrived.front().envelope.attachments.front().blob,
              envelope.attachments.front().blob);
    EXPECT_EQ(province.deliveries().front().state, DeliveryState::Delivered);
  }
}

}  // namespace
}  // namespace exchange::delivery
