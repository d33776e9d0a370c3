#include "base/db/private_mariadb.h"

#include <fmt/format.h>
#include <signal.h>
#include <sys/wait.h>

#include <cerrno>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>

#include "base/db/child_process.h"
#include "base/db/connection_internal.h"
#include "base/db/data_directory.h"
#include "base/log.h"

namespace base::db {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr const char* kUser = "root";
constexpr seconds kStartWait{120};  // a start after a crash may have much to recover
constexpr seconds kStopWait{30};
constexpr milliseconds kFirstPause{20};
constexpr milliseconds kLongestPause{5000};

// Small: one office, one process, its own pool. Durable: synced at each commit. Reachable by
// nothing but the socket.
std::vector<std::string> serverCommand(const std::string& program, const DataDirectory& directory,
                                       const PrivateMariaDbOptions& options) {
  std::vector<std::string> command{program};
  for (auto& argument : commonArguments(directory.data())) command.push_back(std::move(argument));
  command.push_back("--socket=" + directory.socket().string());
  command.push_back("--pid-file=" + (directory.log().parent_path() / "run/mariadbd.pid").string());
  command.push_back(fmt::format("--innodb-buffer-pool-size={}M", options.bufferPoolMegabytes));
  for (const char* const argument : {"--skip-networking",
                                     "--skip-name-resolve",
                                     "--skip-ssl",
                                     "--local-infile=OFF",
                                     "--character-set-server=utf8mb4",
                                     "--collation-server=utf8mb4_unicode_520_ci",
                                     "--default-time-zone=+00:00",
                                     "--transaction-isolation=READ-COMMITTED",
                                     "--innodb-flush-log-at-trx-commit=1",
                                     "--innodb-log-buffer-size=4M",
                                     "--innodb-buffer-pool-dump-at-shutdown=OFF",
                                     "--innodb-buffer-pool-load-at-startup=OFF",
                                     "--innodb-read-io-threads=2",
                                     "--innodb-write-io-threads=2",
                                     "--innodb-purge-threads=1",
                                     "--performance-schema=OFF",
                                     "--query-cache-type=0",
                                     "--query-cache-size=0",
                                     "--key-buffer-size=1M",
                                     "--aria-pagecache-buffer-size=4M",
                                     "--table-open-cache=400",
                                     "--table-definition-cache=400",
                                     "--max-connections=128",
                                     "--thread-cache-size=16",
                                     "--max-allowed-packet=64M",
                                     "--max-heap-table-size=16M",
                                     "--tmp-table-size=16M",
                                     "--log-warnings=1"}) {
    command.emplace_back(argument);
  }
  return command;
}

}  // namespace

struct PrivateMariaDb::State {
  explicit State(PrivateMariaDbOptions given)
      : options(std::move(given)), directory(options.directory) {}

  const PrivateMariaDbOptions options;
  DataDirectory directory;
  std::string program;

  std::mutex mutex;
  std::condition_variable changed;
  int process = 0;     // 0 while none runs; not reaped before it is 0 again
  bool ready = false;  // has answered since the first start
  bool stopping = false;
  std::exception_ptr firstFailure;  // why the first start did not succeed
  std::uint64_t restarts = 0;
  std::thread supervisor;

  [[nodiscard]] DatabaseOptions connection(const std::string& schema) const {
    DatabaseOptions out;
    out.url = "unix://" + directory.socket().string();
    out.user = kUser;
    out.schema = schema;
    return out;
  }

  void supervise();
  bool start();
  void awaitAnswer();
  void tellReady(bool first);
  void stop();
  bool exited();
  int reap();
  bool pauseUnlessStopping(milliseconds pause);
};

// The child dies with the thread that forked it; therefore this thread does it, and nothing else.
void PrivateMariaDb::State::supervise() {
  auto pause = kFirstPause;
  for (bool first = true;; first = false) {
    const auto begun = steady_clock::now();
    try {
      if (!start()) break;
      awaitAnswer();
      tellReady(first);
    } catch (const std::exception& error) {
      const std::lock_guard lock(mutex);
      if (first) firstFailure = std::current_exception();
      if (!first && !stopping) log::error("mariadb.start_failed", {{"error", error.what()}});
      if (process > 0) kill(process, SIGKILL);
    }
    const int code = reap();
    {
      const std::lock_guard lock(mutex);
      if (stopping || firstFailure) break;
    }
    log::error("mariadb.died", {{"exit", code}});
    if (steady_clock::now() - begun > seconds{60}) pause = kFirstPause;
    if (!pauseUnlessStopping(pause)) break;
    pause = std::min(pause * 2, kLongestPause);
  }
  changed.notify_all();
}

