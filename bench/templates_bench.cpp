// What one page costs to render: the fixtures of the browser tests, lists filled up to 50 rows. The
// promise is less than 3 ms for a list page; loading all templates is part of the start.
#include <benchmark/benchmark.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "base/templates.h"

namespace {

using nlohmann::json;

const std::filesystem::path kSource = EOFFICE_SOURCE_DIR;
constexpr std::size_t kRows = 50;

json readJson(const std::filesystem::path& file) {
  std::ifstream in(file);
  return json::parse(in);
}

json page(const std::string& fixture) {
  json data = readJson(kSource / "tests/data/pages/layout/clerk.json");
  data.update(readJson(kSource / "tests/data/pages" / (fixture + ".json"))["data"]);
  data["assets"] = json::object();
  json& rows = data["list"]["rows"];
  while (rows.size() < kRows) rows.push_back(rows.front());
  return data;
}

const base::Templates& templates() {
  static const base::Texts texts(kSource / "templates/texts");
  static const base::Templates all(kSource / "templates", texts);
  return all;
}

void renders(benchmark::State& state, const char* name, const char* fixture) {
  const json data = page(fixture);
  std::size_t bytes = 0;
  for (auto _ : state) bytes = templates().render(name, data, base::Language::Vi).size();
  state.counters["bytes"] = static_cast<double>(bytes);
}
BENCHMARK_CAPTURE(renders, list, "pages/documents", "documents");
BENCHMARK_CAPTURE(renders, desk, "pages/desk", "clerk_inbox");

void loads(benchmark::State& state) {
  const base::Texts texts(kSource / "templates/texts");
  for (auto _ : state) benchmark::DoNotOptimize(base::Templates(kSource / "templates", texts));
}
BENCHMARK(loads)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
