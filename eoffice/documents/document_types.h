// The types of documents that the office offers (NĐ 30/2020, Phụ lục III): data, because the list
// differs between state, party and council bodies. Read once from a JSON file; then read-only.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace eoffice::documents {

struct DocumentType {
  std::string code;  ///< `QĐ`; empty for công văn and thư công, which have none.
  std::string name;
  bool incomingOnly = false;  ///< Others issue it, this office does not: `Nghị định`.
  bool legal = false;  ///< Văn bản quy phạm pháp luật: its own series, the year in its notation.
};

class DocumentTypes {
 public:
  /// `{"types": [{"code": "...", "name": "...", "incoming_only": true,
  /// "legal": true}]}`. Throws
  /// std::runtime_error with the file's name for a file that is none.
  explicit DocumentTypes(const std::filesystem::path& file);

  [[nodiscard]] const std::vector<DocumentType>& all() const { return types_; }
  /// By name, marks and case aside; null when the list has none.
  [[nodiscard]] const DocumentType* find(std::string_view name) const;

 private:
  std::vector<DocumentType> types_;
};

}  // namespace eoffice::documents
