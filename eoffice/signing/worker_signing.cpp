#include <fmt/format.h>

#include "eoffice/signing/descriptor.h"
#include "eoffice/signing/facts_json.h"
#include "eoffice/signing/overlay.h"
#include "eoffice/signing/page_reader.h"
#include "eoffice/signing/pdf_dates.h"
#include "eoffice/signing/pdf_edit_internal.h"
#include "eoffice/signing/signature_check.h"
#include "eoffice/signing/worker_jobs.h"

namespace eoffice::worker {
namespace {

using base::RefusalKind;
using base::refuse;
using nlohmann::json;
using PoDoFo::PdfReference;

constexpr const char* kSealField = "AgencySeal";
constexpr const char* kPersonalField = "PersonalSignature";
constexpr const char* kNumberName = "eoffice.number";
constexpr const char* kDateName = "eoffice.date";
constexpr int kPagesSearchedForName = 40;
constexpr std::size_t kMostPictureBytes = 8U << 20;
constexpr double kUsualSealMm = 36;
constexpr double kUsualAspect = 2;  ///< Of a signature that cannot be seen.

/// Everything that the three acts look at first.
struct Draft {
  MappedFile file{kInput};
  pdf::PdfDocument document{file.bytes()};
  pdf::PageReader reader{kInputPath};
  SignatureReport report;

