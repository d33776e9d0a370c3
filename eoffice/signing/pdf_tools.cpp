#include "eoffice/signing/pdf_tools.h"

#include <fcntl.h>

#include "eoffice/signing/cms_internal.h"
#include "eoffice/signing/descriptor.h"
#include "eoffice/signing/facts_json.h"
#include "eoffice/signing/private_file.h"
#include "eoffice/signing/signed_file.h"
#include "eoffice/signing/worker_process.h"

namespace eoffice {
namespace {

using base::Result;
using nlohmann::json;

std::string readTrust(const std::vector<std::filesystem::path>& files) {
  std::string pem;
  for (auto const& file : files) {
    auto const one = readSmallFile(file);
    if (!one) throw SigningError("trust anchors are missing: " + file.string());
    pem += *one + "\n";
  }
  return pem;
}

/// The wish of the caller, the same for every kind of signature.
json signingRequest(const char* job, const SigningKey& key, base::Instant at,
                    const std::string& reason) {
  return {{"job", job},
          {"at", base::isoInstant(at)},
          {"reason", reason},
          {"certificate", key.certificate().sha256},
          {"certificate_name", key.certificate().commonName},
          {"cms_bytes", detachedCmsBound(key)}};
}

void copyOut(int output, const std::filesystem::path& out) {
  Descriptor const target = openFile(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
  constexpr std::size_t kCopyPiece = 256U << 10;
  off_t const size = fileSize(output);
  for (off_t at = 0; at < size; at += static_cast<off_t>(kCopyPiece)) {
    writeAll(target.get(), readAt(output, kCopyPiece, at));
  }
}

}  // namespace

struct PdfTools::State {
  PdfToolsOptions options;
  WorkerProcess worker{options};

