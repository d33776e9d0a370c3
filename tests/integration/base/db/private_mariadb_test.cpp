#include "base/db/private_mariadb.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/mount.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <thread>

#include "base/db/child_process.h"
#include "base/db/data_directory.h"
#include "tests/support/temporary_folder.h"

namespace {

namespace fs = std::filesystem;
using base::db::Database;
using base::db::PrivateMariaDb;
using base::db::PrivateMariaDbError;
using base::db::Session;

constexpr const char* kFolderVariable = "EOFFICE_TEST_MARIADB_FOLDER";

// Waits for something that another process does; fails the test after 20 seconds.
void await(const std::function<bool()>& condition) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{20};
  while (!condition()) {
    ASSERT_LT(std::chrono::steady_clock::now(), end) << "waited in vain";
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  }
}

// The first line of a file; empty when it is not there yet.
std::string lineOf(const fs::path& file) {
  std::ifstream in(file);
  std::string line;
  std::getline(in, line);
  return line;
}

std::string textOf(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

bool runs(int process) {
  const auto status = lineOf("/proc/" + std::to_string(process) + "/stat");
  return !status.empty() && status.find(") Z ") == std::string::npos;
}

std::string errorCodeOf(const fs::path& folder) {
  try {
    const PrivateMariaDb server({.directory = folder});
    return "none";
  } catch (const PrivateMariaDbError& error) {
    return error.code();
  }
}

std::size_t residentMegabytes(int process) {
  std::ifstream in("/proc/" + std::to_string(process) + "/statm");
  std::size_t size = 0;
  std::size_t resident = 0;
  in >> size >> resident;
  return resident * 4 / 1024;
}

void makeTable(Database& database) {
  database.apart([](Session& s) {
    s.runPlain(
        "CREATE TABLE IF NOT EXISTS item (id BIGINT AUTO_INCREMENT PRIMARY KEY, "
        "name VARCHAR(20)) ENGINE = InnoDB");
  });
}

std::int64_t add(Database& database) {
  return database.transact(
      [](Session& s) { return s.insert("INSERT INTO item (name) VALUES ('x')"); });
}

std::int64_t count(Database& database) {
  return database.read([](Session& s) { return s.get("SELECT COUNT(*) FROM item").integer(0); });
}

class PrivateMariaDbTest : public ::testing::Test {
 protected:
  [[nodiscard]] const fs::path& folder() const { return folder_.path(); }

  // A process of its own that owns a server in `folder()`; killed at the end.
  class Owner {
   public:
    explicit Owner(const fs::path& folder) : note_(folder / "owner_note") {
      fs::create_directories(folder);
      setenv(kFolderVariable, folder.c_str(), 1);
      process_ = base::db::startChild({"/proc/" + std::to_string(getpid()) + "/exe",
                                       "--gtest_filter=PrivateMariaDbOwner.DISABLED_HoldsAServer",
                                       "--gtest_also_run_disabled_tests"},
                                      folder / "owner.log");
      unsetenv(kFolderVariable);
    }
    ~Owner() { end(); }
    Owner(const Owner&) = delete;
    Owner& operator=(const Owner&) = delete;

    int awaitServer() {
      await([this] { return !lineOf(note_).empty(); });
      return std::atoi(lineOf(note_).c_str());
    }
    void end() {
      if (process_ == 0) return;
      kill(process_, SIGKILL);
      base::db::reapChild(std::exchange(process_, 0));
    }

   private:
    fs::path note_;
    int process_ = 0;
  };

 private:
  tests::TemporaryFolder folder_;
};

// Not a test: what the process of `Owner` runs.
TEST(PrivateMariaDbOwner, DISABLED_HoldsAServer) {
  const char* const folder = std::getenv(kFolderVariable);
  if (folder == nullptr) GTEST_SKIP();
  const PrivateMariaDb server({.directory = folder});
  const auto note = fs::path(folder) / "owner_note";
  std::ofstream(note.string() + ".new") << server.processId() << '\n';
  fs::rename(note.string() + ".new", note);
  while (true) pause();
}

TEST_F(PrivateMariaDbTest, CreatesStartsAndStops) {
  int process = 0;
  {
    const PrivateMariaDb server({.directory = folder() / "new" / "office"});
    process = server.processId();
    const auto database = base::db::openDatabase(server.connection());
    makeTable(*database);
    EXPECT_EQ(add(*database), 1);
    EXPECT_LT(residentMegabytes(process), 110U);
    EXPECT_NE(getsid(process), getsid(0)) << "the terminal's Ctrl-C would reach it";
  }
  EXPECT_FALSE(runs(process));
  const auto begun = std::chrono::steady_clock::now();
  const PrivateMariaDb again({.directory = folder() / "new" / "office"});
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds{5});
  EXPECT_EQ(count(*base::db::openDatabase(again.connection())), 1);
}

