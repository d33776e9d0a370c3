// Our own parsing of foreign signature bytes: ranges and their hole, CMS, certificates, dates, the
// last cross-references, the picture's PNG. The first byte chooses.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "eoffice/signing/cms_internal.h"
#include "eoffice/signing/key_store.h"
#include "eoffice/signing/pdf_dates.h"
#include "eoffice/signing/pdf_xref.h"
#include "eoffice/signing/picture.h"
#include "eoffice/signing/signed_range.h"

namespace {

using namespace eoffice;

/// Four numbers, then the file.
void fuzzRange(std::string_view bytes) {
  if (bytes.size() < 32) return;
  std::vector<std::int64_t> numbers(4);
  std::memcpy(numbers.data(), bytes.data(), 32);
  numbers[0] = 0;
  auto const file = bytes.substr(32);
  if (auto const range = pdf::checkRange(file, numbers)) {
    (void)pdf::holeBytes(file, *range);
    if (range->parts(file)[0].size() + range->parts(file)[1].size() > file.size()) __builtin_trap();
  }
}

void fuzzCms(std::string_view bytes) {
  static TrustAnchors const kNobody{std::string_view{}};
  auto const kind = bytes.size() % 3 == 0   ? CmsKind::Detached
                    : bytes.size() % 3 == 1 ? CmsKind::Sha1InContent
                                            : CmsKind::TimeStamp;
  auto const verdict = verifyCms(bytes, {"signed", "bytes"}, kind, {}, {}, kNobody);
  if (verdict.faults.empty()) __builtin_trap();  // Nobody is trusted.
}

void fuzzPicture(std::string_view bytes) {
  try {
    (void)pdf::readPicture(bytes);
  } catch (const pdf::PictureError&) {
    return;
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view const bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 6) {
    case 0:
      fuzzRange(bytes);
      break;
    case 1:
      fuzzCms(bytes);
      break;
    case 2:
      (void)readCertificate(bytes);
      break;
    case 3:
      (void)pdf::parsePdfDate(bytes);
      break;
    case 4:
      (void)pdf::findLastXref(bytes);
      break;
    default:
      fuzzPicture(bytes);
  }
  return 0;
}
