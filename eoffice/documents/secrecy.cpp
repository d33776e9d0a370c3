#include "eoffice/documents/secrecy.h"

#include <algorithm>

#include "base/text.h"
#include "exchange/envelope/secrecy.h"

namespace eoffice::documents {
namespace {

std::string markOf(exchange::SecretLevel level) {
  switch (level) {
    case exchange::SecretLevel::Secret:
      // texts: data begin
      return "Mật";
    case exchange::SecretLevel::HighSecret:
      return "Tối mật";
    case exchange::SecretLevel::TopSecret:
      return "Tuyệt mật";
      // texts: data end
  }
  return {};
}

base::Refusal refusal(std::string mark, std::string_view field) {
  return {base::RefusalKind::Invalid,
          "document.secret_refused",
          std::string(field),
          {{"mark", std::move(mark)}}};
}

// What was stated, as people call it: forms and callers send `toi_mat`.
std::string statedMark(std::string_view stated) {
  auto plain = base::fold(stated);
  std::replace(plain.begin(), plain.end(), '_', ' ');
  using exchange::SecretLevel;
  if (plain == "mat") return markOf(SecretLevel::Secret);
  if (plain == "toi mat") return markOf(SecretLevel::HighSecret);
  if (plain == "tuyet mat") return markOf(SecretLevel::TopSecret);
  return base::squeezed(stated);
}

}  // namespace

std::vector<FieldText> textsOf(const Fields& fields) {
  return {{"code_notation", fields.codeNotation},
          {"issuer_name", fields.issuerName},
          {"subject", fields.subject},
          {"type", fields.typeName},
          {"signer_name", fields.signerName},
          {"signer_position", fields.signerPosition},
          {"description", fields.description},
          {"to_places", fields.toPlaces}};
}

base::Result<void> refuseSecret(std::string_view stated, const std::vector<FieldText>& texts,
                                const PdfFacts* pages) {
  // no secret content in this system or on the axis.
  std::vector<base::Refusal> found;
  const auto plain = base::squeezed(base::lower(stated));
  // texts: data
  if (!plain.empty() && plain != "thường" && plain != "không") {
    found.push_back(refusal(statedMark(stated), "secrecy"));
  }
  for (const auto& [field, text] : texts) {
    if (const auto level = exchange::secretLevelInText(text)) {
      found.push_back(refusal(markOf(*level), field));
    }
  }
  if (pages != nullptr && pages->secrecy) found.push_back(refusal(pages->secrecy->text, "file"));
  if (found.empty()) return {};
  return base::refuseAll(std::move(found));
}

}  // namespace eoffice::documents
