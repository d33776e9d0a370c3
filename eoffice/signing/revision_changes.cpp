#include "eoffice/signing/revision_changes.h"

#include <map>
#include <set>

#include "eoffice/signing/pdf_revision_internal.h"

namespace eoffice::pdf {
namespace {

using PoDoFo::PdfArray;
using PoDoFo::PdfDictionary;
using PoDoFo::PdfObject;
using PoDoFo::PdfReference;

using Keys = std::set<std::string>;

std::string textOf(const PdfObject* object) {
  return object == nullptr ? std::string{} : serialise(*object);
}

/// Keys whose values differ, as they stand (references are compared as references).
Keys differingKeys(const PdfObject& before, const PdfObject& after) {
  Keys keys;
  for (auto const& [key, value] : before.GetDictionary().GetKeys()) {
    if (textOf(value) != textOf(after.GetDictionary().GetKey(key))) keys.insert(key.GetName());
  }
  for (auto const& [key, value] : after.GetDictionary().GetKeys()) {
    if (before.GetDictionary().GetKey(key) == nullptr) keys.insert(key.GetName());
  }
  return keys;
}

bool within(const Keys& keys, const Keys& allowed) {
  return std::includes(allowed.begin(), allowed.end(), keys.begin(), keys.end());
}

/// Laid over a page without touching it. A link, a file or a script is none of these.
const Keys& markupKinds() {
  static const Keys kKinds{"Stamp",     "FreeText", "Text",   "Highlight", "Underline",
                           "StrikeOut", "Square",   "Circle", "Ink",       "Line",
                           "Polygon",   "PolyLine", "Caret",  "Squiggly",  "Popup"};
  return kKinds;
}

class Comparison {
 public:
  Comparison(const PdfDocument& earlier, const PdfDocument& later)
      : earlier_(earlier), later_(later) {}

  LaterChange run();

 private:
  void raise(LaterChange change) { result_ = std::max(result_, change); }
  void findChanged();
  void nameRoles();
  void allowTree(const PdfObject* object, int depth);
  [[nodiscard]] bool sameObject(const PdfObject& before, const PdfObject& after) const;
  [[nodiscard]] bool pointedAt(const PdfReference& reference) const;

  void judge(const PdfReference& reference, const PdfObject& after);
  void judgeModified(const PdfReference& reference, const PdfObject& before,
                     const PdfObject& after);
  void judgeCatalog(const PdfObject& before, const PdfObject& after);
  void judgeForm(const PdfObject* before, const PdfObject* after);
  void judgeFields(const PdfObject* before, const PdfObject* after);
  void judgePage(const PdfObject& before, const PdfObject& after);
  void judgeAnnotations(const PdfObject* before, const PdfObject* after);
  void judgeSignatureField(const PdfObject& before, const PdfObject& after);
  [[nodiscard]] bool isSignatureField(const PdfObject* field) const;

  enum class Role { Catalog, Form, Fields, Page, Annotations, SignatureField, Free };

