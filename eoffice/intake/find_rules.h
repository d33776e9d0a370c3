// The rules behind findings.h, each for some of the cells of NĐ 30/2020, Phụ lục I. Only for this
// folder. Pure.
#pragma once

#include <optional>
#include <vector>

#include "eoffice/intake/findings.h"

namespace eoffice::intake::rules {

/// The head of the first page, in its two columns (cells 1 to 5b, 10a, 10b).
struct Head {
  std::vector<Line> left;   ///< Issuer, number, V/v; from the top.
  std::vector<Line> right;  ///< National title, date.
  double height = 0;        ///< Of a usual word.
};
[[nodiscard]] Head headOf(const std::vector<Row>& rows);

[[nodiscard]] std::optional<Finding> findSymbol(const Head& head);
[[nodiscard]] std::optional<Finding> findIssuedDate(const Head& head);
/// Issuer, and its parent where one stands above it.
[[nodiscard]] std::vector<Finding> findIssuer(const Head& head);
[[nodiscard]] std::optional<Finding> findUrgency(const std::vector<Row>& rows);
/// Type and abstract. `symbol`: helps where no title is found.
[[nodiscard]] std::vector<Finding> findTypeAndSubject(const Head& head,
                                                      const std::vector<Row>& rows,
                                                      const std::vector<TypeName>& types,
                                                      const std::optional<Finding>& symbol);
/// Signer, position, competence; from the last page that has them.
[[nodiscard]] std::vector<Finding> findSigner(const std::vector<std::vector<Row>>& pages);
/// After `issued`, at most two years.
[[nodiscard]] std::optional<Finding> findDueDate(const std::vector<std::vector<Row>>& pages,
                                                 std::optional<base::LocalDate> issued);

/// A number as OCR may have read it (`O5`, `l23`), in digits; empty when it is none. `mended` is
/// set when letters were taken for digits.
[[nodiscard]] std::string digitsOf(std::string_view text, bool* mended = nullptr);
/// Of day, month and year in digits; empty for days that are none and years far away.
[[nodiscard]] std::optional<base::LocalDate> dateOf(std::string_view day, std::string_view month,
                                                    std::string_view year);
/// `ỦY BAN NHÂN DÂN TỈNH KHÁNH HÒA` → `Ủy ban nhân dân tỉnh Khánh Hòa`. Marks that OCR lost come
/// back in the words that bodies and posts are made of.
[[nodiscard]] std::string readableName(std::string_view capitals);
/// One of those words alone, whatever marks were lost: `PHO GIÁM ĐỐC`.
[[nodiscard]] bool isKnownName(std::string_view capitals);

[[nodiscard]] Finding finding(FoundField field, std::string value, const std::vector<Line>& lines);

}  // namespace eoffice::intake::rules
