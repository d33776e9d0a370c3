#include "eoffice/signing/pdf_document_internal.h"

#include <set>

#include "base/text.h"

namespace eoffice::pdf {
namespace {

using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfObject;
using PoDoFo::PdfRect;
using PoDoFo::PdfReference;

constexpr int kMostDepth = 64;
constexpr std::size_t kMostPages = 200'000;

std::optional<double> asNumber(const PdfObject* object) {
  if (object == nullptr) return std::nullopt;
  if (object->IsReal()) return object->GetReal();
  if (object->IsNumber()) return static_cast<double>(object->GetNumber());
  return std::nullopt;
}

}  // namespace

/// Reads and seeks inside bytes that stay where they are.
class PdfDocument::Buffer : public std::streambuf {
 public:
  explicit Buffer(std::string_view bytes) {
    char* const first = const_cast<char*>(bytes.data());  // Never written: there is no put area.
    setg(first, first, first + bytes.size());
  }

 protected:
  pos_type seekoff(off_type offset, std::ios_base::seekdir from, std::ios_base::openmode) override {
    off_type const base = from == std::ios_base::beg   ? 0
                          : from == std::ios_base::cur ? gptr() - eback()
                                                       : egptr() - eback();
    return seekpos(base + offset, std::ios_base::in);
  }
  pos_type seekpos(pos_type position, std::ios_base::openmode) override {
    off_type const to = position;
    if (to < 0 || to > egptr() - eback()) return pos_type(off_type(-1));
    setg(eback(), eback() + to, egptr());
    return position;
  }
};

double PageFrame::shownWidth() const { return rotation % 180 == 0 ? right - left : top - bottom; }
double PageFrame::shownHeight() const { return rotation % 180 == 0 ? top - bottom : right - left; }

PdfRect PageFrame::toUser(const PageBox& b) const {
  double const w = right - left;
  double const h = top - bottom;
  switch (rotation) {
    case 90:
      return {left + b.y, bottom + b.x, b.height, b.width};
    case 180:
      return {left + w - b.x - b.width, bottom + b.y, b.width, b.height};
    case 270:
      return {left + w - b.y - b.height, bottom + h - b.x - b.width, b.height, b.width};
    default:
      return {left + b.x, bottom + h - b.y - b.height, b.width, b.height};
  }
}

PageBox PageFrame::toShown(const PdfRect& r) const {
  double const u = r.GetLeft() - left;
  double const v = r.GetBottom() - bottom;
  double const w = right - left;
  double const h = top - bottom;
  switch (rotation) {
    case 90:
      return {v, u, r.GetHeight(), r.GetWidth()};
    case 180:
      return {w - u - r.GetWidth(), v, r.GetWidth(), r.GetHeight()};
    case 270:
      return {h - v - r.GetHeight(), w - u - r.GetWidth(), r.GetHeight(), r.GetWidth()};
    default:
      return {u, h - v - r.GetHeight(), r.GetWidth(), r.GetHeight()};
  }
}

PdfDocument::PdfDocument(std::string_view bytes)
    : bytes_(bytes),
      buffer_(std::make_unique<Buffer>(bytes)),
      stream_(std::make_unique<std::istream>(buffer_.get())),
      objects_(std::make_unique<PoDoFo::PdfVecObjects>()) {
  objects_->SetAutoDelete(true);
  PoDoFo::PdfRefCountedInputDevice const device(
      new PoDoFo::PdfInputDevice(stream_.get()));  // Owned by its reference count.
  parser_ = std::make_unique<PoDoFo::PdfParser>(objects_.get(), device, true);
  if (parser_->GetTrailer() == nullptr || asDictionary(&catalog()) == nullptr) {
    throw UnsupportedPdf("no catalog");
  }
}

PdfDocument::~PdfDocument() = default;

bool PdfDocument::encrypted() const { return parser_->GetEncrypted(); }
const PdfObject& PdfDocument::trailer() const { return *parser_->GetTrailer(); }

const PdfObject& PdfDocument::catalog() const {
  PdfObject const* root = get(&trailer(), "Root");
  if (root == nullptr) throw UnsupportedPdf("no catalog");
  return *root;
}

const PdfObject* PdfDocument::get(const PdfReference& reference) const {
  return objects_->GetObject(reference);
}

const PdfObject* PdfDocument::resolve(const PdfObject* object) const {
  if (object == nullptr || !object->IsReference()) return object;
  return objects_->GetObject(object->GetReference());
}

const PdfObject* PdfDocument::get(const PdfObject* object, const char* key) const {
  PdfDictionary const* dictionary = asDictionary(object);
  return dictionary == nullptr ? nullptr : resolve(dictionary->GetKey(PoDoFo::PdfName(key)));
}

const std::vector<PageFrame>& PdfDocument::pages() const {
  if (pages_.empty()) {
    PdfObject const* root = get(&catalog(), "Pages");
    if (root == nullptr) throw UnsupportedPdf("no page tree");
    collectPages(*root, {{}, 0, 0, 595, 842, 0}, 0);
  }
  return pages_;
}

void PdfDocument::collectPages(const PdfObject& node, PageFrame frame, int depth) const {
  if (depth > kMostDepth || pages_.size() > kMostPages) throw UnsupportedPdf("page tree too deep");
  PdfObject const* box = get(&node, "CropBox");
  if (box == nullptr) box = get(&node, "MediaBox");
  if (PdfArray const* sides = asArray(box); sides != nullptr && sides->size() == 4) {
    double values[4] = {};
    for (int i = 0; i < 4; ++i) {
      auto const side = asNumber(resolve(&(*sides)[static_cast<std::size_t>(i)]));
      if (!side) throw UnsupportedPdf("page box");
      values[i] = *side;
    }
    frame.left = std::min(values[0], values[2]);
    frame.right = std::max(values[0], values[2]);
    frame.bottom = std::min(values[1], values[3]);
    frame.top = std::max(values[1], values[3]);
  }
  if (auto const turn = asInteger(get(&node, "Rotate"))) {
    frame.rotation = static_cast<int>(((*turn % 360) + 360) % 360) / 90 * 90;
  }
  PdfArray const* kids = asArray(get(&node, "Kids"));
  if (kids == nullptr) {
    frame.reference = node.Reference();
    pages_.push_back(frame);
    return;
  }
  for (auto const& kid : *kids) {
    PdfObject const* child = resolve(&kid);
    if (child != nullptr && child->IsDictionary()) collectPages(*child, frame, depth + 1);
  }
}

std::vector<SignatureField> PdfDocument::signatureFields() const {
  std::vector<SignatureField> found;
  PdfArray const* fields = asArray(get(get(&catalog(), "AcroForm"), "Fields"));
  if (fields == nullptr) return found;
  for (auto const& field : *fields) {
    PdfObject const* object = resolve(&field);
    if (object != nullptr) collectFields(*object, {}, false, 0, found);
  }
  return found;
}

void PdfDocument::collectFields(const PdfObject& field, const std::string& prefix, bool signature,
                                int depth, std::vector<SignatureField>& found) const {
  if (depth > kMostDepth || found.size() > 1000) throw UnsupportedPdf("form too deep");
  PdfObject const* part = get(&field, "T");
  std::string name = prefix;
  if (part != nullptr) name += (prefix.empty() ? "" : ".") + asText(part);
  if (PdfObject const* type = get(&field, "FT"); type != nullptr) {
    signature = asName(type) == "Sig";
  }
  PdfArray const* kids = asArray(get(&field, "Kids"));
  bool const hasChildFields =
      kids != nullptr && std::any_of(kids->begin(), kids->end(), [this](const PdfObject& kid) {
        return get(resolve(&kid), "T") != nullptr;
      });
  if (hasChildFields) {
    for (auto const& kid : *kids) {
      PdfObject const* child = resolve(&kid);
      if (child != nullptr) collectFields(*child, name, signature, depth + 1, found);
    }
    return;
  }
  if (!signature) return;
  SignatureField one{name, field.Reference(), get(&field, "V"), 0, {}};
  if (asDictionary(one.value) == nullptr) one.value = nullptr;
  locate(kids != nullptr && !kids->empty() && resolve(&kids->front()) != nullptr
             ? *resolve(&kids->front())
             : field,
         one);
  found.push_back(std::move(one));
}

void PdfDocument::locate(const PdfObject& widget, SignatureField& field) const {
  PdfArray const* sides = asArray(get(&widget, "Rect"));
  if (sides == nullptr || sides->size() != 4) return;
  double v[4] = {};
  for (std::size_t i = 0; i < 4; ++i) v[i] = asNumber(resolve(&(*sides)[i])).value_or(0);
  PdfRect const rect(std::min(v[0], v[2]), std::min(v[1], v[3]), std::abs(v[2] - v[0]),
                     std::abs(v[3] - v[1]));
  PdfReference const where = widget.Reference();
  PdfObject const* page = get(&widget, "P");
  for (std::size_t i = 0; i < pages().size(); ++i) {
    PageFrame const& frame = pages()[i];
    bool here = page != nullptr && page->Reference() == frame.reference;
    if (page == nullptr) {
      PdfArray const* all = asArray(get(get(frame.reference), "Annots"));
      here = all != nullptr && std::any_of(all->begin(), all->end(), [&where](auto const& each) {
               return each.IsReference() && each.GetReference() == where;
             });
    }
    if (!here) continue;
    field.page = static_cast<int>(i) + 1;
    if (rect.GetWidth() > 0 && rect.GetHeight() > 0) field.box = frame.toShown(rect);
    return;
  }
}

const PdfArray* asArray(const PdfObject* object) {
  return object != nullptr && object->IsArray() ? &object->GetArray() : nullptr;
}

const PdfDictionary* asDictionary(const PdfObject* object) {
  return object != nullptr && object->IsDictionary() ? &object->GetDictionary() : nullptr;
}

std::string asName(const PdfObject* object) {
  return object != nullptr && object->IsName() ? object->GetName().GetName() : std::string{};
}

std::string asText(const PdfObject* object) {
  if (object == nullptr || !(object->IsString() || object->IsHexString())) return {};
  std::string const text = object->GetString().GetStringUtf8();
  return base::isUtf8(text) ? base::toNfc(text) : std::string{};
}

std::optional<std::int64_t> asInteger(const PdfObject* object) {
  if (object == nullptr || !object->IsNumber()) return std::nullopt;
  return object->GetNumber();
}

}  // namespace eoffice::pdf
