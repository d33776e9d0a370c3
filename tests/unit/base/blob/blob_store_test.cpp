#include "base/blob/blob_store.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <sstream>
#include <thread>

#include "base/blob/blob_file.h"
#include "base/crypto/digest.h"

namespace {

namespace fs = std::filesystem;
using base::BlobError;
using base::BlobRef;
using base::BlobStore;

class BlobStoreTest : public testing::Test {
 protected:
  BlobStoreTest() {
    std::string name = (fs::temp_directory_path() / "blob_store_XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~BlobStoreTest() override { fs::remove_all(folder_); }

  [[nodiscard]] std::size_t temporaryFiles() const {
    const fs::directory_iterator all(folder_ / "tmp");
    return static_cast<std::size_t>(std::distance(begin(all), end(all)));
  }
  fs::path abandon(const std::string& name, std::int64_t ageSeconds) const {
    const fs::path path = folder_ / "tmp" / name;
    std::ofstream(path) << "half of a";
    fs::last_write_time(path, fs::last_write_time(path) - std::chrono::seconds(ageSeconds));
    return path;
  }

  fs::path folder_;
};

template <class Action>
BlobError::Kind kindOf(Action action) {
  try {
    action();
  } catch (const BlobError& error) {
    return error.kind();
  }
  ADD_FAILURE() << "nothing was thrown";
  return BlobError::Kind::Io;
}

TEST_F(BlobStoreTest, NamesByContentInFanOutFolders) {
  BlobStore store(folder_);
  const BlobRef ref = store.put("abc");
  EXPECT_EQ(ref.sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(ref.size, 3U);
  EXPECT_EQ(store.path(ref.sha256), folder_ / "ba" / "78" / ref.sha256);
  EXPECT_EQ(store.read(ref.sha256), "abc");
  EXPECT_EQ(temporaryFiles(), 0U);
}

TEST_F(BlobStoreTest, MakesTheFoldersAboveItToo) {
  BlobStore store(folder_ / "a" / "b" / "blobs/");
  EXPECT_EQ(store.read(store.put("abc").sha256), "abc");
  std::ofstream(folder_ / "file") << "no folder";
  EXPECT_EQ(kindOf([&] { BlobStore(folder_ / "file" / "blobs"); }), BlobError::Kind::Io);
}

TEST_F(BlobStoreTest, ARemovedBlobIsGoneAndCanBePutAgain) {
  BlobStore store(folder_);
  const BlobRef ref = store.put("abc");
  const BlobRef other = store.put("abd");
  store.remove(ref.sha256);
  store.remove(ref.sha256);
  store.remove("../../etc/passwd");
  EXPECT_FALSE(store.has(ref.sha256));
  EXPECT_TRUE(store.has(other.sha256));
  EXPECT_EQ(store.put("abc"), ref);
  EXPECT_EQ(store.read(ref.sha256), "abc");
}

TEST_F(BlobStoreTest, KeepsAnEmptyFile) {
  BlobStore store(folder_);
  const BlobRef ref = store.put("");
  EXPECT_EQ(ref.size, 0U);
  EXPECT_EQ(store.read(ref.sha256), "");
  store.verify(ref.sha256);
}

TEST_F(BlobStoreTest, SecondPutOfTheSameBytesChangesNothing) {
  BlobStore store(folder_);
  const BlobRef first = store.put("same");
  const auto written = fs::last_write_time(store.path(first.sha256));
  EXPECT_EQ(store.put("same"), first);
  EXPECT_EQ(fs::last_write_time(store.path(first.sha256)), written);
  EXPECT_EQ(temporaryFiles(), 0U);
}

TEST_F(BlobStoreTest, KeptFilesCannotBeWrittenTo) {
  BlobStore store(folder_);
  const auto mode = fs::status(store.path(store.put("abc").sha256)).permissions();
  EXPECT_EQ(mode & (fs::perms::owner_write | fs::perms::others_all), fs::perms::none);
}

TEST_F(BlobStoreTest, WritesPiecesAndStreams) {
  BlobStore store(folder_);
  const std::string bytes = base::randomBytes(700'000);
  const auto writer = store.begin();
  writer->write(std::string_view(bytes).substr(0, 5));
  writer->write(std::string_view(bytes).substr(5));
  const BlobRef ref = writer->keep();
  std::istringstream stream(bytes);
  EXPECT_EQ(store.put(stream), ref);
  std::ostringstream back;
  back << store.open(ref.sha256)->rdbuf();
  EXPECT_EQ(back.str(), bytes);
}

TEST_F(BlobStoreTest, WithoutKeepNothingStays) {
  BlobStore store(folder_);
  {
    const auto writer = store.begin();
    writer->write("unfinished");
    EXPECT_EQ(temporaryFiles(), 1U);
  }
  EXPECT_EQ(temporaryFiles(), 0U);
  EXPECT_FALSE(store.has(base::sha256Hex("unfinished")));
}

TEST_F(BlobStoreTest, MissingAndImpossibleNamesAreMissing) {
  BlobStore store(folder_);
  for (const std::string& name : {base::sha256Hex("nothing"), std::string("../../etc/passwd"),
                                  std::string(), std::string(64, 'A'), std::string(64, '/')}) {
    EXPECT_FALSE(store.has(name)) << name;
    EXPECT_EQ(kindOf([&] { (void)store.path(name); }), BlobError::Kind::Missing) << name;
    EXPECT_EQ(kindOf([&] { store.verify(name); }), BlobError::Kind::Missing) << name;
  }
}

TEST_F(BlobStoreTest, VerifyFindsAChangedByteAndPutHealsAShortFile) {
  BlobStore store(folder_);
  const BlobRef ref = store.put("the record");
  store.verify(ref.sha256);
  const fs::path path = store.path(ref.sha256);
  fs::permissions(path, fs::perms::owner_all);
  std::ofstream(path, std::ios::in | std::ios::out) << "The";
  EXPECT_EQ(kindOf([&] { store.verify(ref.sha256); }), BlobError::Kind::Damaged);
  fs::resize_file(path, 4);
  EXPECT_EQ(store.put("the record"), ref);
  store.verify(ref.sha256);
}

TEST_F(BlobStoreTest, RefusesToFillTheDisk) {
  BlobStore store(folder_, ~0ULL);
  EXPECT_EQ(kindOf([&] { (void)store.put("abc"); }), BlobError::Kind::DiskFull);
  EXPECT_THROW((void)store.begin(), base::Unavailable);
  EXPECT_EQ(temporaryFiles(), 0U);
  EXPECT_GT(store.freeBytes(), 0U);
}

TEST_F(BlobStoreTest, TellsAFullDiskFromOtherFailures) {
  EXPECT_THROW(base::blobfile::fail(ENOSPC, "write", "x"), base::DiskFull);
  EXPECT_THROW(base::blobfile::fail(EDQUOT, "write", "x"), base::DiskFull);
  EXPECT_EQ(kindOf([] { base::blobfile::fail(EIO, "write", "x"); }), BlobError::Kind::Io);
}

TEST_F(BlobStoreTest, AFolderThatCannotBeMadeIsTold) {
  std::ofstream(folder_ / "file") << "in the way";
  EXPECT_EQ(kindOf([&] { BlobStore(folder_ / "file" / "blobs"); }), BlobError::Kind::Io);
}

TEST_F(BlobStoreTest, ASourceThatBreaksOffKeepsNothing) {
  BlobStore store(folder_);
  std::istringstream stream("some");
  stream.setstate(std::ios::badbit);
  EXPECT_EQ(kindOf([&] { (void)store.put(stream); }), BlobError::Kind::Io);
  EXPECT_EQ(temporaryFiles(), 0U);
}

TEST_F(BlobStoreTest, LimitsWhatIsHeldInMemory) {
  BlobStore store(folder_);
  const BlobRef ref = store.put("12345");
  EXPECT_EQ(kindOf([&] { (void)store.read(ref.sha256, 4); }), BlobError::Kind::Io);
  EXPECT_EQ(store.read(ref.sha256, 5), "12345");
}

TEST_F(BlobStoreTest, StartRemovesWhatDeadWritersLeftAndNothingElse) {
  BlobStore store(folder_);
  const auto living = store.begin();
  living->write("still being written");
  for (const auto& entry : fs::directory_iterator(folder_ / "tmp")) {
    fs::last_write_time(entry, entry.last_write_time() - std::chrono::hours(2));
  }
  const fs::path old = abandon("old", 2 * 3600);
  const fs::path young = abandon("young", 60);

  BlobStore other(folder_);
  EXPECT_FALSE(fs::exists(old));
  EXPECT_TRUE(fs::exists(young));
  EXPECT_EQ(living->keep().sha256, base::sha256Hex("still being written"));
}

TEST_F(BlobStoreTest, AKilledWriterLeavesNoBlob) {
  BlobStore store(folder_);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto writer = BlobStore(folder_).begin();
    writer->write("half of it");
    ::_exit(9);
  }
  ::waitpid(child, nullptr, 0);
  EXPECT_EQ(temporaryFiles(), 1U);
  EXPECT_FALSE(store.has(base::sha256Hex("half of it")));
  EXPECT_EQ(store.put("half of it").sha256, base::sha256Hex("half of it"));
}

TEST_F(BlobStoreTest, ThreadsPutTheSameBytesAtOnce) {
  BlobStore store(folder_);
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int n = 0; n < 20; ++n) (void)store.put("bytes " + std::to_string(n));
    });
  }
  for (auto& thread : threads) thread.join();
  for (int n = 0; n < 20; ++n) store.verify(base::sha256Hex("bytes " + std::to_string(n)));
  EXPECT_EQ(temporaryFiles(), 0U);
}

}  // namespace
