// All work on PDFs, from the office's side. Foreign PDFs are parsed in a process of their own (the
// hidden command `eoffice pdf-worker`) that may crash, hang or eat memory without hurting anyone:
// it has limits on memory, time and file size, gets open files instead of names, and never sees a
// key. The worker lays out the new revision; the office appends it to the bytes it had, computes
// the digest and signs. Memory here does not grow with the size of the file.
// Files in, files out: the caller owns both and puts the result into the blob store. Safe from any
// thread.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/time.h"
#include "eoffice/signing/key_store.h"
#include "eoffice/signing/pdf_facts.h"

namespace eoffice {

/// Every function refuses with these where they fit: pdf.empty, pdf.not_a_pdf, pdf.cut_off,
/// pdf.damaged, pdf.text_transfer (the bytes went through a text conversion), pdf.password_needed,
/// pdf.too_complex (memory or crash), pdf.too_slow, pdf.busy. Throws std::system_error when the
/// machine fails (no process, no disk).
class PdfReader {
 public:
  virtual ~PdfReader() = default;
  /// "Is this really a PDF?", and what it is. Ask this of every upload and every attachment.
  [[nodiscard]] virtual base::Result<PdfFacts> inspect(const std::filesystem::path& file) const = 0;
  /// `page` from 1. Refuses pdf.page_missing.
  [[nodiscard]] virtual base::Result<PdfPageText> text(const std::filesystem::path& file,
                                                       int page) const = 0;
  /// Writes a PNG of `page` (from 1) at `dpi` (36 to 300) to `out`, which is replaced. A page
  /// larger than A3 is drawn as if it were that large. Refuses pdf.page_missing.
  [[nodiscard]] virtual base::Result<void> renderPage(const std::filesystem::path& file, int page,
                                                      int dpi,
                                                      const std::filesystem::path& out) const = 0;
  /// Verifies every signature against the anchors in `trust` (PEM files). A file without
  /// signatures is an empty report, not a refusal. `now` is the time of the check.
  [[nodiscard]] virtual base::Result<SignatureReport> signatures(
      const std::filesystem::path& file, const std::vector<std::filesystem::path>& trust,
      base::Instant now) const = 0;
};

enum class PlaceKind : std::uint8_t {
  Found = 1,        ///< By the page's text.
  DefaultCell = 2,  ///< Where the decree's layout has it; worth a look by the clerk.
  Replaces = 3      ///< Over what the draft has printed there (no room, or another number or date).
};

struct PdfPlace {
  int page = 1;
  PageBox box;
  PlaceKind kind = PlaceKind::Found;
};

/// Where things would go on a draft: ask when the draft is uploaded, so that a layout without room
/// is told to the drafter, not to the leader.
struct SigningPlaces {
  PdfPlace signature;
  PdfPlace number;
  PdfPlace date;
};

/// The signature of the competent person (R-81: blue picture, no text, between post and name).
struct PersonalSignature {
  std::string signerName;       ///< As printed below the signature: `Nguyễn Văn A`.
  std::filesystem::path image;  ///< PNG with transparency.
  std::string reason = {};      ///< Not shown on the page.
  base::Instant at;
};

/// Number and date.
struct NumberStamp {
  std::string number;    ///< As printed: `1234`, `05`.
  std::string notation;  ///< `UBND-KGVX`
  std::string place;     ///< `Khánh Hòa`; printed only where the draft has no date line.
  base::LocalDate date;
  base::Instant at;  ///< Now.
};

/// The agency's seal (R-82: red picture, a third over the personal signature, at its left).
struct AgencySeal {
  std::string signerName;       ///< Whose personal signature it stands beside.
  std::filesystem::path image;  ///< PNG with transparency; its own resolution gives the real size.
  double diameterMm = 0;        ///< 0: as the picture says, or 36.
  std::string number;           ///< Must already be on the document (R-85).
  std::string notation;
  base::Instant at;
};

/// `out` is created by each, mode 0600, and holds the bytes of `in` unchanged, then one revision.
class PdfSigner {
 public:
  virtual ~PdfSigner() = default;
  /// `today`: a date like the one that will be stamped.
  [[nodiscard]] virtual base::Result<SigningPlaces> places(const std::filesystem::path& file,
                                                           const std::string& signerName,
                                                           const std::string& notation,
                                                           base::LocalDate today) const = 0;
  /// PAdES B-B. Refuses signing.protected (encrypted), signing.unsupported (a structure that cannot
  /// be extended), signing.already_signed (by this certificate), signing.already_sealed,
  /// signing.earlier_invalid (a signature that is there is not valid), signing.image_missing,
  /// signing.image_unreadable.
  [[nodiscard]] virtual base::Result<PdfPlace> signPersonal(
      const std::filesystem::path& in, const PersonalSignature& request, const SigningKey& key,
      const std::filesystem::path& out) const = 0;
  /// Fills the blanks of the draft; where it has none, prints over the line or at the decree's
  /// place. What is printed already in the same words is left alone: no place in the result.
  /// Refuses signing.not_signed (R-83: after the personal signature), signing.already_numbered, and
  /// as above.
  [[nodiscard]] virtual base::Result<std::vector<PdfPlace>> stampNumber(
      const std::filesystem::path& in, const NumberStamp& request,
      const std::filesystem::path& out) const = 0;
  /// Refuses signing.not_signed and signing.personal_invalid (R-80: never before a valid personal
  /// signature),
  /// signing.not_numbered, signing.already_sealed, and as above.
  [[nodiscard]] virtual base::Result<PdfPlace> sealAgency(
      const std::filesystem::path& in, const AgencySeal& request, const SigningKey& key,
      const std::filesystem::path& out) const = 0;
};

struct PdfToolsOptions {
  std::filesystem::path program = "/proc/self/exe";
  std::vector<std::string> arguments = {"pdf-worker"};
  std::chrono::milliseconds timeout{30'000};  ///< For one job; the process is killed then.
  std::chrono::seconds cpuTime{10};           ///< For one job; pdf.too_slow then.
  std::uint64_t memoryBytes = 1ULL << 30;     ///< Address space of one worker.
  int workersAtOnce = 4;                      ///< More wait up to `timeout`, then pdf.busy.
  std::vector<std::filesystem::path> trust;   ///< PEM: whose signatures count when we sign.
  std::filesystem::path font = "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf";
  std::filesystem::path italicFont =
      "/usr/share/fonts/truetype/liberation2/LiberationSerif-Italic.ttf";
};

class PdfTools : public PdfReader, public PdfSigner {
 public:
  explicit PdfTools(PdfToolsOptions options);
  ~PdfTools() override;