  explicit State(PdfToolsOptions given) : options(std::move(given)) {}
  void addFonts(json& request) const {
    for (auto const& file : {options.font, options.italicFont}) {
      if (!std::filesystem::exists(file)) throw SigningError("font is missing: " + file.string());
    }
    request["font"] = options.font.string();
    request["italic_font"] = options.italicFont.string();
  }
  Result<PdfPlace> sign(json request, const WorkerFiles& files, const SigningKey& key,
                        const std::filesystem::path& out) const;
  void checkOwn(const std::filesystem::path& out, const SigningKey& key, base::Instant at) const;
};

/// Nothing leaves here as signed that does not verify.
void PdfTools::State::checkOwn(const std::filesystem::path& out, const SigningKey& key,
                               base::Instant at) const {
  auto const answer = worker.run(
      {{"job", "signatures"}, {"trust", std::string{}}, {"now", base::isoInstant(at)}}, {out, {}});
  if (!answer) throw SigningError("the signed file cannot be read: " + answer.error().code);
  auto const report = answer->json.get<SignatureReport>();
  for (auto const& signature : report.signatures) {
    bool const wrong =
        std::any_of(signature.faults.begin(), signature.faults.end(), [](SignatureFault fault) {
          return fault != SignatureFault::Untrusted && fault != SignatureFault::OutsideValidity;
        });
    if (wrong) throw SigningError("a signature of the signed file does not verify");
  }
  if (report.signatures.empty() ||
      report.signatures.back().signer.sha256 != key.certificate().sha256) {
    throw SigningError("the signed file lacks the new signature");
  }
}

Result<PdfPlace> PdfTools::State::sign(json request, const WorkerFiles& files,
                                       const SigningKey& key,
                                       const std::filesystem::path& out) const {
  if (!std::filesystem::exists(files.picture)) {
    return base::refuse(base::RefusalKind::Conflict, "signing.image_missing", "image");
  }
  auto const at = base::parseIsoInstant(request.at("at").get<std::string>()).value();
  request["trust"] = readTrust(options.trust);
  auto answer = worker.run(std::move(request), files);
  if (!answer) return tl::unexpected(answer.error());
  auto const before = std::filesystem::file_size(files.input);
  appendRevision(files.input, answer->output.get(), out);
  try {
    signIntoHole(out, before, {answer->json.at("hole_begin"), answer->json.at("hole_end")}, key);
    checkOwn(out, key, at);
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(out, ignored);
    throw;
  }
  return answer->json.at("place").get<PdfPlace>();
}

PdfTools::PdfTools(PdfToolsOptions options) : state_(std::make_unique<State>(std::move(options))) {}
PdfTools::~PdfTools() = default;

Result<PdfFacts> PdfTools::inspect(const std::filesystem::path& file) const {
  auto const answer = state_->worker.run({{"job", "inspect"}}, {file, {}});
  if (!answer) return tl::unexpected(answer.error());
  return answer->json.get<PdfFacts>();
}

Result<PdfPageText> PdfTools::text(const std::filesystem::path& file, int page) const {
  auto const answer = state_->worker.run({{"job", "text"}, {"page", page}}, {file, {}});
  if (!answer) return tl::unexpected(answer.error());
  return answer->json.get<PdfPageText>();
}

Result<void> PdfTools::renderPage(const std::filesystem::path& file, int page, int dpi,
                                  const std::filesystem::path& out) const {
  auto const answer = state_->worker.run(
      {{"job", "render"}, {"page", page}, {"dpi", std::clamp(dpi, 36, 300)}}, {file, {}});
  if (!answer) return tl::unexpected(answer.error());
  copyOut(answer->output.get(), out);
  return {};
}

Result<SignatureReport> PdfTools::signatures(const std::filesystem::path& file,
                                             const std::vector<std::filesystem::path>& trust,
                                             base::Instant now) const {
  auto const answer = state_->worker.run(
      {{"job", "signatures"}, {"trust", readTrust(trust)}, {"now", base::isoInstant(now)}},
      {file, {}});
  if (!answer) return tl::unexpected(answer.error());
  return answer->json.get<SignatureReport>();
}

Result<SigningPlaces> PdfTools::places(const std::filesystem::path& file,
                                       const std::string& signerName, const std::string& notation,
                                       base::LocalDate today) const {
  json request{{"job", "places"},
               {"signer_name", signerName},
               {"notation", notation},
               {"today", base::isoDate(today)}};
  state_->addFonts(request);
  auto const answer = state_->worker.run(std::move(request), {file, {}});
  if (!answer) return tl::unexpected(answer.error());
  return answer->json.get<SigningPlaces>();
}

Result<PdfPlace> PdfTools::signPersonal(const std::filesystem::path& in,
                                        const PersonalSignature& request, const SigningKey& key,
                                        const std::filesystem::path& out) const {
  json job = signingRequest("personal", key, request.at, request.reason);
  job["signer_name"] = request.signerName;
  return state_->sign(std::move(job), {in, request.image}, key, out);
}

Result<PdfPlace> PdfTools::sealAgency(const std::filesystem::path& in, const AgencySeal& request,
                                      const SigningKey& key,
                                      const std::filesystem::path& out) const {
  json job = signingRequest("seal", key, request.at, {});
  job["signer_name"] = request.signerName;
  job["diameter_mm"] = request.diameterMm;
  job["number"] = request.number;
  job["notation"] = request.notation;
  return state_->sign(std::move(job), {in, request.image}, key, out);
}

Result<std::vector<PdfPlace>> PdfTools::stampNumber(const std::filesystem::path& in,
                                                    const NumberStamp& request,
                                                    const std::filesystem::path& out) const {
  json job{{"job", "number"},
           {"number", request.number},
           {"notation", request.notation},
           {"place", request.place},
           {"date", base::isoDate(request.date)},
           {"at", base::isoInstant(request.at)},
           {"trust", readTrust(state_->options.trust)}};
  state_->addFonts(job);
  auto answer = state_->worker.run(std::move(job), {in, {}});
  if (!answer) return tl::unexpected(answer.error());
  appendRevision(in, answer->output.get(), out);
  return answer->json.at("places").get<std::vector<PdfPlace>>();
}

}  // namespace eoffice
