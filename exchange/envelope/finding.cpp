#include "exchange/envelope/finding.h"

namespace exchange {

std::string_view findingName(FindingCode code) {
  switch (code) {
    case FindingCode::BytesBeforeXml:
      return "bytes_before_xml";
    case FindingCode::BytesAfterXml:
      return "bytes_after_xml";
    case FindingCode::UnboundPrefix:
      return "unbound_prefix";
    case FindingCode::ForeignNamespace:
      return "foreign_namespace";
    case FindingCode::MissingElement:
      return "missing_element";
    case FindingCode::TooLong:
      return "too_long";
    case FindingCode::DateNotStandard:
      return "date_not_standard";
    case FindingCode::DateUnreadable:
      return "date_unreadable";
    case FindingCode::NumberUnreadable:
      return "number_unreadable";
    case FindingCode::NullText:
      return "null_text";
    case FindingCode::DuplicateReceiver:
      return "duplicate_receiver";
    case FindingCode::CodeAndOrganSwapped:
      return "code_and_organ_swapped";
    case FindingCode::UnknownBusiness:
      return "unknown_business";
    case FindingCode::BusinessSpelling:
      return "business_spelling";
    case FindingCode::NameChanged:
      return "name_changed";
    case FindingCode::NotBase64:
      return "not_base64";
    case FindingCode::ZipUnreadable:
      return "zip_unreadable";
    case FindingCode::ZipSeveralEntries:
      return "zip_several_entries";
    case FindingCode::ZipEncrypted:
      return "zip_encrypted";
    case FindingCode::ZipTooLarge:
      return "zip_too_large";
    case FindingCode::ZipEntryName:
      return "zip_entry_name";
    case FindingCode::TypeDiffers:
      return "type_differs";
    case FindingCode::PdfDamaged:
      return "pdf_damaged";
    case FindingCode::EmptyAttachment:
      return "empty_attachment";
    case FindingCode::AttachmentWithoutReference:
      return "attachment_without_reference";
    case FindingCode::ReferenceWithoutAttachment:
      return "reference_without_attachment";
  }
  return "unknown";
}

}  // namespace exchange
