#include "eoffice/documents/field_rules.h"

#include "base/text.h"

namespace eoffice::documents {
namespace {

using base::Refusal;
using base::RefusalKind;

bool hasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](unsigned char c) {
    return (c < 0x20 && c != '\n' && c != '\t' && c != '\r') || c == 0x7F;
  });
}

}  // namespace

void FieldCheck::fault(std::string code, std::string_view field,
                       std::vector<std::pair<std::string, std::string>> facts) {
  faults_.push_back(
      Refusal{RefusalKind::Invalid, std::move(code), std::string(field), std::move(facts), {}});
}

void FieldCheck::optional(std::string& value, std::string_view field, std::size_t most) {
  if (!base::isUtf8(value) || hasControl(value)) {
    fault("field.not_text", field);
    return;
  }
  value = base::squeezed(base::toNfc(value));
  const auto length = base::lengthInCharacters(value);
  if (length > most) {
    fault("field.too_long", field,
          {{"most", std::to_string(most)}, {"length", std::to_string(length)}});
  }
}

void FieldCheck::required(std::string& value, std::string_view field, std::size_t most) {
  optional(value, field, most);
  if (value.empty()) fault("field.missing", field);
}

base::Result<void> FieldCheck::result() const {
  if (faults_.empty()) return {};
  return base::refuseAll(faults_);
}

base::Result<void> checkRegistration(Fields& fields, base::LocalDate today) {
  FieldCheck check;
  check.required(fields.codeNumber, "code_number", 11);
  check.required(fields.codeNotation, "code_notation", 30);
  check.required(fields.issuerName, "issuer_name", 200);
  check.required(fields.subject, "subject", 2000);
  check.optional(fields.signerName, "signer_name", 50);
  check.optional(fields.signerPosition, "signer_position", 100);
  check.optional(fields.description, "description", 500);
  check.optional(fields.toPlaces, "to_places", 1000);
  check.required(fields.typeName, "type", 100);
  if (!fields.issuedDate) {
    check.fault("field.missing", "issued_date");
  } else if (*fields.issuedDate > today) {
    check.fault("field.date_in_future", "issued_date");
  }
  if (fields.dueDate && fields.issuedDate && *fields.dueDate < *fields.issuedDate) {
    check.fault("field.due_before_issue", "due_date");
  }
  return check.result();
}

}  // namespace eoffice::documents
