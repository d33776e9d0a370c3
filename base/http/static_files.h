// Static assets under hashed names (`/static/app.3f9a1c.css`) with a year of caching, pressed once
// at start-up where gzip helps. Read from a folder, held in memory: they are few and small.
#pragma once

#include <any>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/http/router.h"

namespace base::http {

class StaticFiles {
 public:
  /// Reads every file below `folder`, sub-folders too (`fonts/x.woff2`). Throws std::runtime_error
  /// when it cannot be read.
  StaticFiles(const std::filesystem::path& folder, std::string prefix = "/static/");
  ~StaticFiles();
  /// `app.css` → `/static/app.3f9a1c0d.css`. An unknown file is a bug (throws std::logic_error).
  [[nodiscard]] std::string url(const std::string& file) const;
  /// Every file's name, as url() takes it.
  [[nodiscard]] std::vector<std::string> files() const;
  /// One route for each file, each named `static` and with `meta`. References inside CSS
  /// (`url(font.woff2)`) carry the hashed names.
  void addRoutes(Router& router, const std::any& meta = {}) const;

 private:
  struct State;
  std::shared_ptr<State> state_;
};

}  // namespace base::http
