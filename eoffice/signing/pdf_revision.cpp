#include "eoffice/signing/pdf_revision_internal.h"

#include <fmt/format.h>

#include "base/crypto/digest.h"
#include "base/text.h"

namespace eoffice::pdf {
namespace {

using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;
using PoDoFo::PdfVariant;

constexpr std::size_t kMostBytes = 4'000'000'000;  ///< Offsets in streams have four bytes.

void appendBigEndian(std::string& out, std::uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>((value >> (8 * i)) & 0xff);
}

/// Calls `visit` for each reference inside `value`, which may replace it.
template <class Visit>
PdfVariant mapReferences(const PdfVariant& value, const Visit& visit) {
  if (value.IsReference()) return PdfVariant(visit(value.GetReference()));
  if (value.IsArray()) {
    PdfArray mapped;
    for (auto const& each : value.GetArray()) {
      mapped.push_back(PdfObject(mapReferences(each, visit)));
    }
    return PdfVariant(mapped);
  }
  if (value.IsDictionary()) {
    PdfDictionary mapped;
    for (auto const& [key, each] : value.GetDictionary().GetKeys()) {
      mapped.AddKey(key, PdfObject(mapReferences(*each, visit)));
    }
    return PdfVariant(mapped);
  }
  return value;
}

}  // namespace

Revision::Revision(const PdfDocument& document) : document_(document) {
  auto const last = findLastXref(document.bytes());
  if (!last) throw UnsupportedPdf("no cross-references to go on from");
  if (document.bytes().substr(0, 5) != "%PDF-") throw UnsupportedPdf("bytes before the header");
  if (document.bytes().size() > kMostBytes) throw UnsupportedPdf("too large");
  last_ = *last;
  std::int64_t next = asInteger(document.get(&document.trailer(), "Size")).value_or(1);
  for (auto const* object : document.objects()) {
    next = std::max<std::int64_t>(next, object->Reference().ObjectNumber() + 1);
  }
  if (next < 1 || next > 8'000'000) throw UnsupportedPdf("too many objects");
  next_ = static_cast<std::uint32_t>(next);
}

PdfReference Revision::reserve() { return {next_++, 0}; }

void Revision::put(const PdfReference& reference, std::string body) {
  entries_[reference].body = std::move(body);
}

void Revision::put(const PdfReference& reference, const PdfVariant& value) {
  put(reference, serialise(value));
}

PdfReference Revision::transplant(const PdfDocument& from, const PdfReference& root) {
  std::map<PdfReference, PdfReference> known;
  std::vector<PdfReference> pending;
  auto const renumber = [&](const PdfReference& old) {
    auto const [place, fresh] = known.try_emplace(old);
    if (fresh) {
      place->second = reserve();
      pending.push_back(old);
    }
    return place->second;
  };
  PdfReference const result = renumber(root);
  while (!pending.empty()) {
    PdfReference const old = pending.back();
    pending.pop_back();
    PdfObject const* object = from.get(old);
    if (object == nullptr) throw UnsupportedPdf("overlay is incomplete");
    std::string body = serialise(mapReferences(*object, renumber));
    if (object->HasStream()) {  // A copy of the object would lack it.
      PoDoFo::PdfRefCountedBuffer buffer;
      PoDoFo::PdfOutputDevice device(&buffer);
      const_cast<PoDoFo::PdfStream*>(object->GetStream())->Write(&device, nullptr);
      body += "\n" + std::string(buffer.GetBuffer(), device.Tell());
    }
    put(known.at(old), std::move(body));
  }
  return result;
}

std::string Revision::trailerKeys(std::uint64_t size) const {
  PdfObject const& trailer = document_.trailer();
  std::string keys = fmt::format("/Size {}/Prev {}", size, last_.offset);
  for (char const* key : {"Root", "Info"}) {
    PdfObject const* value = trailer.GetDictionary().GetKey(PoDoFo::PdfName(key));
    if (value != nullptr) keys += fmt::format("/{} {}", key, serialise(*value));
  }
  std::string const fresh = base::lowerHex(base::randomBytes(16));
  PdfArray const* ids = asArray(document_.get(&trailer, "ID"));
  std::string const first =
      ids != nullptr && !ids->empty() ? serialise(ids->front()) : "<" + fresh + ">";
  return keys + fmt::format("/ID[{}<{}>]", first, fresh);
}

std::string Revision::finish() {
  auto const base = document_.bytes();
  std::string section = !base.empty() && base.back() != '\n' ? "\n" : "";
  for (auto& [reference, entry] : entries_) {
    std::string const header =
        fmt::format("{} {} obj\n", reference.ObjectNumber(), reference.GenerationNumber());
    entry.offset = base.size() + section.size();
    entry.header = header.size();
    section += header + entry.body + "\nendobj\n";
  }
  std::uint64_t xref = 0;
  if (last_.kind == XrefKind::Table) {
    xref = base.size() + section.size();
    writeTable(section);
  } else {
    xref = base.size() + section.size();
    writeStream(section);
  }
  section += fmt::format("startxref\n{}\n%%EOF\n", xref);
  return section;
}

void Revision::writeTable(std::string& section) const {
  section += "xref\n";
  for (auto it = entries_.begin(); it != entries_.end();) {
    auto end = it;
    std::uint32_t count = 0;
    while (end != entries_.end() && end->first.ObjectNumber() == it->first.ObjectNumber() + count) {
      ++end;
      ++count;
    }
    section += fmt::format("{} {}\n", it->first.ObjectNumber(), count);
    for (; it != end; ++it) {
      section += fmt::format("{:010} {:05} n\r\n", it->second.offset, it->first.GenerationNumber());
    }
  }
  section += fmt::format("trailer\n<<{}>>\n", trailerKeys(next_));
}

void Revision::writeStream(std::string& section) {
  PdfReference const self = reserve();
  entries_[self].offset = document_.bytes().size() + section.size();
  std::string data;
  std::string index;
  for (auto const& [reference, entry] : entries_) {
    index += fmt::format("{} 1 ", reference.ObjectNumber());
    appendBigEndian(data, 1, 1);
    appendBigEndian(data, entry.offset, 4);
    appendBigEndian(data, reference.GenerationNumber(), 2);
  }
  section += fmt::format("{} 0 obj\n<</Type/XRef/W[1 4 2]/Index[{}]/Length {}{}>>\nstream\n",
                         self.ObjectNumber(), index, data.size(), trailerKeys(next_));
  section += data + "\nendstream\nendobj\n";
}

std::uint64_t Revision::bodyOffset(const PdfReference& reference) const {
  Entry const& entry = entries_.at(reference);
  return entry.offset + entry.header;
}

std::string serialise(const PdfVariant& value) {
  PoDoFo::PdfRefCountedBuffer buffer;
  PoDoFo::PdfOutputDevice device(&buffer);
  value.Write(&device, PoDoFo::ePdfWriteMode_Compact, nullptr, PoDoFo::PdfName::KeyNull);
  return {buffer.GetBuffer(), device.Tell()};
}

std::string pdfText(std::string_view utf8) {
  std::string const ended(utf8);  // The library's constructor with a length miscounts letters.
  PoDoFo::PdfString const text(reinterpret_cast<const PoDoFo::pdf_utf8*>(ended.c_str()));
  std::string hex = "<FEFF";
  PoDoFo::PdfString const wide = text.ToUnicode();
  auto const* units = reinterpret_cast<const unsigned char*>(wide.GetUnicode());
  for (PoDoFo::pdf_long i = 0; i < wide.GetUnicodeLength() * 2; ++i) {
    hex += fmt::format("{:02X}", units[i]);
  }
  return hex + ">";
}

std::string referenceText(const PdfReference& reference) {
  return fmt::format("{} {} R", reference.ObjectNumber(), reference.GenerationNumber());
}

}  // namespace eoffice::pdf