bool PrivateMariaDb::State::start() {
  const auto command = serverCommand(program, directory, options);
  const std::lock_guard lock(mutex);
  if (stopping) return false;
  process = startChild(command, directory.log());
  return true;
}

void PrivateMariaDb::State::tellReady(bool first) {
  log::info(first ? "mariadb.started" : "mariadb.restarted", {{"pid", process}});
  {
    const std::lock_guard lock(mutex);
    ready = true;
    if (!first) ++restarts;
  }
  changed.notify_all();
  if (!first && options.died) options.died();
}

// True when the server has ended; it stays a zombie, so that its number is not given to another.
bool PrivateMariaDb::State::exited() {
  siginfo_t info{};
  return waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
         info.si_pid != 0;
}

void PrivateMariaDb::State::awaitAnswer() {
  const auto end = steady_clock::now() + kStartWait;
  while (true) {
    if (exited()) throw directory.failure("mariadb.did_not_start", "mariadbd ended at its start");
    try {
      Connection server(this->connection(""), Patience{seconds{5}, seconds{60}});
      server.plain(
          fmt::format("CREATE DATABASE IF NOT EXISTS `{}` CHARACTER SET utf8mb4 "
                      "COLLATE utf8mb4_unicode_520_ci",
                      options.schema));
      return;
    } catch (const ConnectionLost&) {
      if (steady_clock::now() >= end) {
        throw directory.failure("mariadb.did_not_start", "mariadbd does not answer");
      }
    }
    std::this_thread::sleep_for(milliseconds{5});
  }
}

int PrivateMariaDb::State::reap() {
  if (process <= 0) return 0;
  siginfo_t info{};
  while (waitid(P_PID, static_cast<id_t>(process), &info, WEXITED | WNOWAIT) != 0 &&
         errno == EINTR) {
  }
  const std::lock_guard lock(mutex);
  const int code = reapChild(process);
  process = 0;
  changed.notify_all();
  return code;
}

bool PrivateMariaDb::State::pauseUnlessStopping(milliseconds pause) {
  std::unique_lock lock(mutex);
  return !changed.wait_for(lock, pause, [&] { return stopping; });
}

// NOTE: a server that is asked to end in the instant in which it opens its socket never does;
// InnoDB survives being killed.
void PrivateMariaDb::State::stop() {
  std::unique_lock lock(mutex);
  stopping = true;
  changed.notify_all();
  if (process > 0) kill(process, SIGTERM);
  if (!changed.wait_for(lock, kStopWait, [this] { return process == 0; })) {
    log::error("mariadb.stop_forced");
    if (process > 0) kill(process, SIGKILL);
  }
}

PrivateMariaDb::PrivateMariaDb(PrivateMariaDbOptions options)
    : state_(std::make_unique<State>(std::move(options))) {
  const auto program = findProgram("mariadbd");
  if (!program) {
    throw PrivateMariaDbError("mariadb.missing",
                              "mariadbd is not installed; apt-get install mariadb-server-core, or "
                              "set database.url");
  }
  state_->program = program->string();
  state_->directory.stopSurvivor();
  state_->directory.createIfMissing();
  state_->supervisor = std::thread([this] { state_->supervise(); });
  std::unique_lock lock(state_->mutex);
  state_->changed.wait(lock, [this] { return state_->ready || state_->firstFailure; });
  if (!state_->ready) {
    lock.unlock();
    state_->supervisor.join();
    std::rethrow_exception(state_->firstFailure);
  }
}

PrivateMariaDb::~PrivateMariaDb() {
  if (!state_->supervisor.joinable()) return;
  state_->stop();
  state_->supervisor.join();
  log::info("mariadb.stopped");
}

DatabaseOptions PrivateMariaDb::connection() const {
  return state_->connection(state_->options.schema);
}

int PrivateMariaDb::processId() const {
  const std::lock_guard lock(state_->mutex);
  return state_->process;
}

std::uint64_t PrivateMariaDb::restarts() const {
  const std::lock_guard lock(state_->mutex);
  return state_->restarts;
}

}  // namespace base::db
