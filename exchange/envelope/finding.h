// What the reader noticed about a foreign envelope and forgave. Findings never stop the intake; the
// office records them beside the document. Value types.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace exchange {

/// Stored by number: never renumber, never reuse.
enum class FindingCode : std::uint8_t {
  BytesBeforeXml = 1,        ///< Junk before the XML declaration was skipped.
  BytesAfterXml = 2,         ///< Something follows the root element; ignored.
  UnboundPrefix = 3,         ///< A namespace prefix (xlink) is used without a declaration.
  ForeignNamespace = 4,      ///< The root is not in the namespace of QCVN 102.
  MissingElement = 5,        ///< Something that should be there is not.
  TooLong = 6,               ///< Longer than the standard allows; kept whole.
  DateNotStandard = 7,       ///< Read, but not written as `yyyy/MM/dd`.
  DateUnreadable = 8,        ///< In no known form, or no such day.
  NumberUnreadable = 9,      ///< A number was expected.
  NullText = 10,             ///< The text "null" stood where an id belongs; read as absent.
  DuplicateReceiver = 11,    ///< The same receiver twice; the first is kept.
  CodeAndOrganSwapped = 12,  ///< Code and OrganId of ResponseFor had changed places; put right.
  UnknownBusiness = 13,      ///< BussinessDocType is none of 0..3.
  BusinessSpelling = 14,     ///< `Business` for `Bussiness`.
  NameChanged = 15,          ///< The attachment's name was made safe.
  NotBase64 = 16,            ///< The attachment cannot be decoded; it has no bytes.
  ZipUnreadable = 17,        ///< Looks like a zip and is none; kept as it came.
  ZipSeveralEntries = 18,    ///< A zip with more than one file; kept as a zip.
  ZipEncrypted = 19,         ///< Kept as a zip.
  ZipTooLarge = 20,          ///< Grows beyond the limits when unpacked; kept as a zip.
  ZipEntryName = 21,         ///< The entry's name points out of its folder; the name was not used.
  TypeDiffers = 22,          ///< The declared type is not the type of the bytes.
  PdfDamaged = 23,           ///< A PDF whose bytes went through a text decoder.
  EmptyAttachment = 24,      ///< An attachment without bytes.
  AttachmentWithoutReference = 25,
  ReferenceWithoutAttachment = 26,
};

/// `path` names the element (`MessageHeader.DueDate`), `text` shows what stood there (shortened).
struct Finding {
  FindingCode code;
  std::string path = {};
  std::string text = {};
  friend bool operator==(const Finding&, const Finding&) = default;
};

/// `date_not_standard`: for logs, the API and the key `finding.<name>` of the text catalogues.
// texts: finding.*
[[nodiscard]] std::string_view findingName(FindingCode code);

}  // namespace exchange
