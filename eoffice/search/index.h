// The index on disk, written: documents in and out, committed together with how far the index has
// come. One writer at a time; readers (searcher.h) go on beside it. Throws IndexError. Not shared
// between threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>

#include "eoffice/search/content.h"

namespace eoffice::search {

/// The index cannot be used: broken, of another format, missing, or the disk is full.
class IndexError : public std::runtime_error {
 public:
  enum class Kind : std::uint8_t {
    Broken,     ///< Missing, damaged, or of another format: build it anew.
    Busy,       ///< Another process writes it.
    Unwritable  ///< Disk full, no right: building anew would not help.
  };
  IndexError(Kind kind, const std::string& what) : std::runtime_error(what), kind_(kind) {}
  [[nodiscard]] Kind kind() const { return kind_; }

 private:
  Kind kind_;
};

/// What an index says of itself. Part of each commit.
struct IndexMark {
  std::int64_t node = 0;        ///< Whose changes it is fed with (feed.h).
  std::int64_t generation = 0;  ///< Grows by one with each commit.
};

class Index {
 public:
  /// A new one in an empty directory.
  static Index create(const std::filesystem::path& directory, std::int64_t node);
  static Index open(const std::filesystem::path& directory);
  Index(Index&&) noexcept;
  Index& operator=(Index&&) noexcept;
  ~Index();

  /// In place of what there was of this document.
  void put(const Content& content);
  void remove(DocumentId document);
  /// Makes everything since the last commit durable, all of it or nothing.
  void commit();

  [[nodiscard]] const IndexMark& mark() const;
  [[nodiscard]] std::int64_t documents() const;

 private:
  struct State;
  explicit Index(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Reads the mark without writing: for telling how an index stands.
struct IndexFacts {
  IndexMark mark;
  std::int64_t documents = 0;
  std::uint64_t bytes = 0;  ///< On disk.
};
[[nodiscard]] IndexFacts factsOf(const std::filesystem::path& directory);

}  // namespace eoffice::search
