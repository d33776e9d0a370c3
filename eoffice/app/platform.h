// What every command stands on: configuration, clock, database (our own or an existing one), blobs.
// Opened in order, closed in reverse. Knows nothing of documents.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include "base/blob/blob_store.h"
#include "base/clock.h"
#include "base/config.h"
#include "base/db/database.h"
#include "base/db/private_mariadb.h"
#include "base/metrics.h"
#include "base/texts.h"

namespace eoffice::app {

/// Where the program's own files are: `share` beside it, or what the configuration says.
[[nodiscard]] std::filesystem::path shareDirectory(const base::Config* config = nullptr);

[[nodiscard]] std::unique_ptr<base::Clock> makeClock(const base::Config& config);
void configureLog(const base::Config& config, const base::Clock& clock);

/// Removes what a killed process left in the `temporary` folder of a data directory. Only for its
/// sole owner.
void clearTemporary(const base::Config& config);

enum class Kind : std::uint8_t { Office, Hub };

/// Whether a private server that another process runs will do. A command beside a running office
/// speaks to that office's; a service would lose it with its owner.
enum class Borrowing : std::uint8_t { Allowed, Refused };

/// The database of a configuration.
class Store {
 public:
  /// Throws base::db::PrivateMariaDbError, base::db::Error, std::filesystem::filesystem_error.
  explicit Store(const base::Config& config, Borrowing borrowing = Borrowing::Allowed);
  ~Store();
  Store(Store&&) noexcept;

  [[nodiscard]] base::db::Database& database() { return *database_; }
  /// Null with an existing server.
  [[nodiscard]] const base::db::PrivateMariaDb* own() const { return own_.get(); }
  /// Brings the schema up to date; the names of what was applied.
  std::vector<std::string> migrate(const base::Config& config, Kind kind);

 private:
  std::unique_ptr<base::db::PrivateMariaDb> own_;
  std::unique_ptr<base::db::Database> database_;
};

}  // namespace eoffice::app
