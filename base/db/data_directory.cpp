#include "base/db/data_directory.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <thread>

#include "base/db/child_process.h"
#include "base/log.h"

namespace base::db {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr std::size_t kLongestSocketPath = 107;
constexpr std::uintmax_t kRoomToCreate = 160ULL << 20;
constexpr std::uintmax_t kRoomToRun = 16ULL << 20;
constexpr const char* kHalfCreated = "data.new-";

// The process that holds the lock which a running server has on its files; 0: none; -1: one that
// cannot be seen from here (another container).
int holder(const fs::path& data) {
  for (const char* const name : {"ibdata1", "aria_log_control"}) {
    const Fd file(open((data / name).c_str(), O_RDWR | O_CLOEXEC));
    if (!file.valid()) continue;
    struct flock lock {};
    lock.l_type = F_WRLCK;
    lock.l_whence = SEEK_SET;
    const bool known = fcntl(file.get(), F_GETLK, &lock) == 0;
    if (known && lock.l_type != F_UNLCK) return lock.l_pid > 0 ? lock.l_pid : -1;
  }
  return 0;
}

bool becomesFree(const fs::path& data, milliseconds wait) {
  const auto end = std::chrono::steady_clock::now() + wait;
  while (holder(data) != 0) {
    if (std::chrono::steady_clock::now() >= end) return false;
    std::this_thread::sleep_for(milliseconds{10});
  }
  return true;
}

bool isMariaDb(int process) {
  std::ifstream in(fmt::format("/proc/{}/comm", process));
  std::string name;
  std::getline(in, name);
  return name == "mariadbd";
}

void signalMariaDb(int process, int number) {
  if (process > 0 && isMariaDb(process)) kill(process, number);
}

std::string lastLines(const fs::path& file, std::uintmax_t from) {
  constexpr std::uintmax_t kMost = 1200;
  std::error_code ignored;
  const auto size = fs::file_size(file, ignored);
  std::ifstream in(file, std::ios::binary);
  if (ignored || !in || size <= from) return {};
  in.seekg(static_cast<std::streamoff>(std::max(from, size - std::min(size, kMost))));
  return {std::istreambuf_iterator<char>(in), {}};
}

/// Everything on the file system of `folder`. False when it could not be written.
bool syncFileSystem(const fs::path& folder) {
  const Fd file(open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return file.valid() && syncfs(file.get()) == 0;
}

// Its shell script tears every argument with a space apart, except for the data's folder.
std::vector<std::string> installerCommand(const fs::path& installer, const fs::path& data) {
  std::vector<std::string> out{"/usr/bin/env", "TMPDIR=" + (data.parent_path() / "tmp").string(),
                               installer.string()};
  for (auto& argument : commonArguments(data)) {  // --no-defaults must come first
    if (argument.starts_with("--tmpdir=")) continue;
    // With --user the script calls chown, without quotes; the server itself takes the loose form.
    if (argument.starts_with("--user=")) argument.insert(2, "loose-");
    out.push_back(std::move(argument));
  }
  // Root has no password: whoever can open the socket is the owner of this folder, or root.
  for (const char* const argument :
       {"--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"}) {
    out.emplace_back(argument);
  }
  return out;
}

}  // namespace

std::vector<std::string> commonArguments(const fs::path& data) {
  // A temporary folder of its own: a server that starts removes every `#sql-temptable…` of its
  // folder, those of a neighbour that works in /tmp as well.
  std::vector<std::string> out{"--no-defaults", "--datadir=" + data.string(),
                               "--tmpdir=" + (data.parent_path() / "tmp").string(),
                               "--innodb-log-file-size=32M"};
  if (geteuid() == 0) out.emplace_back("--user=root");
  return out;
}

DataDirectory::DataDirectory(const fs::path& folder) : folder_(fs::absolute(folder)) {
  try {
    fs::create_directories(folder_ / "run");
    fs::create_directories(folder_ / "tmp");
    fs::permissions(folder_, fs::perms::owner_all);
  } catch (const fs::filesystem_error& error) {
    throw failure("mariadb.did_not_start", error.what());
  }
  takeLock();
  chooseSocket();
  std::error_code missing;
  const auto size = fs::file_size(log(), missing);
  logStart_ = missing ? 0 : size;
}

DataDirectory::~DataDirectory() {
  std::error_code ignored;
  if (!socketFolder_.empty()) fs::remove_all(socketFolder_, ignored);
}

void DataDirectory::takeLock() {
  const auto file = folder_ / "lock";
  lock_ = Fd(open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
  if (!lock_.valid()) {
    throw failure("mariadb.did_not_start", file.string() + ": " + strerror(errno));
  }
  if (flock(lock_.get(), LOCK_EX | LOCK_NB) != 0) {
    std::string process;
    std::getline(std::ifstream(file), process);
    throw PrivateMariaDbError(
        "mariadb.directory_in_use",
        fmt::format("the data directory {} is in use by process {}; stop it, or give this one "
                    "another directory",
                    folder_.string(), process));
  }
  const auto self = std::to_string(getpid()) + "\n";
  if (ftruncate(lock_.get(), 0) != 0 || pwrite(lock_.get(), self.data(), self.size(), 0) < 0) {
    throw failure("mariadb.did_not_start", file.string() + ": " + strerror(errno));
  }
}

void DataDirectory::chooseSocket() {
  socket_ = folder_ / "run" / "mysql.sock";
  if (socket_.string().size() <= kLongestSocketPath) return;
  // Remembered, so that the next start removes what a kill left behind.
  const auto note = folder_ / "run" / "socket_folder";
  std::error_code ignored;
  std::string before;
  if (std::getline(std::ifstream(note), before) && before.starts_with("/tmp/eoffice-")) {
    fs::remove_all(before, ignored);
  }
  std::string name = "/tmp/eoffice-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) {
    throw failure("mariadb.did_not_start", name + ": " + strerror(errno));
  }
  socketFolder_ = name;
  socket_ = socketFolder_ / "mysql.sock";
  std::ofstream(note) << name << '\n';
}

void DataDirectory::stopSurvivor() const {
  const int survivor = holder(data());
  if (survivor == 0) return;
  log::warning("mariadb.survivor", {{"pid", survivor}});
  signalMariaDb(survivor, SIGTERM);
  if (becomesFree(data(), seconds{20})) return;
  signalMariaDb(holder(data()), SIGKILL);
  if (becomesFree(data(), seconds{5})) return;
  throw PrivateMariaDbError(
      "mariadb.directory_in_use",
      fmt::format("another MariaDB still works on {}; stop it first", data().string()));
}

void DataDirectory::removeHalfCreated() const {
  for (const auto& entry : fs::directory_iterator(folder_)) {
    if (!entry.path().filename().string().starts_with(kHalfCreated)) continue;
    signalMariaDb(holder(entry.path()), SIGKILL);
    becomesFree(entry.path(), seconds{5});
    fs::remove_all(entry.path());
  }
}

void DataDirectory::createIfMissing() const {
  removeHalfCreated();
  if (fs::exists(data() / "mysql")) return;
  const auto installer = findProgram("mariadb-install-db");
  if (!installer) {
    throw PrivateMariaDbError("mariadb.missing",
                              "mariadb-install-db is not installed; apt-get install "
                              "mariadb-server-core, or set database.url");
  }
  std::error_code ignored;
  if (fs::space(folder_, ignored).available < kRoomToCreate) {
    throw failure("mariadb.did_not_start", "no room for a database");
  }
  const auto half = folder_ / (kHalfCreated + std::to_string(getpid()));
  const auto command = installerCommand(*installer, half);
  const int code = reapChild(startChild(command, log()));
  if (code != 0 || !fs::exists(half / "mysql")) {
    const auto error =
        failure("mariadb.did_not_start", fmt::format("mariadb-install-db ended with {}", code));
    fs::remove_all(half, ignored);
    throw error;
  }
  const auto mustSync = [this](const fs::path& folder) {
    if (syncFileSystem(folder)) return;
    throw failure("mariadb.did_not_start", folder.string() + ": " + strerror(errno));
  };
  mustSync(half);  // the name `data` says that it is whole
  try {
    fs::rename(half, data());
  } catch (const fs::filesystem_error& error) {
    throw failure("mariadb.did_not_start", error.what());  // something else stands there
  }
  mustSync(folder_);
  log::info("mariadb.created");
}

PrivateMariaDbError DataDirectory::failure(const std::string& code, const std::string& what) const {
  std::error_code ignored;
  const auto room = fs::space(folder_, ignored).available;
  const auto tail = lastLines(log(), logStart_);
  const bool full =
      fs::exists(data() / "mysql", ignored) ? room < kRoomToRun : room < kRoomToCreate;
  if (full || tail.find("No space left") != std::string::npos ||
      tail.find("rrno: 28") != std::string::npos) {
    return {"mariadb.disk_full",
            fmt::format("the disk of {} is full ({} MB free); make room and start again",
                        folder_.string(), room >> 20)};
  }
  return {code, fmt::format("{}\n{}", what, tail)};
}

}  // namespace base::db
