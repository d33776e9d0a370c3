#include "exchange/delivery/arrival_check.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/crypto/digest.h"

namespace exchange::delivery {

namespace {

using base::RefusalKind;
using nlohmann::json;

base::Refusal refusal(const char* code, std::vector<std::pair<std::string, std::string>> facts) {
  return base::Refusal{RefusalKind::Invalid, code, "", std::move(facts), {}};
}

std::string fileName(const Attachment& attachment) {
  return attachment.originalName.empty() ? attachment.name : attachment.originalName;
}

std::optional<std::string> damagedByReader(const ReadReport& report) {
  for (const Finding& finding : report.findings) {
    if (finding.code == FindingCode::NotBase64 || finding.code == FindingCode::PdfDamaged) {
      return finding.text;
    }
  }
  const auto& attachments = report.document().attachments;
  const bool allEmpty = std::all_of(attachments.begin(), attachments.end(), [](const auto& one) {
    return one.blob.sha256.empty() || one.blob.size == 0;
  });
  return !attachments.empty() && allEmpty ? std::optional(fileName(attachments.front()))
                                          : std::nullopt;
}

std::optional<std::string> damagedByInspector(
    const DocumentEnvelope& document, const std::vector<std::vector<AttachmentRemark>>& remarks) {
  for (std::size_t i = 0; i < std::min(remarks.size(), document.attachments.size()); ++i) {
    const bool damaged =
        std::any_of(remarks[i].begin(), remarks[i].end(), [](const AttachmentRemark& remark) {
          return remark.weight == AttachmentRemark::Weight::Damaged;
        });
    if (damaged) {
      return fileName(document.attachments[i]);
    }
  }
  return std::nullopt;
}

}  // namespace

std::optional<base::Refusal> refusalOf(const ReadReport& report,
                                       const std::vector<std::vector<AttachmentRemark>>& remarks) {
  // a secret document does not travel over the exchange and is refused on arrival.
  if (report.secret) {
    return refusal("arrival.secret", {{"text", report.secret->text}});
  }
  if (const auto file = damagedByReader(report)) {
    return refusal("arrival.damaged", {{"file", *file}});
  }
  if (const auto file = damagedByInspector(report.document(), remarks)) {
    return refusal("arrival.damaged", {{"file", *file}});
  }
  return std::nullopt;
}

std::string sameKey(const DocumentEnvelope& document, const std::string& fromCanonical,
                    const std::string& receiver) {
  json parts = {fromCanonical,
                document.documentId,
                document.business.kind ? static_cast<int>(*document.business.kind) : -1,
                receiver,
                document.code.text(),
                document.promulgationDate.text,
                document.subject,
                document.business.reason,
                document.business.documentId};
  for (const ReceiverChange& change : document.business.receivers) {
    parts.push_back({change.organId, change.added});
  }
  for (const Replacement& replacement : document.business.replacements) {
    parts.push_back({replacement.documentId, replacement.organIds});
  }
  for (const Attachment& attachment : document.attachments) {
    parts.push_back({attachment.originalName, attachment.blob.sha256});
  }
  return base::sha256Hex(parts.dump(-1, ' ', false, json::error_handler_t::replace));
}

std::string reportText(const std::vector<Finding>& findings, const SignatureReport* signature,
                       const std::vector<std::vector<AttachmentRemark>>& remarks) {
  json report = {{"findings", json::array()}, {"attachments", json::array()}};
  for (const Finding& finding : findings) {
    report["findings"].push_back(
        {{"code", findingName(finding.code)}, {"path", finding.path}, {"text", finding.text}});
  }
  if (signature != nullptr) {
    json faults = json::array();
    for (const SignatureFinding& finding : signature->findings) {
      faults.push_back({{"fault", faultName(finding.fault)}, {"text", finding.text}});
    }
    report["signature"] = {{"good", signature->good()},
                           {"method", signature->method},
                           {"name", signature->signer ? signature->signer->commonName : ""},
                           {"signer", signature->signer ? signature->signer->subject : ""},
                           {"faults", std::move(faults)}};
  }
  for (const auto& list : remarks) {
    json told = json::array();
    for (const AttachmentRemark& remark : list) {
      told.push_back({{"damaged", remark.weight == AttachmentRemark::Weight::Damaged},
                      {"code", remark.code},
                      {"text", remark.text}});
    }
    report["attachments"].push_back(std::move(told));
  }
  return report.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace exchange::delivery
