// The composition root of an office: read it from top to bottom to see what there is and who knows
// whom. Everything is made here once, started in order, stopped in reverse.
#pragma once

#include <memory>

#include "base/config.h"

namespace eoffice::app {

class OfficeProcess {
 public:
  /// Opens everything and listens. Throws what the parts throw: see start_errors.h.
  explicit OfficeProcess(const base::Config& config);
  ~OfficeProcess();

  /// Answers requests and works, until SIGINT or SIGTERM. These signals must be blocked already
  /// (blockStopSignals).
  void run();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// The axis of a province, the same way.
class HubProcess {
 public:
  explicit HubProcess(const base::Config& config);
  ~HubProcess();
  void run();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// In the first thread, before any other begins: they inherit it.
void blockStopSignals();

/// Something in the configuration's world cannot be used: `code` is a key of the catalogues under
/// `error.`, with its facts. Ends a start.
class StartRefused : public std::exception {
 public:
  explicit StartRefused(base::Refusal why) : why_(std::move(why)) {}
  [[nodiscard]] const char* what() const noexcept override { return why_.code.c_str(); }
  [[nodiscard]] const base::Refusal& why() const { return why_; }

 private:
  base::Refusal why_;
};

}  // namespace eoffice::app
