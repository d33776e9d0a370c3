// The papers of case files as PDFs, with the columns of NĐ 30/2020, Phụ lục V: the list of
// documents in a file, and of the files that are handed in with the record of it. In Vietnamese,
// whatever the reader's language is.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/texts.h"
#include "eoffice/records/case_file_rows.h"
#include "eoffice/records/case_list.h"

namespace eoffice::records {

/// What stands on every paper of an agency.
struct Letterhead {
  std::string parent;  ///< The body above; may be empty.
  std::string agency;
  std::string printedBy;  ///< `Nguyễn Văn A, 24/11/2026 10:15`
};

class CasePapers {
 public:
  explicit CasePapers(const base::Texts& texts) : texts_(texts) {}

  // Each writes `out` and throws std::runtime_error when the disk is full.

  /// Mục lục văn bản, tài liệu trong hồ sơ.
  void contents(const Letterhead& head, const CaseFile& file, const std::vector<ItemLine>& items,
                const std::filesystem::path& out) const;
  /// Mục lục hồ sơ nộp lưu, and below it the record of handing over with places to sign.
  void handIn(const Letterhead& head, const HandIn& handIn, const std::vector<CaseFile>& files,
              const std::filesystem::path& out) const;
  /// Danh mục hồ sơ.
  void list(const Letterhead& head, const CaseList& list, const std::filesystem::path& out) const;

 private:
  [[nodiscard]] std::string say(std::string_view key, const base::Texts::Facts& facts = {}) const;

  const base::Texts& texts_;
};

/// `Vĩnh viễn`, `20 năm`; `years` in the reader's language by `texts`.
[[nodiscard]] std::string retentionInWords(const base::Texts& texts, base::Language language,
                                           const Retention& retention);

}  // namespace eoffice::records
