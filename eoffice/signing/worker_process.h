// Starts the worker, hands it files, waits for it, and explains its end. The office's side.
// Safe from any thread.
#pragma once

#include <condition_variable>
#include <exception>
#include <filesystem>
#include <mutex>
#include <nlohmann/json.hpp>
#include <string>

#include "base/result.h"
#include "eoffice/signing/descriptor.h"
#include "eoffice/signing/pdf_tools.h"

namespace eoffice {

struct WorkerFiles {
  std::filesystem::path input;    ///< Empty: none.
  std::filesystem::path picture;  ///< Empty: none.
  int stop = -1;  ///< A descriptor that becomes readable when nobody wants the answer any more.
};

struct WorkerAnswer {
  nlohmann::json json;  ///< What stood under `ok`.
  Descriptor output;    ///< The bytes it wrote, in memory, from offset 0.
};

/// The worker was told to stop (WorkerFiles::stop).
class WorkStopped : public std::exception {
 public:
  [[nodiscard]] const char* what() const noexcept override { return "stopped"; }
};

class WorkerProcess {
 public:
  /// `options` outlives the object.
  explicit WorkerProcess(const PdfToolsOptions& options) : options_(options) {}

  /// Refuses what the job refuses, and pdf.too_slow, pdf.too_complex, pdf.busy. Throws
  /// SigningError when the worker cannot do its job at all, std::system_error when it cannot start,
  /// WorkStopped.
  [[nodiscard]] base::Result<WorkerAnswer> run(nlohmann::json request,
                                               const WorkerFiles& files) const;
  /// The same for a job that ends as another program: what that one wrote, as it stands.
  [[nodiscard]] base::Result<std::string> runForText(nlohmann::json request,
                                                     const WorkerFiles& files) const;

 private:
  struct Ended;
  [[nodiscard]] base::Result<Ended> work(nlohmann::json request, const WorkerFiles& files) const;

  const PdfToolsOptions& options_;
  mutable std::mutex mutex_;
  mutable std::condition_variable freed_;
  mutable int running_ = 0;
};

}  // namespace eoffice
