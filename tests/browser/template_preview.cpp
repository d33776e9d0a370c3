// Renders every page fixture with the real templates, for the browser tests and for design work:
//   template_preview SHARE FIXTURES OUT [vi|en]
// writes OUT/<fixture>.html and prints how long the slowest took.
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>
#include <regex>
#include <string>

#include "base/templates.h"

namespace {

namespace fs = std::filesystem;
using nlohmann::json;

json readJson(const fs::path& file) {
  std::ifstream in(file);
  return json::parse(in);
}

// As the server does it, without the hashes.
json assetsOf(const fs::path& folder) {
  json assets = json::object();
  for (const auto& entry : fs::directory_iterator(folder)) {
    const std::string name = entry.path().filename().string();
    assets[std::regex_replace(name, std::regex("[.-]"), "_")] = "/static/" + name;
  }
  return assets;
}

json pageData(const json& fixture, const fs::path& fixtures, const json& assets, bool isVi) {
  json data = json::object();
  if (fixture.contains("layout"))
    data = readJson(fixtures / "layout" / (fixture["layout"].get<std::string>() + ".json"));
  data.update(fixture["data"]);
  data["assets"] = assets;
  data["lang"] = isVi ? "vi" : "en";
  data["is_vi"] = isVi;
  return data;
}

void renderAll(const fs::path& share, const fs::path& fixtures, const fs::path& out, bool isVi) {
  const base::Texts texts(share / "templates/texts");
  const base::Templates templates(share / "templates", texts);
  const json assets = assetsOf(share / "static");
  const base::Language language = isVi ? base::Language::Vi : base::Language::En;
  fs::create_directories(out);
  std::chrono::microseconds slowest{0};
  for (const auto& entry : fs::directory_iterator(fixtures)) {
    if (entry.path().extension() != ".json") continue;
    const json fixture = readJson(entry.path());
    const json data = pageData(fixture, fixtures, assets, isVi);
    const auto start = std::chrono::steady_clock::now();
    const std::string html =
        templates.render(fixture["template"].get<std::string>(), data, language);
    const auto took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - start);
    slowest = std::max(slowest, took);
    std::ofstream(out / entry.path().filename().replace_extension(".html")) << html;
  }
  std::cout << "slowest page: " << slowest.count() << " us\n";
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) {
    std::cerr << "usage: template_preview SHARE FIXTURES OUT [vi|en]\n";
    return 2;
  }
  try {
    renderAll(argv[1], argv[2], argv[3], argc < 5 || std::string(argv[4]) != "en");
  } catch (const std::exception& e) {
    std::cerr << e.what() << '\n';
    return 1;
  }
  return 0;
}
