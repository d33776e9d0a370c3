#include "eoffice/app/platform.h"

#include "base/db/migrations.h"
#include "base/log.h"

namespace eoffice::app {
namespace {

std::filesystem::path programDirectory() {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path();
}

base::db::PrivateMariaDbOptions privateOptions(const base::Config& config) {
  return {.directory = config.path("data.directory") / "mariadb",
          .schema = config.text("database.schema"),
          .bufferPoolMegabytes = config.bytes("database.buffer_pool") >> 20};
}

base::db::DatabaseOptions pooled(base::db::DatabaseOptions options, const base::Config& config) {
  options.poolSize = static_cast<std::size_t>(config.integer("database.pool_size"));
  options.poolWait = config.duration("database.pool_wait");
  options.slowQuery = config.duration("database.slow_query");
  return options;
}

}  // namespace

std::filesystem::path shareDirectory(const base::Config* config) {
  if (config != nullptr && config->isSet("share.directory")) return config->path("share.directory");
  return programDirectory() / "share";
}

std::unique_ptr<base::Clock> makeClock(const base::Config& config) {
  if (!config.isSet("clock.offset_file")) return std::make_unique<base::SystemClock>();
  return std::make_unique<base::RehearsalClock>(config.path("clock.offset_file"));
}

void configureLog(const base::Config& config, const base::Clock& clock) {
  const std::map<std::string, base::log::Level, std::less<>> levels{
      {"debug", base::log::Level::Debug},
      {"info", base::log::Level::Info},
      {"warning", base::log::Level::Warning},
      {"error", base::log::Level::Error}};
  base::log::configure(
      levels.at(config.text("log.level")),
      config.text("log.format") == "json" ? base::log::Format::Json : base::log::Format::Plain,
      clock);
}

void clearTemporary(const base::Config& config) {
  std::error_code missing;  // A new data directory has no such folder.
  std::filesystem::directory_iterator entries(config.path("data.directory") / "temporary", missing);
  for (const auto& entry : entries) std::filesystem::remove_all(entry.path());
}

Store::Store(const base::Config& config, Borrowing borrowing) {
  const auto running = [&] {
    return borrowing == Borrowing::Allowed ? base::db::runningPrivateMariaDb(privateOptions(config))
                                           : std::nullopt;
  };
  base::db::DatabaseOptions options;
  if (config.isSet("database.url")) {
    options = {.url = config.text("database.url"),
               .user = config.text("database.user"),
               .password = config.text("database.password"),
               .schema = config.text("database.schema")};
  } else if (const auto found = running()) {
    options = *found;
  } else {
    own_ = std::make_unique<base::db::PrivateMariaDb>(privateOptions(config));
    options = own_->connection();
  }
  database_ = base::db::openDatabase(pooled(options, config));
}

Store::~Store() = default;
Store::Store(Store&&) noexcept = default;

std::vector<std::string> Store::migrate(const base::Config& config, Kind kind) {
  const auto folder =
      shareDirectory(&config) / "migrations" / (kind == Kind::Office ? "office" : "hub");
  std::vector<std::string> names;
  for (const auto& applied : base::db::migrate(*database_, base::db::readMigrations(folder))) {
    names.push_back(applied.name);
  }
  return names;
}

}  // namespace eoffice::app
