#include "eoffice/intake/file_reader.h"

#include <sys/eventfd.h>

#include <nlohmann/json.hpp>

#include "base/log.h"
#include "eoffice/signing/facts_json.h"

namespace eoffice::intake {
namespace {

PdfToolsOptions ocrLimits(const FileReaderOptions& options) {
  auto limits = options.worker;
  limits.timeout = 2 * options.ocrTime;
  limits.cpuTime = options.ocrTime;
  limits.memoryBytes = options.ocrMemory;
  return limits;
}

// What the worker says of any job, as it is said of this one.
base::Refusal ofOcr(base::Refusal why) {
  if (why.code == "pdf.too_slow") why.code = "ocr.too_slow";
  if (why.code == "pdf.too_complex") why.code = "ocr.failed";
  return why;
}

}  // namespace

ProcessFileReader::ProcessFileReader(FileReaderOptions options)
    : options_(std::move(options)),
      ocrLimits_(ocrLimits(options_)),
      stop_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  if (!stop_.open()) throwErrno("eventfd");
}

void ProcessFileReader::stop() {
  const std::uint64_t one = 1;
  writeAll(stop_.get(), {reinterpret_cast<const char*>(&one), sizeof one});
}

base::Result<FilePages> ProcessFileReader::textLayer(const std::filesystem::path& file, int first,
                                                     int count) {
  auto answer = texts_.run({{"job", "texts"}, {"first", first}, {"count", count}},
                           {.input = file, .picture = {}, .stop = stop_.get()});
  if (!answer) return tl::unexpected(std::move(answer.error()));
  FilePages read{.pages = answer->json.at("pages")};
  int page = first;
  for (const auto& text : answer->json.at("texts")) {
    read.texts.push_back(fromTextLayer(text.get<PdfPageText>(), page++));
  }
  return read;
}

base::Result<PageText> ProcessFileReader::ocr(const std::filesystem::path& file, int page) {
  try {
    auto answer = ocr_.runForText({{"job", "ocr"},
                                   {"page", page},
                                   {"dpi", options_.ocrDpi},
                                   {"program", options_.ocrProgram},
                                   {"language", options_.ocrLanguage}},
                                  {.input = file, .picture = {}, .stop = stop_.get()});
    if (!answer) return tl::unexpected(ofOcr(std::move(answer.error())));
    return fromTsv(*answer, page);
  } catch (const SigningError& error) {  // It ended with an error of its own.
    base::log::warning("intake.ocr_failed", {{"what", error.what()}});
    return base::refuse(base::RefusalKind::Invalid, "ocr.failed", "file");
  }
}

bool ProcessFileReader::hasOcr() {
  if (options_.ocrProgram.empty()) return false;
  try {
    const auto languages = ocr_.runForText(
        {{"job", "ocr"}, {"page", 0}, {"dpi", options_.ocrDpi}, {"program", options_.ocrProgram}},
        {.input = {}, .picture = {}, .stop = stop_.get()});
    return languages &&
           ("\n" + *languages + "\n").find("\n" + options_.ocrLanguage + "\n") != std::string::npos;
  } catch (const SigningError&) {
    return false;
  }
}

}  // namespace eoffice::intake
