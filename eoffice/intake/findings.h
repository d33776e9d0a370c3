// What the text of a document says of itself, by the layout that NĐ 30/2020, Phụ lục I gives it:
// number and notation, date, issuing body, type and abstract, signer, urgency, a deadline, a mark
// of secrecy; each with the place where it stands. What is not there, or could be two things, is
// not guessed: it is left out. Pure: pages in, findings out. Knows neither files nor the directory.
#pragma once

#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "eoffice/intake/page_lines.h"

namespace eoffice::intake {

/// Part of findings as they are kept: never rename.
enum class FoundField : std::uint8_t {
  Symbol,        ///< `1234/UBND-KGVX`; `/UBND-KGVX` where the number is a blank or unreadable
  IssuedDate,    ///< `2026-01-06`
  Issuer,        ///< `Sở Nội vụ`
  IssuerParent,  ///< what stands above it: `Ủy ban nhân dân tỉnh Khánh Hòa`
  Type,          ///< a name of the list that was given
  Subject,
  Signer,          ///< `Nguyễn Văn A`
  SignerPosition,  ///< `Phó Chủ tịch`
  Competence,      ///< `KT.`
  Urgency,         ///< `hoa_toc`, `thuong_khan`, `khan`
  DueDate,
  Secrecy  ///< as it stands on the page
};

struct Place {
  int page = 1;
  PageBox box;  ///< In parts of the page, 0 to 1.
};

struct Finding {
  FoundField field = FoundField::Symbol;
  std::string value;
  std::vector<Place> places;  ///< One for each line.
  bool sure = true;           ///< False: letters were mended or badly read; look twice.
};

/// A type of document as the office knows it.
struct TypeName {
  std::string code;
  std::string name;
};

/// `pages` in their order, some may be missing. At most one finding for each field.
[[nodiscard]] std::vector<Finding> findFields(const std::vector<PageText>& pages,
                                              const std::vector<TypeName>& types);

[[nodiscard]] std::string_view nameOf(FoundField field);
[[nodiscard]] std::optional<FoundField> foundFieldFrom(std::string_view name);
[[nodiscard]] nlohmann::json toJson(const std::vector<Finding>& findings);
/// Empty for an empty text. Throws nlohmann's exceptions for what was not written here.
[[nodiscard]] std::vector<Finding> findingsFromJson(const std::string& text);

/// The folded name of an agency that is most alike, and no worse than one wrong letter in six;
/// empty when none is, or two are equally alike.
[[nodiscard]] std::optional<std::size_t> mostAlike(std::string_view name,
                                                   const std::vector<std::string>& candidates);

}  // namespace eoffice::intake
