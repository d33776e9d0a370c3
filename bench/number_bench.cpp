// Numbers of a register book taken by 16 clerks at once, each in a durable transaction of its own,
// 100,000 of them: afterwards there is neither a gap nor a number that was given twice.
#include <benchmark/benchmark.h>

#include <atomic>
#include <set>
#include <thread>

#include "eoffice/documents/book.h"
#include "tests/support/office_people.h"
#include "tests/support/test_database.h"

namespace {

constexpr int kTrials = 100'000;
constexpr int kClerks = 16;

// What each clerk got, in the order in which they got it.
std::vector<std::vector<int>> takeAll(eoffice::AgencyId agency) {
  auto options = tests::TestDatabase::office().options();
  options.poolSize = kClerks;
  const auto database = base::db::openDatabase(options);
  const auto day = *base::parseIsoDate("2026-01-06");
  std::atomic<int> left = kTrials;
  std::vector<std::vector<int>> taken(kClerks);
  std::vector<std::thread> clerks;
  for (int clerk = 0; clerk < kClerks; ++clerk) {
    clerks.emplace_back([&, clerk] {
      while (left.fetch_sub(1) > 0) {
        taken[clerk].push_back(database->transact([&](base::db::Session& session) {
          return takeNumber(session, agency, eoffice::documents::Direction::Incoming, day).number;
        }));
      }
    });
  }
  for (auto& clerk : clerks) clerk.join();
  return taken;
}

void takesNumbers(benchmark::State& state) {
  for (auto _ : state) {
    tests::TestDatabase::office().clear();
    const auto agency = tests::TestDatabase::office().database().transact(
        [](base::db::Session& session) { return tests::addAgency(session, "H32", "UBND"); });
    std::set<int> numbers;
    std::size_t count = 0;
    for (const auto& one : takeAll(agency)) {
      numbers.insert(one.begin(), one.end());
      count += one.size();
    }
    const bool whole = count == kTrials && numbers.size() == kTrials && *numbers.begin() == 1 &&
                       *numbers.rbegin() == kTrials;
    if (!whole) state.SkipWithError("numbers with a gap, or one that was given twice");
  }
  state.SetItemsProcessed(state.iterations() * kTrials);
}
BENCHMARK(takesNumbers)->Iterations(1)->UseRealTime()->Unit(benchmark::kSecond);

}  // namespace
