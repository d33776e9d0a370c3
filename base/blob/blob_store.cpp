#include "base/blob/blob_store.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <mutex>
#include <set>
#include <vector>

#include "base/blob/blob_file.h"
#include "base/crypto/digest.h"
#include "base/text.h"

namespace base {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kPiece = 128 * 1024;
/// The room on the disk is looked at again after so many bytes.
constexpr std::uint64_t kRoomCheck = 8ULL << 20;
constexpr std::int64_t kAbandonedAfterSeconds = 15 * 60;

bool isBlobName(const std::string& sha256) {
  return sha256.size() == 64 && std::all_of(sha256.begin(), sha256.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
         });
}

}  // namespace

struct BlobStore::State {
  fs::path folder;
  std::uint64_t keepFree = 0;
  std::mutex mutex;
  std::set<std::string> shards;  ///< `ab/cd` that this process knows to be on disk.

  [[nodiscard]] fs::path temporary() const { return folder / "tmp"; }
  [[nodiscard]] static std::string shard(const std::string& sha256) {
    return sha256.substr(0, 2) + "/" + sha256.substr(2, 2);
  }
  [[nodiscard]] fs::path place(const std::string& sha256) const {
    return folder / shard(sha256) / sha256;
  }
  void needRoom() const {
    if (blobfile::freeBytes(folder) < keepFree) {
      throw DiskFull("the disk of " + folder.string() + " has too little room left");
    }
  }
  void makeShard(const std::string& sha256);
};

/// Also syncs folders that another process may have made and not synced yet.
void BlobStore::State::makeShard(const std::string& sha256) {
  const std::string name = shard(sha256);
  {
    const std::lock_guard lock(mutex);
    if (shards.contains(name)) return;
  }
  const fs::path first = folder / name.substr(0, 2);
  blobfile::makeFolder(first);
  blobfile::makeFolder(folder / name);
  blobfile::syncFolder(folder);
  blobfile::syncFolder(first);
  const std::lock_guard lock(mutex);
  shards.insert(name);
}

namespace {

/// Lives in tmp/ until keep(); the destructor removes what was not kept.
template <class State>
class FileWriter : public BlobWriter {
 public:
  explicit FileWriter(std::shared_ptr<State> state) : state_(std::move(state)) {
    state_->needRoom();
    file_ = blobfile::makeTemporary(state_->temporary(), path_);
  }
  ~FileWriter() override {
    if (!path_.empty()) ::unlink(path_.c_str());
  }

  void write(std::string_view bytes) override {
    if (size_ / kRoomCheck != (size_ + bytes.size()) / kRoomCheck) state_->needRoom();
    blobfile::writeAll(file_, bytes, path_);
    digest_.update(bytes);
    size_ += bytes.size();
  }

  BlobRef keep() override {
    BlobRef ref{lowerHex(digest_.finish()), size_};
    const fs::path place = state_->place(ref.sha256);
    state_->makeShard(ref.sha256);
    if (!isThere(place)) {
      if (::fchmod(file_.get(), 0440) != 0) blobfile::fail(errno, "protect", path_);
      if (::fdatasync(file_.get()) != 0) blobfile::fail(errno, "sync", path_);
      if (::rename(path_.c_str(), place.c_str()) != 0) blobfile::fail(errno, "rename", path_);
      path_.clear();
    }
    blobfile::syncFolder(place.parent_path());
    file_.reset();
    return ref;
  }

 private:
  /// A blob of another length than its name promises is damaged, and is replaced.
  [[nodiscard]] bool isThere(const fs::path& place) const {
    struct stat facts = {};
    return ::stat(place.c_str(), &facts) == 0 && static_cast<std::uint64_t>(facts.st_size) == size_;
  }

  std::shared_ptr<State> state_;
  fs::path path_;
  Fd file_;
  Sha256 digest_;
  std::uint64_t size_ = 0;
};

}  // namespace

BlobStore::BlobStore(fs::path folder, std::uint64_t keepFree) : state_(std::make_shared<State>()) {
  state_->folder = std::move(folder);
  state_->keepFree = keepFree;
  blobfile::makeFolders(state_->folder);
  blobfile::makeFolder(state_->temporary());
  blobfile::removeAbandoned(state_->temporary(), kAbandonedAfterSeconds);
}

std::unique_ptr<BlobWriter> BlobStore::begin() {
  return std::make_unique<FileWriter<State>>(state_);
}

BlobRef BlobStore::put(std::string_view bytes) {
  const auto writer = begin();
  writer->write(bytes);
  return writer->keep();
}

BlobRef BlobStore::put(std::istream& bytes) {
  const auto writer = begin();
  std::vector<char> piece(kPiece);
  while (bytes) {
    bytes.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    writer->write({piece.data(), static_cast<std::size_t>(bytes.gcount())});
  }
  if (bytes.bad() || !bytes.eof()) {
    throw BlobError(BlobError::Kind::Io, "the source of a blob broke off");
  }
  return writer->keep();
}

BlobRef BlobStore::putFile(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw BlobError(BlobError::Kind::Missing, "no file " + file.string());
  return put(in);
}

bool BlobStore::has(const std::string& sha256) const {
  std::error_code error;
  return isBlobName(sha256) && fs::is_regular_file(state_->place(sha256), error);
}

fs::path BlobStore::path(const std::string& sha256) const {
  if (!has(sha256)) throw BlobError(BlobError::Kind::Missing, "no blob " + sha256);
  return state_->place(sha256);
}

std::unique_ptr<std::istream> BlobStore::open(const std::string& sha256) const {
  auto in = std::make_unique<std::ifstream>(path(sha256), std::ios::binary);
  if (!*in) throw BlobError(BlobError::Kind::Io, "cannot read blob " + sha256);
  return in;
}

std::string BlobStore::read(const std::string& sha256, std::uint64_t most) const {
  const std::uint64_t size = fs::file_size(path(sha256));
  if (size > most) throw BlobError(BlobError::Kind::Io, "blob " + sha256 + " is too large to hold");
  std::string bytes(static_cast<std::size_t>(size), '\0');
  const auto in = open(sha256);
  if (!in->read(bytes.data(), static_cast<std::streamsize>(size))) {
    throw BlobError(BlobError::Kind::Io, "cannot read blob " + sha256);
  }
  return bytes;
}

void BlobStore::verify(const std::string& sha256) const {
  const auto in = open(sha256);
  Sha256 digest;
  std::vector<char> piece(kPiece);
  while (*in) {
    in->read(piece.data(), static_cast<std::streamsize>(piece.size()));
    digest.update({piece.data(), static_cast<std::size_t>(in->gcount())});
  }
  if (in->bad()) throw BlobError(BlobError::Kind::Io, "cannot read blob " + sha256);
  if (lowerHex(digest.finish()) != sha256) {
    throw BlobError(BlobError::Kind::Damaged, "blob " + sha256 + " is not what its name says");
  }
}

void BlobStore::remove(const std::string& sha256) {
  if (!isBlobName(sha256)) return;
  const fs::path place = state_->place(sha256);
  if (::unlink(place.c_str()) != 0 && errno != ENOENT) blobfile::fail(errno, "remove", place);
}

std::uint64_t BlobStore::freeBytes() const { return blobfile::freeBytes(state_->folder); }

}  // namespace base
