// A CSV file as the imports read it: columns by name, cells cleaned, faults gathered with their
// lines. Knows nothing of agencies or people, nor of the database. For the imports of this folder.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/csv.h"
#include "base/result.h"
#include "base/time.h"

namespace eoffice::directory {

class ImportFaults {
 public:
  using Facts = std::vector<std::pair<std::string, std::string>>;

  void add(std::string code, std::size_t line, std::string column, Facts facts = {});
  void add(ImportFaults more);
  [[nodiscard]] bool any() const { return !faults_.empty(); }
  /// By line; the first 200, then `import.more_faults`. There is at least one.
  [[nodiscard]] tl::unexpected<base::Refusal> refuse() &&;

 private:
  struct Fault {
    std::size_t line = 0;
    base::Refusal refusal;
  };
  std::vector<Fault> faults_;
};

struct ImportColumn {
  std::string_view name;
  bool required = false;
};

class ImportTable {
 public:
  /// Faults of the form go to `faults`, and their records are left out; all of them when the header
  /// has one.
  ImportTable(std::string_view csv, std::span<const ImportColumn> columns, ImportFaults& faults);

  [[nodiscard]] bool has(std::string_view column) const { return positions_.contains(column); }
  [[nodiscard]] const std::vector<base::CsvRecord>& records() const { return csv_.records; }
  /// False when records were left out: what the others say of them cannot be judged.
  [[nodiscard]] bool whole() const { return whole_; }

 private:
  friend class ImportRow;
  void readHeader(std::span<const ImportColumn> columns, ImportFaults& faults);

  base::Csv csv_;
  bool whole_ = true;
  std::unordered_map<std::string_view, std::size_t> positions_;
};

/// One record while it is read. Every reader adds its own fault and goes on.
class ImportRow {
 public:
  ImportRow(const ImportTable& table, const base::CsvRecord& record, ImportFaults& faults)
      : table_(table), record_(record), faults_(faults) {}

  [[nodiscard]] std::size_t line() const { return record_.line; }
  /// NFC, white space squeezed; empty when the column is not there. `import.too_long` above `most`
  /// characters, `import.control_character`.
  [[nodiscard]] std::string text(std::string_view column, std::size_t most);
  /// The same, and `import.missing` when it is empty.
  [[nodiscard]] std::string needed(std::string_view column, std::size_t most);
  /// `yyyy-mm-dd` or `dd/mm/yyyy`; else `import.date`.
  [[nodiscard]] std::optional<base::LocalDate> date(std::string_view column);
  /// `1` or `0` (empty); else `import.flag`.
  [[nodiscard]] bool flag(std::string_view column);
  void fault(std::string code, std::string column, ImportFaults::Facts facts = {});

 private:
  const ImportTable& table_;
  const base::CsvRecord& record_;
  ImportFaults& faults_;
};

}  // namespace eoffice::directory
