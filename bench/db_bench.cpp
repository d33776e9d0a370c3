// What one statement costs through the door, on a private MariaDB over its Unix socket.
#include <benchmark/benchmark.h>

#include "base/db/database.h"
#include "base/db/private_mariadb.h"
#include "base/log.h"
#include "tests/support/temporary_folder.h"

namespace {

using base::db::Database;
using base::db::Params;
using base::db::Row;
using base::db::Session;

constexpr int kRows = 20'000;

struct Bench {
  Bench() {
    database = base::db::openDatabase(mariadb.connection());
    database->apart([](Session& s) {
      s.runPlain(
          "CREATE TABLE session_like (token BINARY(32) PRIMARY KEY, person_id BIGINT NOT NULL, "
          "expires_at DATETIME(6) NOT NULL, note VARCHAR(200) NOT NULL) ENGINE = InnoDB");
      s.runPlain(
          "INSERT INTO session_like SELECT UNHEX(SHA2(seq, 256)), seq, NOW(6), "
          "REPEAT('x', 100) FROM seq_1_to_20000");
    });
  }

  tests::TemporaryFolder folder;
  base::db::PrivateMariaDb mariadb{{.directory = folder.path()}};
  std::unique_ptr<Database> database;
};

Bench& bench() {
  static Bench instance;
  return instance;
}

constexpr const char* kLookup =
    "/* bench.lookup */ SELECT person_id, expires_at, note FROM session_like "
    "WHERE token = UNHEX(SHA2(?, 256))";

void lookup(benchmark::State& state) {
  auto& database = *bench().database;
  std::int64_t key = 0;
  for (auto step : state) {
    key = key % kRows + 1;
    benchmark::DoNotOptimize(
        database.read([&](Session& s) { return s.get(kLookup, {key}).integer(0); }));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(lookup)->Threads(1)->Threads(2)->Threads(8)->UseRealTime();

void lookupAndList(benchmark::State& state) {
  auto& database = *bench().database;
  std::int64_t key = 0;
  for (auto step : state) {
    key = key % kRows + 1;
    database.read([&](Session& s) {
      const auto person = s.get(kLookup, {key}).integer(0);
      benchmark::DoNotOptimize(
          s.query("/* bench.list */ SELECT person_id, expires_at, note FROM session_like "
                  "WHERE token > UNHEX(SHA2(?, 256)) ORDER BY token LIMIT 20",
                  {person}));
    });
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(lookupAndList)->Threads(1)->Threads(8)->UseRealTime();

void update(benchmark::State& state) {
  auto& database = *bench().database;
  std::int64_t key = 0;
  for (auto step : state) {
    key = key % kRows + 1;
    database.transact([&](Session& s) {
      s.execute(
          "/* bench.update */ UPDATE session_like SET expires_at = NOW(6) WHERE token = "
          "UNHEX(SHA2(?, 256))",
          {key});
    });
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(update)->UseRealTime();

void insertThousand(benchmark::State& state) {
  auto& database = *bench().database;
  database.apart([](Session& s) {
    s.runPlain("CREATE TABLE IF NOT EXISTS plain_row (a BIGINT, b VARCHAR(100)) ENGINE = InnoDB");
  });
  std::vector<Params> rows;
  for (int i = 0; i < 1000; ++i) rows.push_back({i, "Quyết định số " + std::to_string(i)});
  for (auto step : state) {
    database.transact([&](Session& s) {
      s.insertMany("/* bench.insertMany */ INSERT INTO plain_row (a, b) VALUES", rows);
    });
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(insertThousand)->UseRealTime();

void streamThousand(benchmark::State& state) {
  auto& database = *bench().database;
  for (auto step : state) {
    database.read([&](Session& s) {
      s.stream("/* bench.stream */ SELECT person_id, expires_at, note FROM session_like LIMIT 1000",
               {}, [](const Row& row) { return row.integer(0) > 0; });
    });
  }
  state.SetItemsProcessed(state.iterations() * 1000);
}
BENCHMARK(streamThousand)->UseRealTime();

}  // namespace

int main(int argc, char** argv) {
  const base::SystemClock clock;
  base::log::configure(base::log::Level::Warning, base::log::Format::Plain, clock);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
