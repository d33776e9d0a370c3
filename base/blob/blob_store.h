// Files for ever: each is named by the SHA-256 of its bytes, written to a temporary file, synced,
// renamed, never changed. Memory does not grow with the size. Safe from any thread, and from
// several processes and machines that share the folder. Deletes nothing by itself but leftovers of
// dead writers.
#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/failure.h"

namespace base {

struct BlobRef {
  std::string sha256;      ///< 64 lower-case hex digits.
  std::uint64_t size = 0;  ///< Bytes.
  friend bool operator==(const BlobRef&, const BlobRef&) = default;
};

class BlobError : public std::runtime_error {
 public:
  enum class Kind : std::uint8_t { Missing, Damaged, DiskFull, Io };
  BlobError(Kind errorKind, const std::string& what) : std::runtime_error(what), kind_(errorKind) {}
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// Kind::DiskFull; passes once somebody makes room.
class DiskFull : public BlobError, public Unavailable {
 public:
  explicit DiskFull(const std::string& what) : BlobError(Kind::DiskFull, what) {}
};

/// A file that is being written. Without `keep()` nothing stays.
class BlobWriter {
 public:
  virtual ~BlobWriter() = default;
  /// Throws DiskFull, or BlobError Io.
  virtual void write(std::string_view bytes) = 0;
  /// Syncs, names, syncs the folder; the bytes are safe when it returns. Call once.
  [[nodiscard]] virtual BlobRef keep() = 0;
};

class BlobStore {
 public:
  /// Creates the folder, throws BlobError when it cannot, and removes what killed writers left.
  /// `keepFree`: below this many free bytes on the disk nothing is accepted (DiskFull): refusing is
  /// better than losing.
  explicit BlobStore(std::filesystem::path folder, std::uint64_t keepFree = 64ULL << 20);

  [[nodiscard]] std::unique_ptr<BlobWriter> begin();
  [[nodiscard]] BlobRef put(std::string_view bytes);
  [[nodiscard]] BlobRef put(std::istream& bytes);
  [[nodiscard]] BlobRef putFile(const std::filesystem::path& file);

  [[nodiscard]] bool has(const std::string& sha256) const;
  /// Where it lies, for readers by file (sendfile, other processes). Throws Missing.
  [[nodiscard]] std::filesystem::path path(const std::string& sha256) const;
  [[nodiscard]] std::unique_ptr<std::istream> open(const std::string& sha256) const;
  /// Whole, for small ones: throws Io above `most` bytes.
  [[nodiscard]] std::string read(const std::string& sha256, std::uint64_t most = 16ULL << 20) const;
  /// Reads it all and compares. Throws Missing or Damaged.
  void verify(const std::string& sha256) const;
  /// For who keeps count of every use of a blob, and locks it against a new one: a put() of the
  /// same bytes at that moment may have found them there. A blob that is gone already is no fault.
  void remove(const std::string& sha256);
  [[nodiscard]] std::uint64_t freeBytes() const;

 private:
  struct State;
  std::shared_ptr<State> state_;  ///< Shared with the writers that are open.
};

}  // namespace base
