#include "eoffice/signing/pdf_edit_internal.h"

#include <fmt/format.h>

#include <set>

#include "eoffice/signing/pdf_dates.h"

namespace eoffice::pdf {
namespace {

using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfName;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfVariant;

constexpr std::string_view kEmptyRange = "0000000000 0000000000 0000000000";

/// The value as it stands in the dictionary: a reference stays one.
const PdfObject* raw(const PdfObject& object, const char* key) {
  return object.GetDictionary().GetKey(PdfName(key));
}

bool isReference(const PdfObject* object) { return object != nullptr && object->IsReference(); }

/// Appends `added` to the array under `key`: in the array's own object where it has one, else in
/// `owner`. Returns whether `owner` was changed.
bool extendArray(Revision& revision, const PdfDocument& document, PdfDictionary& owner,
                 const char* key, const std::vector<PdfReference>& added) {
  PdfObject const* const held = owner.GetKey(PdfName(key));
  PdfArray const* const before = asArray(document.resolve(held));
  PdfArray extended = before == nullptr ? PdfArray() : *before;
  for (auto const& each : added) extended.push_back(PdfObject(each));
  if (isReference(held) && before != nullptr) {
    revision.put(held->GetReference(), PdfVariant(extended));
    return false;
  }
  owner.AddKey(PdfName(key), PdfObject(extended));
  return true;
}

}  // namespace

void addAnnotations(Revision& revision, const PdfDocument& document, const PageFrame& page,
                    const std::vector<PdfReference>& annotations) {
  PdfObject const* object = document.get(page.reference);
  if (asDictionary(object) == nullptr) throw UnsupportedPdf("page is no object of its own");
  PdfDictionary changed = object->GetDictionary();
  if (extendArray(revision, document, changed, "Annots", annotations)) {
    revision.put(page.reference, PdfVariant(changed));
  }
}

void addSignatureField(Revision& revision, const PdfDocument& document, const PdfReference& field) {
  constexpr PoDoFo::pdf_int64 kSignaturesExistAppendOnly = 3;
  PdfObject const& catalog = document.catalog();
  PdfObject const* const held = raw(catalog, "AcroForm");
  PdfDictionary const* const before = asDictionary(document.resolve(held));
  PdfDictionary form = before == nullptr ? PdfDictionary() : *before;
  if (form.HasKey(PdfName("XFA"))) throw UnsupportedPdf("XFA form");
  bool changed = extendArray(revision, document, form, "Fields", {field});
  if (asInteger(document.resolve(form.GetKey(PdfName("SigFlags")))) != kSignaturesExistAppendOnly) {
    form.AddKey(PdfName("SigFlags"), PdfObject(kSignaturesExistAppendOnly));
    changed = true;
  }
  if (isReference(held) && before != nullptr) {
    if (changed) revision.put(held->GetReference(), PdfVariant(form));
    return;
  }
  PdfReference const own = revision.reserve();
  revision.put(own, PdfVariant(form));
  PdfDictionary root = catalog.GetDictionary();
  root.AddKey(PdfName("AcroForm"), PdfObject(own));
  revision.put(catalog.Reference(), PdfVariant(root));
}

std::string freeFieldName(const PdfDocument& document, const std::string& wanted) {
  std::set<std::string> taken;
  PdfArray const* fields =
      asArray(document.get(document.get(&document.catalog(), "AcroForm"), "Fields"));
  if (fields != nullptr) {
    for (auto const& each : *fields)
      taken.insert(asText(document.get(document.resolve(&each), "T")));
  }
  std::string name = wanted;
  for (int number = 2; taken.contains(name); ++number) name = wanted + std::to_string(number);
  return name;
}

SignatureObject putSignature(Revision& revision, std::size_t bytes, const std::string& signerName,
                             const std::string& reason, base::Instant at) {
  SignatureObject signature;
  signature.reference = revision.reserve();
  std::string body = "<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached";
  body += "/M(" + pdfDate(at) + ")/Name" + pdfText(signerName);
  if (!reason.empty()) body += "/Reason" + pdfText(reason);
  body += "/ByteRange[0 ";
  signature.rangeBegin = body.size();
  body += kEmptyRange;
  body += "]/Contents";
  signature.holeBegin = body.size();
  body += "<" + std::string(bytes * 2, '0') + ">";
  signature.holeEnd = body.size();
  body += ">>";
  revision.put(signature.reference, std::move(body));
  return signature;
}

std::string finishSigned(Revision& revision, const PdfDocument& document,
                         const SignatureObject& signature, Hole& hole) {
  std::string section = revision.finish();
  std::uint64_t const base = document.bytes().size();
  std::uint64_t const body = revision.bodyOffset(signature.reference);
  hole = {body + signature.holeBegin, body + signature.holeEnd};
  std::uint64_t const total = base + section.size();
  std::string const range =
      fmt::format("{:010} {:010} {:010}", hole.begin, hole.end, total - hole.end);
  if (range.size() != kEmptyRange.size()) throw UnsupportedPdf("file too large");
  section.replace(body - base + signature.rangeBegin, range.size(), range);
  return section;
}

std::string rectKey(const PageFrame& page, const PageBox& box) {
  auto const rect = page.toUser(box);
  return fmt::format("/Rect[{:.3f} {:.3f} {:.3f} {:.3f}]", rect.GetLeft(), rect.GetBottom(),
                     rect.GetLeft() + rect.GetWidth(), rect.GetBottom() + rect.GetHeight());
}

}  // namespace eoffice::pdf
