#include "exchange/hub/addressing_internal.h"

#include <algorithm>

#include "exchange/envelope/reader.h"

namespace exchange::hub {

namespace {

using axis::error_code::kWrongFormat;

std::string sentence(const base::Refusal& refusal) {
  std::string text = "the envelope cannot be read: " + refusal.code;
  for (const auto& [name, value] : refusal.facts) {
    text += ", " + name + " " + value;
  }
  return text;
}

Addressing of(const DocumentEnvelope& document) {
  Addressing addressing{.from = document.from.organId,
                        .documentId = document.documentId,
                        .title = document.subject,
                        .notation = document.code.text()};
  for (const Organ& organ : document.to) {
    const auto& to = addressing.to;
    if (!organ.organId.empty() && std::find(to.begin(), to.end(), organ.organId) == to.end()) {
      addressing.to.push_back(organ.organId);
    }
  }
  return addressing;
}

Addressing of(const StatusEnvelope& status) {
  Addressing addressing{.from = status.from.organId,
                        .documentId = status.responseFor.documentId,
                        .title = "status " + status.statusCode,
                        .notation = status.responseFor.code};
  if (!status.responseFor.organId.empty()) {
    addressing.to.push_back(status.responseFor.organId);
  }
  return addressing;
}

}  // namespace

Outcome<Addressing> readAddressing(const std::filesystem::path& file, axis::MessageKind kind,
                                   base::BlobStore& blobs) {
  const auto report =
      readEnvelope(file, blobs, ReadOptions{.attachments = ReadOptions::Attachments::Skip});
  if (!report) {
    return deny(kWrongFormat, sentence(report.error()));
  }
  const bool isDocument = report->kind() == EnvelopeKind::Document;
  if (isDocument != (kind == axis::MessageKind::Document)) {
    return deny(kWrongFormat, "messagetype says " + std::string(axis::wireName(kind)) +
                                  ", the envelope is another kind");
  }
  Addressing addressing = isDocument ? of(report->document()) : of(report->status());
  if (addressing.from.empty()) {
    return deny(kWrongFormat, "the envelope names no sender (From.OrganId)");
  }
  if (isDocument && addressing.to.empty()) {
    return deny(kWrongFormat, "the envelope names no receiver (To.OrganId)");
  }
  return addressing;
}

}  // namespace exchange::hub
