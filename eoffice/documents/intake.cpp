#include "eoffice/documents/intake.h"

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "eoffice/documents/secrecy.h"
#include "eoffice/documents/uploads.h"

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

nlohmann::json placeJson(const PdfPlace& place) {
  const char* how = place.kind == PlaceKind::Found         ? "found"
                    : place.kind == PlaceKind::DefaultCell ? "default"
                                                           : "replaces";
  return {{"page", place.page}, {"how", how}};
}

}  // namespace

std::string toJson(const SigningPlaces& places) {
  return nlohmann::json{{"signature", placeJson(places.signature)},
                        {"number", placeJson(places.number)},
                        {"date", placeJson(places.date)}}
      .dump();
}

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

base::Result<CheckedFile> checkFile(const Office& office, const Caller& caller,
                                    const Upload& upload) {
  auto blob = upload.blob;
  // Before the file is looked at: what is in a foreign file is not told either.
  if (upload.brought == Brought::Before) {
    auto own = office.database.transact([&](base::db::Session& session) {
      return ownUpload(session, caller, blob.sha256, office.clock.now());
    });
    if (!own) return tl::unexpected(std::move(own.error()));
    blob = std::move(*own);
  }
  const auto path = office.blobs.path(blob.sha256);
  auto facts = office.reader.inspect(path);
  if (!facts) return tl::unexpected(std::move(facts.error()));
  if (auto secret = refuseSecret({}, {{"file", upload.fileName}}, &*facts); !secret) {
    return tl::unexpected(std::move(secret.error()));
  }
  CheckedFile checked{std::move(blob), std::move(*facts), tidyName(upload.fileName), {}};
  if (checked.facts.signatures > 0) {
    auto report = office.reader.signatures(path, office.trust, office.clock.now());
    if (!report) return tl::unexpected(std::move(report.error()));
    checked.signatureReport = toJson(*report);
  }
  return checked;
}

base::Result<void> checkStillOwn(base::db::Session& session, const Caller& caller,
                                 const Upload& upload, base::Instant now) {
  if (upload.brought != Brought::Before) return {};
  const auto own = ownUpload(session, caller, upload.blob.sha256, now);
  if (!own) return tl::unexpected(own.error());
  return {};
}

std::optional<DocumentId> madeBefore(const Office& office, const Caller& caller,
                                     const std::string& requestKey) {
  return office.database.read([&](base::db::Session& session) {
    return findByRequestKey(session, caller.agency, requestKey);
  });
}

}  // namespace eoffice::documents
