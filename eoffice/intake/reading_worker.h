// Reads what the files of documents say, in the background: the PDF's own text at once, scans page
// by page. The pages with the fields come first (the first, then the last); what a person has open
// goes before what nobody waits for. Killed at any line it goes on where it was: claims, pages and
// results are rows. Several processes may run one. Never changes a file.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/clock.h"
#include "base/db/database.h"
#include "base/metrics.h"
#include "eoffice/intake/file_reader.h"
#include "eoffice/intake/findings.h"

namespace eoffice::intake {

struct ReadingOptions {
  std::string node = "node";        ///< Names this process in claims; the same after a restart.
  int mostPages = 500;              ///< More are left out.
  int mostOcrPages = 50;            ///< The first ones and the last five.
  std::size_t mostText = 2U << 20;  ///< Bytes.
  int attempts = 3;
  std::chrono::milliseconds look{1000};          ///< Between looks for work.
  std::chrono::seconds lease{300};               ///< Of a claim; longer than a page may take.
  std::chrono::milliseconds firstRetry{20'000};  ///< Doubles.
};

class ReadingWorker {
 public:
  /// References outlive it; `types` are the documents' types that are looked for.
  ReadingWorker(base::db::Database& database, const base::BlobStore& blobs,
                const base::Clock& clock, base::Metrics& metrics, FileReader& reader,
                std::vector<TypeName> types, ReadingOptions options);
  ~ReadingWorker();

  void start();
  /// Ends a page that is being read; it will be read again.
  void stop();
  void wake();  ///< Look now. Any thread.
  /// Whether scans can be read here.
  [[nodiscard]] bool hasOcr() const;
  /// Takes one blob as far as it goes, on this thread; false when none waits.
  bool tick();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eoffice::intake
