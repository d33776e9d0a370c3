// Signing and verifying PDFs: what an act costs, and ten signatures (to be checked in under 200
// ms).
#include <benchmark/benchmark.h>
#include <unistd.h>

#include <filesystem>

#include "base/clock.h"
#include "eoffice/signing/demo_authority.h"
#include "eoffice/signing/pdf_tools.h"

namespace {

namespace fs = std::filesystem;
using namespace eoffice;

fs::path draft() {
  return fs::path(EOFFICE_SOURCE_DIR) / "tests/data/documents/du-thao-cong-van.pdf";
}

PdfToolsOptions workerOptions() {
  PdfToolsOptions options;
  options.program = fs::read_symlink("/proc/self/exe").parent_path().parent_path() / "pdf-worker";
  if (!fs::exists(options.program)) {
    options.program = fs::read_symlink("/proc/self/exe").parent_path() / "pdf-worker";
  }
  options.arguments = {};
  return options;
}

/// Twelve people, one agency, and files signed by them, made once.
struct Scene {
  fs::path folder = fs::temp_directory_path() / ("signing-bench-" + std::to_string(::getpid()));
  base::SystemClock clock;
  DemoAuthority authority{folder, clock, workerOptions()};
  std::vector<DemoKey> people;
  std::unique_ptr<PdfTools> tools;

  Scene() {
    for (int i = 0; i < 10; ++i) {
      auto const label = "p" + std::to_string(i);
      people.push_back(authority.person({label, "Nguyễn Văn A", "", "Sở Nội vụ"}, "x"));
    }
    auto options = workerOptions();
    options.trust = {authority.trust()};
    tools = std::make_unique<PdfTools>(options);
    fs::path from = draft();
    for (int i = 0; i < 10; ++i) {
      auto const to = folder / ("signed-" + std::to_string(i + 1) + ".pdf");
      auto const key = Pkcs12KeyStore(authority.keys(), clock).open("p" + std::to_string(i), "x");
      (void)tools->signPersonal(from, {"Nguyễn Văn A", people[0].image, "", clock.now()}, **key, to)
          .value();
      from = to;
    }
  }
  ~Scene() { fs::remove_all(folder); }
  static Scene& get() {
    static Scene scene;
    return scene;
  }
};

void startOfAWorker(benchmark::State& state) {
  auto options = workerOptions();
  PdfTools const tools(options);
  auto const empty = fs::path(EOFFICE_SOURCE_DIR) / "tests/data/documents/empty.pdf";
  for (auto _ : state) benchmark::DoNotOptimize(tools.inspect(empty));
}
BENCHMARK(startOfAWorker)->Unit(benchmark::kMillisecond)->UseRealTime();

void inspect(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Scene::get().tools->inspect(draft()));
}
BENCHMARK(inspect)->Unit(benchmark::kMillisecond)->UseRealTime();

void renderPage(benchmark::State& state) {
  auto& scene = Scene::get();
  for (auto _ : state) {
    (void)scene.tools->renderPage(draft(), 1, static_cast<int>(state.range(0)),
                                  scene.folder / "page.png");
  }
}
BENCHMARK(renderPage)->Arg(72)->Arg(110)->Arg(150)->Unit(benchmark::kMillisecond)->UseRealTime();

void signPersonal(benchmark::State& state) {
  auto& scene = Scene::get();
  auto const key = Pkcs12KeyStore(scene.authority.keys(), scene.clock).open("p0", "x");
  for (auto _ : state) {
    (void)scene.tools->signPersonal(draft(),
                                    {"Nguyễn Văn A", scene.people[0].image, "", scene.clock.now()},
                                    **key, scene.folder / "out.pdf");
  }
}
BENCHMARK(signPersonal)->Unit(benchmark::kMillisecond)->UseRealTime();

void verify(benchmark::State& state) {
  auto& scene = Scene::get();
  auto const file = scene.folder / ("signed-" + std::to_string(state.range(0)) + ".pdf");
  for (auto _ : state) {
    auto const report =
        scene.tools->signatures(file, {scene.authority.trust()}, scene.clock.now()).value();
    if (!report.valid()) state.SkipWithError("a signature is not valid");
  }
}
BENCHMARK(verify)->Arg(1)->Arg(2)->Arg(10)->Unit(benchmark::kMillisecond)->UseRealTime();

}  // namespace
