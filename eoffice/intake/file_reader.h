// Words out of files, page by page, each job in a process of its own that may crash, hang or eat
// memory without hurting anyone, and that reaches no network (eoffice/signing/confinement.h). Knows
// no database. Safe from any thread.
#pragma once

#include <atomic>
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "base/result.h"
#include "eoffice/intake/page_text.h"
#include "eoffice/signing/descriptor.h"
#include "eoffice/signing/worker_process.h"

namespace eoffice::intake {

struct FileReaderOptions {
  PdfToolsOptions worker;  ///< `program` and `arguments`; limits for the PDF's own text.
  std::string ocrProgram = "tesseract";  ///< Empty: no OCR.
  std::string ocrLanguage = "vie";
  int ocrDpi = 300;
  std::chrono::seconds ocrTime{60};  ///< Of the processor, for one page; twice that by the clock.
  std::uint64_t ocrMemory = 1536ULL << 20;  ///< Address space.
};

struct FilePages {
  int pages = 0;  ///< Of the file.
  std::vector<PageText> texts;
};

class FileReader {
 public:
  virtual ~FileReader() = default;
  /// The file's own text of up to `count` pages from `first` (1). Refuses what PdfReader refuses.
  [[nodiscard]] virtual base::Result<FilePages> textLayer(const std::filesystem::path& file,
                                                          int first, int count) = 0;
  /// Refuses the same, `ocr.too_slow`, `ocr.failed` (it crashed, or wanted too much memory),
  /// `ocr.missing`.
  [[nodiscard]] virtual base::Result<PageText> ocr(const std::filesystem::path& file, int page) = 0;
  /// Whether the program and its language are installed.
  [[nodiscard]] virtual bool hasOcr() = 0;
  /// From now on every call throws WorkStopped, the one that is under way too. Any thread.
  virtual void stop() = 0;
};

class ProcessFileReader : public FileReader {
 public:
  explicit ProcessFileReader(FileReaderOptions options);

  [[nodiscard]] base::Result<FilePages> textLayer(const std::filesystem::path& file, int first,
                                                  int count) override;
  [[nodiscard]] base::Result<PageText> ocr(const std::filesystem::path& file, int page) override;
  [[nodiscard]] bool hasOcr() override;
  void stop() override;

 private:
  FileReaderOptions options_;
  PdfToolsOptions ocrLimits_;
  WorkerProcess texts_{options_.worker};
  WorkerProcess ocr_{ocrLimits_};
  Descriptor stop_;  ///< Readable once stop() was called.
};

}  // namespace eoffice::intake
