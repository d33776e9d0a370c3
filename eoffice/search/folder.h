// Where an office keeps its index: `search/` below the data directory. Each index is a directory of
// its own; the file `current` names the one that counts, and is replaced in one step, so that a new
// index is built beside the old one and takes its place at once. Knows nothing of what is in one.
// Throws std::filesystem::filesystem_error.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/fd.h"

namespace eoffice::search {

class IndexFolder {
 public:
  explicit IndexFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  /// The name of the index that counts; empty before the first one.
  [[nodiscard]] std::string current() const;
  [[nodiscard]] std::filesystem::path pathOf(const std::string& name) const {
    return folder_ / name;
  }
  /// Begins an index: an empty directory of a name that nobody had. It stands before its feed
  /// begins, so that a builder that dies at any moment leaves nothing that others() does not name.
  [[nodiscard]] std::string makeNew() const;
  /// Durable when it returns.
  void makeCurrent(const std::string& name) const;
  /// Names of indexes that do not count.
  [[nodiscard]] std::vector<std::string> others() const;
  void remove(const std::string& name) const;

  /// While it is held, nobody else builds an index here or removes one. Empty: somebody has it.
  /// Let go when the process ends, however it ends.
  [[nodiscard]] std::optional<base::Fd> lockForBuilding() const;

 private:
  std::filesystem::path folder_;
};

}  // namespace eoffice::search
