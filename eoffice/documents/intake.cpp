#include "eoffice/documents/intake.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "eoffice/documents/secrecy.h"

namespace eoffice::documents {
namespace {

constexpr std::size_t kLongestName = 200;

std::string tidyName(const std::string& name) {
  auto plain = base::squeezed(name);
  if (plain.empty()) plain = "van-ban";
  if (base::lowerAscii(plain).ends_with(".pdf")) plain.resize(plain.size() - 4);
  return base::firstCharacters(plain, kLongestName - 4) + ".pdf";
}

template <class Codes>
nlohmann::json namesOf(const Codes& codes) {
  auto out = nlohmann::json::array();
  for (const auto value : codes) out.push_back(std::string(code(value)));
  return out;
}

}  // namespace

std::string toJson(const SignatureReport& report) {
  auto signatures = nlohmann::json::array();
  for (const auto& signature : report.signatures) {
    signatures.push_back(
        {{"valid", signature.valid()},
         {"signer", signature.signer.commonName},
         {"organisation", signature.signer.organisation},
         {"issuer", signature.signer.issuer},
         {"serial", signature.signer.serial},
         {"time", signature.claimedTime ? base::isoInstant(*signature.claimedTime) : ""},
         {"later", static_cast<int>(signature.later)},
         {"faults", namesOf(signature.faults)},
         {"notes", namesOf(signature.notes)}});
  }
  return nlohmann::json{{"valid", report.valid()},
                        {"checked_at", base::isoInstant(report.checkedAt)},
                        {"signatures", signatures}}
      .dump();
}

base::Result<CheckedFile> checkFile(const Office& office, const base::BlobRef& blob,
                                    const std::string& name) {
  const auto path = office.blobs.path(blob.sha256);
  auto facts = office.reader.inspect(path);
  if (!facts) return tl::unexpected(std::move(facts.error()));
  if (auto secret = refuseSecret({}, {}, &*facts); !secret) {
    return tl::unexpected(std::move(secret.error()));
  }
  CheckedFile checked{std::move(*facts), tidyName(name), {}};
  if (checked.facts.signatures > 0) {
    auto report = office.reader.signatures(path, office.trust, office.clock.now());
    if (!report) return tl::unexpected(std::move(report.error()));
    checked.signatureReport = toJson(*report);
  }
  return checked;
}

}  // namespace eoffice::documents
