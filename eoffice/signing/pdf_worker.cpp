#include "eoffice/signing/pdf_worker.h"

#include <unistd.h>

#include <clocale>
#include <cstdlib>
#include <new>
#include <stdexcept>

#include "eoffice/signing/confinement.h"
#include "eoffice/signing/demo_drawing.h"
#include "eoffice/signing/descriptor.h"
#include "eoffice/signing/facts_json.h"
#include "eoffice/signing/overlay.h"
#include "eoffice/signing/worker_jobs.h"

namespace eoffice {
namespace worker {

using base::RefusalKind;
using base::refuse;
using nlohmann::json;

Answer draw(const json& request) {
  std::string const name = request.at("name");
  writeAll(kOutput, request.at("what") == "seal"
                        ? pdf::drawDemoSeal(name, request.at("font").get<std::string>())
                        : pdf::drawDemoSignature(name));
  return json::object();
}

Answer run(const json& request) {
  std::string const job = request.at("job");
  if (job == "draw") return draw(request);
  if (job == "ocr" && request.at("page") == 0) return ocr(request);  // Asks which languages it has.
  if (auto looks = looksLikePdf(MappedFile(kInput).bytes()); !looks) {
    return tl::unexpected(looks.error());
  }
  if (job == "inspect") return inspect();
  if (job == "text") return text(request);
  if (job == "texts") return texts(request);
  if (job == "ocr") return ocr(request);
  if (job == "render") return render(request);
  if (job == "signatures") return signatures(request);
  if (job == "places") return places(request);
  if (job == "personal") return layoutPersonal(request);
  if (job == "seal") return layoutSeal(request);
  if (job == "number") return stampNumber(request);
  throw std::invalid_argument("no such job: " + job);
}

namespace {

/// What a library threw, as a sentence for a person.
base::Refusal explain(const PoDoFo::PdfError& error, const std::string& job) {
  bool const reading = job == "inspect" || job == "text" || job == "texts" || job == "ocr" ||
                       job == "render" || job == "signatures";
  switch (error.GetError()) {
    case PoDoFo::ePdfError_OutOfMemory:
      return {RefusalKind::Invalid, "pdf.too_complex", "file"};
    case PoDoFo::ePdfError_InvalidFontFile:  // Ours: the machine lacks a package.
      throw std::runtime_error("a font for the stamps is missing");
    case PoDoFo::ePdfError_InvalidPassword:
      return {RefusalKind::Invalid, "pdf.password_needed", "file"};
    default:
      return {RefusalKind::Invalid, reading ? "pdf.damaged" : "signing.unsupported", "file"};
  }
}

Answer runExplained(const json& request) {
  std::string const job = request.at("job");
  try {
    return run(request);
  } catch (const PoDoFo::PdfError& error) {
    return tl::unexpected(explain(error, job));
  } catch (const pdf::UnsupportedPdf&) {
    return refuse(RefusalKind::Invalid, job == "signatures" ? "pdf.damaged" : "signing.unsupported",
                  "file");
  } catch (const pdf::PictureError&) {
    return refuse(RefusalKind::Invalid, "signing.image_unreadable", "image");
  } catch (const std::bad_alloc&) {
    return refuse(RefusalKind::Invalid, "pdf.too_complex", "file");
  }
}

/// Before a single foreign byte is read.
void confineFor(const json& request) {
  auto const& limits = request.at("limits");
  confine({.memoryBytes = limits.at("memory"),
           .cpuSeconds = limits.at("cpu_seconds"),
           .fileBytes = limits.at("file")},
          request.at("job") == "ocr" ? BecomeAnother::Allowed : BecomeAnother::Denied);
}

json answerOf(const json& request) {
  auto const answer = runExplained(request);
  return answer ? json{{"ok", *answer}} : json{{"refusal", refusalToJson(answer.error())}};
}

}  // namespace
}  // namespace worker

int pdfWorkerMain(int /*argc*/, char** /*argv*/) {
  constexpr int kCannot = 70;
  constexpr std::size_t kMostRequest = 8U << 20;
  try {
    std::setlocale(LC_CTYPE, "C.UTF-8");
    PoDoFo::PdfError::EnableDebug(false);
    PoDoFo::PdfError::EnableLogging(false);
    auto const request = nlohmann::json::parse(readAt(STDIN_FILENO, kMostRequest, 0));
    worker::confineFor(request);
    writeAll(STDOUT_FILENO, worker::answerOf(request).dump());
    return 0;
  } catch (const std::exception& error) {
    // The office reads this line for its log; it holds no content of a document.
    writeAll(STDERR_FILENO, std::string("pdf-worker: ") + error.what() + "\n");
    return kCannot;
  }
}

}  // namespace eoffice
