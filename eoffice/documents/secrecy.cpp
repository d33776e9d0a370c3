#include "eoffice/documents/secrecy.h"

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

tl::unexpected<base::Refusal> refused(std::string mark, std::string field) {
  return base::refuse(base::RefusalKind::Invalid, "document.secret_refused", std::move(field),
                      {{"mark", std::move(mark)}});
}

}  // namespace

base::Result<void> refuseSecret(std::string_view stated, std::string_view subject,
                                const PdfFacts* pages) {
  // no secret content in this system or on the axis.
  const auto plain = base::squeezed(base::lower(stated));
  // texts: data
  if (!plain.empty() && plain != "thường" && plain != "không") {
    return refused(base::squeezed(stated), "secrecy");
  }
  if (const auto level = exchange::secretLevelInText(subject)) {
    return refused(markOf(*level), "subject");
  }
  if (pages != nullptr && pages->secrecy) return refused(pages->secrecy->text, "file");
  return {};
}

}  // namespace eoffice::documents
