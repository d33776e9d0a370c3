// The lengths and forms of a document's fields (NĐ 30/2020, Phụ lục VI), checked all at once so
// that a form shows every fault beside its field.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "eoffice/documents/document.h"

namespace eoffice::documents {

/// Collects the faults of one input.
class FieldCheck {
 public:
  /// Trims, makes NFC. `field.missing` when empty; `field.too_long` (facts `most`, `length`);
  /// `field.not_text` for bytes that are not UTF-8 or hold control characters.
  void required(std::string& value, std::string_view field, std::size_t most);
  void optional(std::string& value, std::string_view field, std::size_t most);
  void fault(std::string code, std::string_view field,
             std::vector<std::pair<std::string, std::string>> facts = {});
  [[nodiscard]] bool good() const { return faults_.empty(); }
  /// All faults as one refusal, or nothing to say.
  [[nodiscard]] base::Result<void> result() const;

 private:
  std::vector<base::Refusal> faults_;
};

/// What registration wants: number or an explicit none, notation, date not in the future, issuer,
/// abstract, type; the rest within its lengths.
[[nodiscard]] base::Result<void> checkRegistration(Fields& fields, base::LocalDate today);

}  // namespace eoffice::documents