  const PdfDocument& earlier_;
  const PdfDocument& later_;
  LaterChange result_ = LaterChange::Signatures;
  std::map<PdfReference, const PdfObject*> changed_;  ///< As it is in the later file.
  std::map<PdfReference, Role> roles_;
};

bool Comparison::sameObject(const PdfObject& before, const PdfObject& after) const {
  auto const* a = dynamic_cast<const PoDoFo::PdfParserObject*>(&before);
  auto const* b = dynamic_cast<const PoDoFo::PdfParserObject*>(&after);
  if (a != nullptr && b != nullptr) return a->GetOffset() == b->GetOffset();
  if ((a == nullptr) != (b == nullptr)) return false;
  return serialise(before) == serialise(after);  // Both inside object streams.
}

void Comparison::findChanged() {
  for (auto const* after : later_.objects()) {
    PdfObject const* before = earlier_.get(after->Reference());
    if (before == nullptr || !sameObject(*before, *after)) changed_[after->Reference()] = after;
  }
  for (auto const* before : earlier_.objects()) {
    if (later_.get(before->Reference()) == nullptr && pointedAt(before->Reference())) {
      raise(LaterChange::Other);
    }
  }
}

/// Whether anything in the earlier revision refers to this number.
bool Comparison::pointedAt(const PdfReference& reference) const {
  std::string const wanted = referenceText(reference);
  return std::any_of(
      earlier_.objects().begin(), earlier_.objects().end(), [&wanted](const PdfObject* object) {
        std::string const text = serialise(*object);
        auto const at = text.find(wanted);
        return at != std::string::npos &&
               (at == 0 || std::isdigit(static_cast<unsigned char>(text[at - 1])) == 0);
      });
}

void Comparison::nameRoles() {
  auto const name = [this](const PdfObject* object, Role role) {
    if (object != nullptr && object->Reference().ObjectNumber() > 0) {
      roles_.try_emplace(object->Reference(), role);
    }
  };
  PdfObject const& catalog = earlier_.catalog();
  PdfObject const* form = earlier_.get(&catalog, "AcroForm");
  name(&catalog, Role::Catalog);
  name(form, Role::Form);
  name(earlier_.get(form, "Fields"), Role::Fields);
  for (auto const& page : earlier_.pages()) {
    PdfObject const* object = earlier_.get(page.reference);
    name(object, Role::Page);
    name(earlier_.get(object, "Annots"), Role::Annotations);
  }
  for (auto const& field : earlier_.signatureFields()) {
    if (field.value == nullptr) roles_.try_emplace(field.field, Role::SignatureField);
  }
  name(earlier_.get(&earlier_.trailer(), "Info"), Role::Free);
  allowTree(earlier_.get(&catalog, "Metadata"), 0);
  allowTree(earlier_.get(&catalog, "DSS"), 0);
}

/// Validation data and metadata may grow; what they hold is not the document.
void Comparison::allowTree(const PdfObject* object, int depth) {
  if (object == nullptr || depth > 4) return;
  if (object->Reference().ObjectNumber() > 0) roles_.try_emplace(object->Reference(), Role::Free);
  if (PdfArray const* array = asArray(object)) {
    for (auto const& each : *array) allowTree(earlier_.resolve(&each), depth + 1);
  } else if (PdfDictionary const* dictionary = asDictionary(object)) {
    for (auto const& [key, each] : dictionary->GetKeys()) {
      allowTree(earlier_.resolve(each), depth + 1);
    }
  }
}

LaterChange Comparison::run() {
  if (later_.bytes().size() == earlier_.bytes().size()) return LaterChange::None;
  if (textOf(earlier_.trailer().GetDictionary().GetKey("Root")) !=
      textOf(later_.trailer().GetDictionary().GetKey("Root"))) {
    return LaterChange::Other;
  }
  nameRoles();
  findChanged();
  for (auto const& [reference, after] : changed_) {
    if (result_ == LaterChange::Other) break;
    judge(reference, *after);
  }
  return result_;
}

void Comparison::judge(const PdfReference& reference, const PdfObject& after) {
  PdfObject const* before = earlier_.get(reference);
  if (before != nullptr) {
    judgeModified(reference, *before, after);
    return;
  }
  // New, and harmless unless the earlier revision pointed into the void for it.
  auto const size = asInteger(earlier_.get(&earlier_.trailer(), "Size")).value_or(0);
  if (reference.ObjectNumber() < static_cast<std::uint64_t>(size) && pointedAt(reference)) {
    raise(LaterChange::Other);
  }
}

void Comparison::judgeModified(const PdfReference& reference, const PdfObject& before,
                               const PdfObject& after) {
  auto const role = roles_.find(reference);
  std::string const kind = asName(later_.get(&after, "Type"));
  if (role == roles_.end()) {
    bool const bookkeeping = kind == "XRef" || kind == "ObjStm";
    bool const same =
        serialise(before) == serialise(after) && !before.HasStream() && !after.HasStream();
    if (!bookkeeping && !same) raise(LaterChange::Other);
    return;
  }
  switch (role->second) {
    case Role::Catalog:
      return judgeCatalog(before, after);
    case Role::Form:
      return judgeForm(&before, &after);
    case Role::Fields:
      return judgeFields(&before, &after);
    case Role::Page:
      return judgePage(before, after);
    case Role::Annotations:
      return judgeAnnotations(&before, &after);
    case Role::SignatureField:
      return judgeSignatureField(before, after);
    case Role::Free:
      return;
  }
}

void Comparison::judgeCatalog(const PdfObject& before, const PdfObject& after) {
  static const Keys kAllowed{"AcroForm", "DSS", "Extensions", "Metadata", "Perms", "Version"};
  if (!after.IsDictionary() || !within(differingKeys(before, after), kAllowed)) {
    raise(LaterChange::Other);
    return;
  }
  judgeForm(earlier_.get(&before, "AcroForm"), later_.get(&after, "AcroForm"));
}

void Comparison::judgeForm(const PdfObject* before, const PdfObject* after) {
  static const Keys kAllowed{"DA", "DR", "Fields", "SigFlags"};
  if (after == nullptr && before == nullptr) return;
  if (asDictionary(after) == nullptr) {
    raise(LaterChange::Other);
    return;
  }
  PdfObject const empty{PdfDictionary()};
  if (!within(differingKeys(before == nullptr ? empty : *before, *after), kAllowed)) {
    raise(LaterChange::Other);
  }
  judgeFields(earlier_.get(before, "Fields"), later_.get(after, "Fields"));
}

bool Comparison::isSignatureField(const PdfObject* field) const {
  if (asName(later_.get(field, "FT")) == "Sig") return true;
  return asName(later_.get(later_.get(field, "Parent"), "FT")) == "Sig";
}

void Comparison::judgeFields(const PdfObject* before, const PdfObject* after) {
  PdfArray const none;
  PdfArray const& was = asArray(before) == nullptr ? none : *asArray(before);
  PdfArray const& is = asArray(after) == nullptr ? none : *asArray(after);
  Keys known;
  for (auto const& each : was) known.insert(textOf(&each));
  for (auto const& each : is) {
    if (known.erase(textOf(&each)) == 0 && !isSignatureField(later_.resolve(&each))) {
      raise(LaterChange::Other);
    }
  }
  if (!known.empty()) raise(LaterChange::Other);
}

void Comparison::judgePage(const PdfObject& before, const PdfObject& after) {
  if (!after.IsDictionary() || !within(differingKeys(before, after), {"Annots", "LastModified"})) {
    raise(LaterChange::Other);
    return;
  }
  judgeAnnotations(earlier_.get(&before, "Annots"), later_.get(&after, "Annots"));
}

void Comparison::judgeAnnotations(const PdfObject* before, const PdfObject* after) {
  PdfArray const none;
  PdfArray const& was = asArray(before) == nullptr ? none : *asArray(before);
  PdfArray const& is = asArray(after) == nullptr ? none : *asArray(after);
  Keys known;
  for (auto const& each : was) known.insert(textOf(&each));
  for (auto const& each : is) {
    if (known.erase(textOf(&each)) > 0) continue;
    PdfObject const* added = later_.resolve(&each);
    std::string const kind = asName(later_.get(added, "Subtype"));
    if (kind == "Widget" && isSignatureField(added)) continue;
    bool const acts = later_.get(added, "A") != nullptr || later_.get(added, "AA") != nullptr;
    raise(markupKinds().contains(kind) && !acts ? LaterChange::Stamps : LaterChange::Other);
  }
  if (!known.empty()) raise(LaterChange::Other);
}

/// An empty field that was signed.
void Comparison::judgeSignatureField(const PdfObject& before, const PdfObject& after) {
  static const Keys kAllowed{"AP", "AS", "DA", "DR", "F", "Lock", "M", "MK", "Q", "V"};
  if (!after.IsDictionary() || !within(differingKeys(before, after), kAllowed)) {
    raise(LaterChange::Other);
  }
}

}  // namespace

LaterChange compareRevisions(const PdfDocument& earlier, const PdfDocument& later) {
  return Comparison(earlier, later).run();
}

}  // namespace eoffice::pdf
