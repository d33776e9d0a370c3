// What a signed-in request pays for knowing who asks, and what a picker pays for finding one agency
// among 130,000. Prints how long importing them took.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <array>
#include <chrono>

#include "eoffice/directory/import.h"
#include "eoffice/directory/pickers.h"
#include "eoffice/directory/sign_in.h"
#include "tests/support/office_people.h"
#include "tests/support/test_database.h"

namespace {

using namespace eoffice;
using namespace eoffice::directory;
using base::db::Session;

constexpr int kAgencies = 130'000;

// Names like the national list's: the same few first words, then one to three of these.
std::string nationalList() {
  constexpr std::array kParts{"An",  "Bình",  "Cái",   "Diên", "Đại",  "Hòa",   "Khánh",
                              "Lâm", "Minh",  "Nam",   "Ninh", "Phú",  "Quang", "Sơn",
                              "Tân", "Thành", "Trang", "Vạn",  "Vĩnh", "Xuân"};
  constexpr std::array kKinds{
      "Ủy ban nhân dân xã",         "Ủy ban nhân dân phường", "Sở",
      "Trường Trung học phổ thông", "Trung tâm Y tế",         "Công ty cổ phần"};
  std::string csv = "code,parent,level,kind,short,name\n";
  for (int p = 1; p <= 63; ++p) {
    csv += fmt::format("H{:02},,1,province,UBND,Ủy ban nhân dân tỉnh {}\n", p, kParts[p % 20]);
  }
  for (int i = 64; i <= kAgencies; ++i) {
    const auto unsignedI = static_cast<std::size_t>(i);
    const std::size_t mixed = (unsignedI * 2654435761U) >> 5;
    csv += fmt::format("H{:02}.{},H{:02},2,other,CQ,{} {} {} {}\n", i % 63 + 1, i, i % 63 + 1,
                       kKinds[mixed % kKinds.size()], kParts[mixed / 7 % 20],
                       kParts[mixed / 150 % 20], i % 50 == 0 ? kParts[mixed / 3100 % 20] : "");
  }
  return csv;
}

struct Bench {
  Bench() {
    const auto list = nationalList();
    for (const char* what : {"first", "second"}) {
      const auto start = std::chrono::steady_clock::now();
      const auto counts = importUnits(*database, clock, Actor{}, list);
      const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
      fmt::print("{} import of {} agencies: {:.1f} s, {} created\n", what, kAgencies, took.count(),
                 counts ? counts->created : 0);
    }
    database->transact([&](Session& session) {
      const tests::Office people(session, "X99", "Cơ quan thử", ".bench");
      session.execute("UPDATE account SET password_hash = ?",
                      {base::hashPassword("password", base::PasswordOptions::fastForTests())});
    });
    SignInPolicy policy;
    policy.password = base::PasswordOptions::fastForTests();
    signIn.emplace(*database, clock, policy);
    token = signIn->attempt({"clerk.bench", "password", "127.0.0.1", "", ""}).value().token;
  }

  tests::TestDatabase office{"bench_office", tests::kOfficeMigrations};
  base::db::Database* database = &office.database();
  base::SystemClock clock;
  std::optional<SignIn> signIn;
  std::string token;
};

Bench& bench() {
  static Bench instance;
  return instance;
}

void findSession(benchmark::State& state) {
  auto& signIn = *bench().signIn;
  for (auto step : state) benchmark::DoNotOptimize(signIn.find(bench().token).value().caller.post);
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(findSession)->Threads(1)->Threads(2)->Threads(4)->UseRealTime();

void findAgency(benchmark::State& state, const char* query) {
  auto& database = *bench().database;
  const auto today = bench().clock.today();
  std::size_t hits = 0;
  for (auto step : state) {
    hits = database.read([&](Session& s) { return findAgencies(s, query, today).size(); });
  }
  state.counters["hits"] = static_cast<double>(hits);
}
BENCHMARK_CAPTURE(findAgency, oneLetter, "n")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(findAgency, commonWords, "ủy ban nhân dân xã")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(findAgency, commonThenRarer, "ubnd xã vạn ninh")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(findAgency, twoWords, "ninh hoa")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(findAgency, threeWords, "sơn tân xuân")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(findAgency, code, "H32.4")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(findAgency, nothing, "khongcogi")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(findAgency, commonAndNothing, "ủy ban phường công ty")
    ->Unit(benchmark::kMillisecond);

}  // namespace