  [[nodiscard]] base::Result<PdfFacts> inspect(const std::filesystem::path& file) const override;
  [[nodiscard]] base::Result<PdfPageText> text(const std::filesystem::path& file,
                                               int page) const override;
  [[nodiscard]] base::Result<void> renderPage(const std::filesystem::path& file, int page, int dpi,
                                              const std::filesystem::path& out) const override;
  [[nodiscard]] base::Result<SignatureReport> signatures(
      const std::filesystem::path& file, const std::vector<std::filesystem::path>& trust,
      base::Instant now) const override;
  [[nodiscard]] base::Result<SigningPlaces> places(const std::filesystem::path& file,
                                                   const std::string& signerName,
                                                   const std::string& notation,
                                                   base::LocalDate today) const override;
  [[nodiscard]] base::Result<PdfPlace> signPersonal(
      const std::filesystem::path& in, const PersonalSignature& request, const SigningKey& key,
      const std::filesystem::path& out) const override;
  [[nodiscard]] base::Result<std::vector<PdfPlace>> stampNumber(
      const std::filesystem::path& in, const NumberStamp& request,
      const std::filesystem::path& out) const override;
  [[nodiscard]] base::Result<PdfPlace> sealAgency(const std::filesystem::path& in,
                                                  const AgencySeal& request, const SigningKey& key,
                                                  const std::filesystem::path& out) const override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace eoffice
