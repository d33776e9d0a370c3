#include "eoffice/signing/signature_check.h"

#include "eoffice/signing/pdf_dates.h"
#include "eoffice/signing/revision_changes.h"
#include "eoffice/signing/signed_range.h"

namespace eoffice::pdf {
namespace {

using PoDoFo::PdfArray;
using PoDoFo::PdfObject;

std::vector<std::int64_t> byteRange(const PdfDocument& document, const PdfObject* signature) {
  std::vector<std::int64_t> numbers;
  PdfArray const* array = asArray(document.get(signature, "ByteRange"));
  if (array == nullptr) return numbers;
  for (auto const& each : *array) {
    numbers.push_back(asInteger(document.resolve(&each)).value_or(-1));
  }
  return numbers;
}

std::optional<CmsKind> kindOf(const std::string& subFilter) {
  if (subFilter == "adbe.pkcs7.detached" || subFilter == "ETSI.CAdES.detached") {
    return CmsKind::Detached;
  }
  if (subFilter == "adbe.pkcs7.sha1") return CmsKind::Sha1InContent;
  if (subFilter == "ETSI.RFC3161") return CmsKind::TimeStamp;
  return std::nullopt;
}

/// What the signature says holds the CMS, as it is written in the file and nothing else: the hole
/// of the range must be this signature's own /Contents.
bool holeIsContents(const PdfDocument& document, const PdfObject* signature,
                    const std::string& hole) {
  if (document.encrypted()) return true;  // The library decrypts /Contents, which is never coded.
  PdfObject const* contents = document.get(signature, "Contents");
  if (contents == nullptr || !(contents->IsHexString() || contents->IsString())) return false;
  auto const& text = contents->GetString();
  return std::string_view(text.GetString(), static_cast<std::size_t>(text.GetLength())) == hole;
}

LaterChange changesAfter(const PdfDocument& document, std::uint64_t end) {
  std::string_view const rest = document.bytes().substr(end);
  bool const blank = std::all_of(rest.begin(), rest.end(),
                                 [](char c) { return c == '\n' || c == '\r' || c == ' '; });
  if (blank) return LaterChange::None;
  try {
    PdfDocument const earlier(document.bytes().substr(0, end));
    return compareRevisions(earlier, document);
  } catch (const PoDoFo::PdfError&) {
    return LaterChange::Other;  // What was signed is no PDF by itself.
  } catch (const UnsupportedPdf&) {
    return LaterChange::Other;
  }
}

void verifyBytes(const PdfDocument& document, const PdfObject* value, const TrustAnchors& anchors,
                 base::Instant now, PdfSignature& signature) {
  auto const kind = kindOf(signature.subFilter);
  auto const range = checkRange(document.bytes(), byteRange(document, value));
  if (!range) signature.faults.push_back(SignatureFault::RangeWrong);
  if (!kind) signature.faults.push_back(SignatureFault::Unreadable);
  if (!range || !kind) return;
  std::string const hole = holeBytes(document.bytes(), *range);
  if (!holeIsContents(document, value, hole)) {
    signature.faults.push_back(SignatureFault::RangeWrong);
  }
  CmsVerdict verdict =
      verifyCms(hole, range->parts(document.bytes()), *kind, signature.claimedTime, now, anchors);
  signature.signer = std::move(verdict.signer);
  if (!signature.claimedTime) signature.claimedTime = verdict.time;
  signature.faults.insert(signature.faults.end(), verdict.faults.begin(), verdict.faults.end());
  signature.notes = std::move(verdict.notes);
  signature.coveredBytes = range->end;
}

PdfSignature check(const PdfDocument& document, const SignatureField& field,
                   const TrustAnchors& anchors, base::Instant now) {
  PdfSignature signature;
  signature.field = field.name;
  signature.page = field.page;
  signature.box = field.box;
  signature.subFilter = asName(document.get(field.value, "SubFilter"));
  signature.reason = asText(document.get(field.value, "Reason"));
  signature.claimedTime = parsePdfDate(asText(document.get(field.value, "M")));
  verifyBytes(document, field.value, anchors, now, signature);
  signature.later = signature.coveredBytes == 0 ? LaterChange::Other
                                                : changesAfter(document, signature.coveredBytes);
  if (signature.later == LaterChange::Other && signature.coveredBytes > 0) {
    signature.faults.push_back(SignatureFault::ChangedAfter);
  }
  return signature;
}

}  // namespace

SignatureReport checkSignatures(const PdfDocument& document, const TrustAnchors& anchors,
                                base::Instant now) {
  SignatureReport report;
  report.fileBytes = document.bytes().size();
  report.checkedAt = now;
  for (auto const& field : document.signatureFields()) {
    if (field.value != nullptr) {
      report.signatures.push_back(check(document, field, anchors, now));
    }
  }
  std::stable_sort(
      report.signatures.begin(), report.signatures.end(),
      [](const PdfSignature& a, const PdfSignature& b) { return a.coveredBytes < b.coveredBytes; });
  if (!report.signatures.empty()) report.afterLast = report.signatures.back().later;
  return report;
}

}  // namespace eoffice::pdf