TEST_F(PrivateMariaDbTest, OnlyItsOwnerCanReachIt) {
  const PrivateMariaDb server({.directory = folder()});
  EXPECT_EQ(fs::status(folder()).permissions() & fs::perms::mask, fs::perms::owner_all);
  const auto variable = base::db::openDatabase(server.connection())->read([](Session& s) {
    return s.get("SELECT @@skip_networking, @@innodb_flush_log_at_trx_commit, @@local_infile");
  });
  EXPECT_EQ(variable.integer(0), 1);
  EXPECT_EQ(variable.integer(1), 1);
  EXPECT_EQ(variable.integer(2), 0);
}

TEST_F(PrivateMariaDbTest, RefusesADirectoryThatAnotherHas) {
  const PrivateMariaDb server({.directory = folder()});
  EXPECT_EQ(errorCodeOf(folder()), "mariadb.directory_in_use");
  EXPECT_TRUE(base::db::openDatabase(server.connection())->answers());
}

TEST_F(PrivateMariaDbTest, RefusesADirectoryThatAnotherProcessHas) {
  Owner owner(folder());
  const int theirs = owner.awaitServer();
  EXPECT_EQ(errorCodeOf(folder()), "mariadb.directory_in_use");
  EXPECT_TRUE(runs(theirs));
}

TEST_F(PrivateMariaDbTest, StartsAgainWhenItDiesAndTheTransactionRunsAgain) {
  std::atomic<int> told{0};
  const PrivateMariaDb server({.directory = folder(), .died = [&] { ++told; }});
  auto options = server.connection();
  options.reopenDelay = std::chrono::milliseconds{200};
  const auto database = base::db::openDatabase(options);
  makeTable(*database);
  add(*database);
  int runs = 0;
  database->transact([&](Session& s) {
    s.execute("INSERT INTO item (name) VALUES ('before')");
    if (++runs == 1) kill(server.processId(), SIGKILL);
    s.execute("INSERT INTO item (name) VALUES ('after')");
  });
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count(*database), 3);
  await([&] { return server.restarts() == 1 && told == 1; });
}

TEST_F(PrivateMariaDbTest, WhatWasCommittedSurvivesAKill) {
  const PrivateMariaDb server({.directory = folder()});
  auto options = server.connection();
  options.reopenDelay = std::chrono::milliseconds{200};
  const auto database = base::db::openDatabase(options);
  makeTable(*database);
  for (int i = 0; i < 5; ++i) {
    add(*database);
    const auto before = server.restarts();
    kill(server.processId(), SIGKILL);
    await([&] { return server.restarts() > before; });
    EXPECT_EQ(count(*database), i + 1);
  }
}

TEST_F(PrivateMariaDbTest, DiesWithItsOwner) {
  Owner owner(folder());
  const int process = owner.awaitServer();
  EXPECT_TRUE(runs(process));
  owner.end();
  await([&] { return !runs(process); });
  const PrivateMariaDb next({.directory = folder()});
  EXPECT_TRUE(base::db::openDatabase(next.connection())->answers());
}

