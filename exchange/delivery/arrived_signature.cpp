#include "exchange/delivery/arrived_signature.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "exchange/signature/verifier.h"

namespace exchange::delivery {

namespace {

using nlohmann::json;

// Of the report (arrival_check.h) the signature alone: the rest may be long.
constexpr const char* kSignature = R"(/* delivery.arrivedSignature */
SELECT COALESCE(JSON_EXTRACT(report, '$.signature'), '') FROM exchange_inbox WHERE inbox_id = ?)";

}  // namespace

std::string_view verdictName(SignatureVerdict verdict) {
  switch (verdict) {
    case SignatureVerdict::Valid:
      return "valid";
    case SignatureVerdict::Absent:
      return "absent";
    case SignatureVerdict::NotVerifiable:
      return "not_verifiable";
  }
  return "not_verifiable";
}

std::optional<ArrivedSignature> signatureOf(base::db::Session& session, InboxId inbox) {
  const auto row = session.find(kSignature, {inbox});
  const auto stored = row ? json::parse(row->text(0), nullptr, false) : json();
  if (!stored.is_object()) return std::nullopt;
  ArrivedSignature found;
  // Rows from before the name was kept have the certificate's whole subject.
  found.signer = stored.value("name", stored.value("signer", std::string()));
  for (const auto& fault : stored.value("faults", json::array())) {
    found.faults.emplace_back(fault.value("fault", ""), fault.value("text", ""));
  }
  const bool absent = std::any_of(found.faults.begin(), found.faults.end(), [](const auto& fault) {
    return fault.first == faultName(SignatureFault::NoSignature);
  });
  if (absent) {
    found.verdict = SignatureVerdict::Absent;
  } else if (stored.value("good", false)) {
    found.verdict = SignatureVerdict::Valid;
  }
  return found;
}

}  // namespace exchange::delivery
