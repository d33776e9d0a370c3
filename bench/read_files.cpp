// What intake reads of PDFs: `read_files [--ocr] [--words] FILE...` prints for each file one line
// of JSON: its name, the seconds, the findings. bench/reading.mjs makes a set of documents, runs
// this and counts right, empty and wrong.
#include <chrono>
#include <cstdio>
#include <nlohmann/json.hpp>
#include <string_view>

#include "base/text.h"
#include "eoffice/documents/document_types.h"
#include "eoffice/intake/file_reader.h"
#include "eoffice/intake/findings.h"

namespace {

using namespace eoffice;

constexpr int kPages = 50;

std::vector<intake::PageText> pagesOf(intake::FileReader& reader, const char* file, bool ocr) {
  auto read = reader.textLayer(file, 1, kPages);
  if (!read) {
    std::fprintf(stderr, "%s: %s\n", file, read.error().code.c_str());
    return {};
  }
  for (auto& page : read->texts) {
    if (!ocr && intake::isReadable(page)) continue;
    if (auto better = reader.ocr(file, page.page)) page = std::move(*better);
  }
  return std::move(read->texts);
}

}  // namespace

int main(int argc, char** argv) {
  const documents::DocumentTypes known(EOFFICE_SOURCE_DIR "/config/document_types.json");
  std::vector<intake::TypeName> types;
  for (const auto& type : known.all()) types.push_back({type.code, type.name});
  intake::FileReaderOptions options;
  options.worker.program = EOFFICE_BINARY_DIR "/pdf-worker";
  options.worker.arguments = {};
  intake::ProcessFileReader reader(options);
  bool ocr = false;
  bool words = false;
  for (int i = 1; i < argc; ++i) {
    if (std::string_view(argv[i]) == "--ocr") {
      ocr = true;
      continue;
    }
    if (std::string_view(argv[i]) == "--words") {
      words = true;
      continue;
    }
    const auto begin = std::chrono::steady_clock::now();
    const auto pages = pagesOf(reader, argv[i], ocr);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (words) {
      for (const auto& page : pages) std::puts(intake::plainText(intake::rowsOf(page)).c_str());
    }
    const nlohmann::json line{{"file", argv[i]},
                              {"seconds", took.count()},
                              {"pages", pages.size()},
                              {"findings", intake::toJson(intake::findFields(pages, types))}};
    std::puts(line.dump().c_str());
  }
  return 0;
}