TEST_F(PrivateMariaDbTest, StopsAServerThatOutlivedItsOwner) {
  { const PrivateMariaDb server({.directory = folder()}); }
  std::vector<std::string> command{base::db::findProgram("mariadbd")->string()};
  for (auto& argument : base::db::commonArguments(folder() / "data")) {
    command.push_back(std::move(argument));
  }
  command.push_back("--skip-networking");
  command.push_back("--socket=" + (folder() / "survivor.sock").string());
  const int survivor = base::db::startChild(command, folder() / "survivor.log");
  await([&] { return textOf(folder() / "survivor.log").find("ready for") != std::string::npos; });
  std::thread reaper([&] { base::db::reapChild(survivor); });
  const PrivateMariaDb server({.directory = folder()});
  reaper.join();
  EXPECT_TRUE(base::db::openDatabase(server.connection())->answers());
}

TEST_F(PrivateMariaDbTest, BeginsAgainWhenItsCreationWasKilled) {
  const auto half = [&] {
    for (const auto& entry : fs::directory_iterator(folder())) {
      if (entry.path().filename().string().starts_with("data.new-")) return entry.path();
    }
    return fs::path();
  };
  for (const char* const seen :
       {"", "aria_log_control", "ibdata1", "mysql/db.frm", "mysql/proc.MAD"}) {
    SCOPED_TRACE(seen);
    fs::remove_all(folder() / "data");
    Owner owner(folder());
    await([&] { return !half().empty() && fs::exists(half() / seen); });
    owner.end();
    EXPECT_FALSE(half().empty());
  }
  const PrivateMariaDb server({.directory = folder()});
  EXPECT_TRUE(half().empty());
  EXPECT_TRUE(base::db::openDatabase(server.connection())->answers());
}

TEST_F(PrivateMariaDbTest, AnyPathWorks) {
  const PrivateMariaDb server({.directory = folder() / "Văn phòng số & 'một' (thử) * $HOME"});
  EXPECT_TRUE(base::db::openDatabase(server.connection())->answers());
}

TEST_F(PrivateMariaDbTest, APathThatIsTooLongForASocketWorks) {
  const auto deep = folder() / std::string(90, 'a') / std::string(90, 'b');
  std::string socketFolder;
  {
    const PrivateMariaDb server({.directory = deep});
    EXPECT_TRUE(base::db::openDatabase(server.connection())->answers());
    socketFolder = lineOf(deep / "run" / "socket_folder");
    EXPECT_EQ(fs::status(socketFolder).permissions() & fs::perms::mask, fs::perms::owner_all);
  }
  EXPECT_FALSE(fs::exists(socketFolder));
}

TEST_F(PrivateMariaDbTest, SomethingElseInItsPlaceIsAnError) {
  fs::create_directories(folder() / "data");
  std::ofstream(folder() / "data" / "thesis.doc") << "mine";
  EXPECT_EQ(errorCodeOf(folder()), "mariadb.did_not_start");
  EXPECT_EQ(lineOf(folder() / "data" / "thesis.doc"), "mine");
}

TEST_F(PrivateMariaDbTest, ADamagedDirectoryIsAnErrorThatShowsTheLog) {
  { const PrivateMariaDb server({.directory = folder()}); }
  std::ofstream(folder() / "data" / "ibdata1") << "no tablespace";
  try {
    const PrivateMariaDb server({.directory = folder()});
    FAIL();
  } catch (const PrivateMariaDbError& error) {
    EXPECT_EQ(error.code(), "mariadb.did_not_start");
    EXPECT_NE(std::string(error.what()).find("InnoDB"), std::string::npos) << error.what();
  }
}

TEST_F(PrivateMariaDbTest, AFullDiskIsAnErrorOfItsOwn) {
  if (mount("none", folder().c_str(), "tmpfs", 0, "size=190m") != 0) GTEST_SKIP() << "needs root";
  {
    { const PrivateMariaDb server({.directory = folder() / "a"}); }
    EXPECT_EQ(errorCodeOf(folder() / "b"), "mariadb.disk_full");
    {
      std::ofstream filler(folder() / "filler");
      const std::string block(1 << 20, 'x');
      while (filler << block && filler.flush()) {
      }
    }
    EXPECT_EQ(errorCodeOf(folder() / "a"), "mariadb.disk_full");
    fs::remove(folder() / "filler");
    EXPECT_EQ(errorCodeOf(folder() / "a"), "none");
  }
  umount(folder().c_str());
}

}  // namespace