  explicit Draft(const json& request) {
    auto const at = base::parseIsoInstant(request.at("at").get<std::string>()).value();
    report = checkSignatures(document, TrustAnchors(request.at("trust").get<std::string>()), at);
  }
  [[nodiscard]] const pdf::PageFrame& page(int number) const {
    if (number < 1 || number > static_cast<int>(document.pages().size())) {
      throw pdf::UnsupportedPdf("pages do not agree");
    }
    return document.pages()[static_cast<std::size_t>(number - 1)];
  }
};

bool isSeal(const PdfSignature& signature) { return signature.field.starts_with(kSealField); }

bool isBroken(SignatureFault fault) {
  return fault == SignatureFault::DigestMismatch || fault == SignatureFault::SignatureWrong ||
         fault == SignatureFault::RangeWrong || fault == SignatureFault::ChangedAfter;
}

std::vector<std::pair<std::string, std::string>> factsOf(const PdfSignature& signature) {
  std::string const reason =
      signature.faults.empty() ? std::string{} : std::string(code(signature.faults.front()));
  return {{"signer", signature.signer.commonName}, {"reason", reason}};
}

/// What holds for every act: nothing may be added to a file that forbids it or is broken already.
base::Result<void> mayExtend(const Draft& draft) {
  if (draft.document.encrypted()) return refuse(RefusalKind::Invalid, "signing.protected", "file");
  if (draft.reader.state() != pdf::OpenState::Open) {
    return refuse(RefusalKind::Invalid, "pdf.damaged", "file");
  }
  for (auto const& signature : draft.report.signatures) {
    if (isSeal(signature)) return refuse(RefusalKind::Conflict, "signing.already_sealed");
    auto const broken = std::find_if(signature.faults.begin(), signature.faults.end(), isBroken);
    if (broken != signature.faults.end()) {
      return refuse(RefusalKind::Conflict, "signing.earlier_invalid", {}, factsOf(signature));
    }
  }
  auto const& document = draft.document;
  auto const* certified = document.get(document.get(&document.catalog(), "Perms"), "DocMDP");
  auto const* references = pdf::asArray(document.get(certified, "Reference"));
  if (references != nullptr && !references->empty()) {
    auto const* parameters =
        document.get(document.resolve(&references->front()), "TransformParams");
    if (pdf::asInteger(document.get(parameters, "P")).value_or(2) < 3) {
      return refuse(RefusalKind::Conflict, "signing.locked");
    }
  }
  return {};
}

/// the last valid personal signature; a refusal when there is none.
base::Result<PdfSignature> personalSignature(const Draft& draft) {
  const PdfSignature* invalid = nullptr;
  for (auto it = draft.report.signatures.rbegin(); it != draft.report.signatures.rend(); ++it) {
    if (isSeal(*it) || it->subFilter == "ETSI.RFC3161") continue;
    if (it->valid()) return *it;
    if (invalid == nullptr) invalid = &*it;
  }
  if (invalid != nullptr) {
    return refuse(RefusalKind::Conflict, "signing.personal_invalid", {}, factsOf(*invalid));
  }
  return refuse(RefusalKind::Conflict, "signing.not_signed");
}

/// Where the signer's name leaves room, searched from the last page on.
PdfPlace signatureSpace(const pdf::PageReader& reader, const std::string& signerName) {
  int const last = reader.pages();
  int const first = std::max(1, last - kPagesSearchedForName + 1);
  for (int page = last; page >= first; --page) {
    auto const space = layout::findSignatureSpace(reader.text(page), signerName);
    if (space) return {page, *space, PlaceKind::Found};
  }
  return {last, layout::defaultSignatureSpace(reader.text(last)), PlaceKind::DefaultCell};
}

pdf::Picture givenPicture() { return pdf::readPicture(readAt(kPicture, kMostPictureBytes, 0)); }

json holeAnswer(const PdfPlace& place, const pdf::Hole& hole) {
  return {{"place", place}, {"hole_begin", hole.begin}, {"hole_end", hole.end}};
}

/// The picture, its field, the empty signature; writes the revision to the office's file.
json writeSigned(const Draft& draft, const PdfPlace& place, const pdf::Picture& picture,
                 const char* fieldName, const json& request) {
  pdf::PageFrame const& page = draft.page(place.page);
  pdf::Overlay const overlay =
      pdf::drawPicture(picture, place.box.width, place.box.height, page.rotation);
  pdf::PdfDocument const drawn(overlay.pdf);
  pdf::Revision revision(draft.document);
  PdfReference const form = revision.transplant(drawn, overlay.form);
  auto const at = base::parseIsoInstant(request.at("at").get<std::string>()).value();
  auto const signature =
      pdf::putSignature(revision, request.at("cms_bytes").get<std::size_t>(),
                        request.at("certificate_name"), request.at("reason"), at);
  PdfReference const field = revision.reserve();
  std::string const name = pdf::freeFieldName(draft.document, fieldName);
  revision.put(field,
               fmt::format("<</Type/Annot/Subtype/Widget/FT/Sig/T({})/F 132{}/P {}/V {}"
                           "/AP<</N {}>>>>",
                           name, pdf::rectKey(page, place.box), pdf::referenceText(page.reference),
                           pdf::referenceText(signature.reference), pdf::referenceText(form)));
  pdf::addAnnotations(revision, draft.document, page, {field});
  pdf::addSignatureField(revision, draft.document, field);
  pdf::Hole hole;
  writeAll(kOutput, pdf::finishSigned(revision, draft.document, signature, hole));
  return holeAnswer(place, hole);
}

// The words of our stamp of that name; none when the page has no such stamp.
std::optional<std::string> stampedLine(const Draft& draft, const pdf::PageFrame& page,
                                       std::string_view name) {
  auto const& document = draft.document;
  auto const* annotations = pdf::asArray(document.get(document.get(page.reference), "Annots"));
  if (annotations == nullptr) return std::nullopt;
  for (auto const& each : *annotations) {
    auto const* annotation = document.resolve(&each);
    if (pdf::asText(document.get(annotation, "NM")) != name) continue;
    return pdf::asText(document.get(annotation, "Contents"));
  }
  return std::nullopt;
}

// a document gets its number before its seal. Where the stamp covers another number, the text
// of the page holds both, one over the other: the stamp itself says what shows.
bool showsNumber(const Draft& draft, const std::string& number, const std::string& notation) {
  if (auto const stamped = stampedLine(draft, draft.page(1), kNumberName)) {
    return *stamped == layout::numberLine(number, notation);
  }
  return layout::showsNumber(draft.reader.text(1), number, notation);
}

/// One stamp as an annotation; returns its reference.
PdfReference putStamp(pdf::Revision& revision, const pdf::PageFrame& page,
                      const layout::StampPlan& plan, const pdf::Fonts& fonts, const char* name,
                      base::Instant at) {
  pdf::Overlay const overlay = pdf::drawStamp(plan, fonts, page.rotation);
  pdf::PdfDocument const drawn(overlay.pdf);
  PdfReference const form = revision.transplant(drawn, overlay.form);
  PdfReference const stamp = revision.reserve();
  revision.put(stamp, fmt::format("<</Type/Annot/Subtype/Stamp/NM({})/Contents{}/M({})/F 196{}/P {}"
                                  "/AP<</N {}>>>>",
                                  name, pdf::pdfText(plan.line), pdf::pdfDate(at),
                                  pdf::rectKey(page, plan.box), pdf::referenceText(page.reference),
                                  pdf::referenceText(form)));
  return stamp;
}

pdf::Fonts fontsOf(const json& request) {
  return {request.at("font").get<std::string>(), request.at("italic_font").get<std::string>()};
}

}  // namespace

Answer places(const json& request) {
  pdf::PageReader const reader(kInputPath);
  if (reader.state() != pdf::OpenState::Open) {
    return refuse(RefusalKind::Invalid, "pdf.damaged", "file");
  }
  pdf::TextMeasure const measure(fontsOf(request));
  PdfPageText const first = reader.text(1);
  // A number and a date that no draft has printed: what is found then is a blank, or no room.
  auto const number = layout::planNumber(first, "00000", request.at("notation"), measure);
  auto const date = layout::planDate(
      first, {}, base::parseIsoDate(request.at("today").get<std::string>()).value(), measure);
  SigningPlaces places;
  places.signature = signatureSpace(reader, request.at("signer_name"));
  places.number = {1, number.box, number.kind};
  places.date = {1, date.box, date.kind};
  return json(places);
}

Answer layoutPersonal(const json& request) {
  Draft const draft(request);
  if (auto may = mayExtend(draft); !may) return tl::unexpected(may.error());
  std::string const certificate = request.at("certificate");
  for (auto const& signature : draft.report.signatures) {
    if (signature.signer.sha256 == certificate) {
      return refuse(RefusalKind::Conflict, "signing.already_signed", {}, factsOf(signature));
    }
  }
  pdf::Picture const picture = givenPicture();
  PdfPlace place = signatureSpace(draft.reader, request.at("signer_name"));
  auto const& page = draft.page(place.page);
  double const aspect = static_cast<double>(picture.width) / picture.height;
  double const scale = layout::pageScale(page.shownWidth(), page.shownHeight());
  place.box = layout::inside(layout::fitSignature(place.box, aspect, scale), page.shownWidth(),
                             page.shownHeight());
  return writeSigned(draft, place, picture, kPersonalField, request);
}

Answer layoutSeal(const json& request) {
  Draft const draft(request);
  if (auto may = mayExtend(draft); !may) return tl::unexpected(may.error());
  auto const personal = personalSignature(draft);
  if (!personal) return tl::unexpected(personal.error());
  std::string const number = request.at("number");
  if (!showsNumber(draft, number, request.at("notation"))) {
    return refuse(RefusalKind::Conflict, "signing.not_numbered", {}, {{"number", number}});
  }
  pdf::Picture const picture = givenPicture();
  double diameter = request.at("diameter_mm");
  if (diameter <= 0) diameter = picture.widthMm > 5 && picture.widthMm < 60 ? picture.widthMm : 0;
  if (diameter <= 0) diameter = kUsualSealMm;
  PdfPlace place{personal->page, personal->box, PlaceKind::Found};
  bool const invisible = place.page == 0 || place.box.height <= 0;
  if (invisible) place = signatureSpace(draft.reader, request.at("signer_name"));
  auto const& page = draft.page(place.page);
  double const scale = layout::pageScale(page.shownWidth(), page.shownHeight());
  if (invisible) place.box = layout::fitSignature(place.box, kUsualAspect, scale);
  place.box = layout::inside(layout::sealBox(place.box, diameter * layout::kPointsPerMm * scale),
                             page.shownWidth(), page.shownHeight());
  return writeSigned(draft, place, picture, kSealField, request);
}

Answer stampNumber(const json& request) {
  Draft const draft(request);
  if (auto may = mayExtend(draft); !may) return tl::unexpected(may.error());
  if (auto personal = personalSignature(draft); !personal) {
    return tl::unexpected(personal.error());
  }
  auto const& page = draft.page(1);
  if (stampedLine(draft, page, kNumberName)) {
    return refuse(RefusalKind::Conflict, "signing.already_numbered");
  }
  pdf::Fonts const fonts = fontsOf(request);
  pdf::TextMeasure const measure(fonts);
  PdfPageText const text = draft.reader.text(1);
  auto const at = base::parseIsoInstant(request.at("at").get<std::string>()).value();
  auto const date = base::parseIsoDate(request.at("date").get<std::string>()).value();
  std::pair<const char*, layout::StampPlan> const plans[] = {
      {kNumberName,
       layout::planNumber(text, request.at("number"), request.at("notation"), measure)},
      {kDateName, layout::planDate(text, request.at("place"), date, measure)}};
  pdf::Revision revision(draft.document);
  std::vector<PdfReference> stamps;
  json placed = json::array();
  for (auto const& [name, plan] : plans) {
    if (plan.runs.empty()) continue;
    stamps.push_back(putStamp(revision, page, plan, fonts, name, at));
    placed.push_back(PdfPlace{1, plan.box, plan.kind});
  }
  if (!stamps.empty()) {
    pdf::addAnnotations(revision, draft.document, page, stamps);
    writeAll(kOutput, revision.finish());
  }
  return json{{"places", placed}};
}

}  // namespace eoffice::worker
