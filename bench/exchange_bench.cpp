// How long a document is under way, and what the hub and its client carry. Two offices and a hub in
// this process, each with its own schema on a private MariaDB, over loopback HTTP; the pollers ask
// every 300 ms, as in the demonstration.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "base/crypto/digest.h"
#include "exchange/envelope/writer.h"
#include "tests/support/exchange_fixture.h"

namespace {

using namespace exchange;
using namespace exchange::delivery;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

tests::TestDatabase& wardRows() {
  static tests::TestDatabase rows("bench_ward", tests::kOfficeMigrations);
  return rows;
}

double seconds(steady_clock::duration time) { return std::chrono::duration<double>(time).count(); }

/// One at a time, as a clerk issues: from the commit to the status 01 in the sender's rows.
void submitToDelivered(benchmark::State& state) {
  tests::ManualClock clock(tests::kToday, std::chrono::hours(10));
  tests::TestDatabase::hub().clear();
  tests::HubServer hub(clock);
  hub.importSample();
  tests::TestOffice province(tests::TestDatabase::office(), hub, clock, "H32.01", {"H32"});
  tests::TestOffice ward(wardRows(), hub, clock, "ward", {"H32.21"});
  for (tests::TestOffice* office : {&province, &ward}) {
    office->pollerOptions.interval = milliseconds(300);
    office->start();
    office->worker->start();
    office->poller->start();
  }
  std::vector<double> times;
  DocumentRef document = 0;
  for (auto _ : state) {
    DocumentEnvelope envelope = province.sample();
    envelope.to.pop_back();
    envelope.documentId = "H32,bench," + std::to_string(++document);
    const auto begin = steady_clock::now();
    if (!province.send(envelope, document)) {
      state.SkipWithError("refused");
      break;
    }
    province.worker->wake();
    while (province.deliveries(document).front().state != DeliveryState::Delivered) {
      std::this_thread::sleep_for(milliseconds(2));
    }
    times.push_back(seconds(steady_clock::now() - begin));
    state.SetIterationTime(times.back());
  }
  std::sort(times.begin(), times.end());
  if (!times.empty()) {
    state.counters["p50_ms"] = times[times.size() / 2] * 1000;
    state.counters["p99_ms"] = times[times.size() * 99 / 100] * 1000;
  }
  for (tests::TestOffice* office : {&province, &ward}) {
    office->poller->stop();
    office->worker->stop();
  }
}
BENCHMARK(submitToDelivered)->UseManualTime()->Iterations(100)->Unit(benchmark::kMillisecond);

/// Small messages that the hub takes, on one connection: each synced before it is answered.
void sendToHub(benchmark::State& state) {
  tests::ManualClock clock(tests::kToday, std::chrono::hours(10));
  tests::TestDatabase::hub().clear();
  tests::HubServer hub(clock);
  hub.importSample();
  axis::AxisClient client({.url = hub.url(), .credentials = {"ward", "secret-of-ward"}}, clock);
  tests::TemporaryFolder folder;
  base::BlobStore blobs(folder.path() / "blobs", 0);
  StatusEnvelope status = tests::sampleStatus();
  int number = 0;
  for (auto _ : state) {
    status.description = std::to_string(++number);
    std::string xml;
    static_cast<void>(writeEnvelope(status, [&](std::string_view bytes) { xml += bytes; }));
    const base::BlobRef blob = blobs.put(xml);
    const auto sent = client.sendEdoc({.kind = axis::MessageKind::Status,
                                       .from = "H32.21",
                                       .file = blobs.path(blob.sha256),
                                       .digest = base::sha256(xml)});
    if (!sent) {
      state.SkipWithError(sent.error().description.c_str());
      break;
    }
  }
  state.SetItemsProcessed(number);
}
BENCHMARK(sendToHub)->Unit(benchmark::kMicrosecond);

/// An idle poll of an office: two lists.
void idlePoll(benchmark::State& state) {
  tests::ManualClock clock(tests::kToday, std::chrono::hours(10));
  tests::TestDatabase::hub().clear();
  tests::HubServer hub(clock);
  hub.importSample();
  tests::TestOffice ward(wardRows(), hub, clock, "ward", {"H32.21"});
  for (auto _ : state) {
    benchmark::DoNotOptimize(ward.poller->tick());
  }
}
BENCHMARK(idlePoll)->Unit(benchmark::kMicrosecond);

}  // namespace
