// A folder, a blob store and a document that may go out: the start of most tests of envelopes.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/blob/blob_store.h"
#include "exchange/envelope/model.h"
#include "exchange/envelope/reader.h"
#include "tests/support/temporary_folder.h"

namespace tests {

inline const base::LocalDate kToday{std::chrono::year(2026), std::chrono::month(1),
                                    std::chrono::day(6)};

/// `1234/UBND-KGVX` of 06/01/2026 from H32 to H32.21 and H32.48, without attachments.
[[nodiscard]] inline exchange::DocumentEnvelope sampleDocument() {
  exchange::DocumentEnvelope document;
  document.from.organId = "H32";
  document.from.name = "Ủy ban nhân dân tỉnh Khánh Hòa";
  document.to.push_back({"H32.21", {}, "Ủy ban nhân dân phường Nha Trang"});
  document.to.push_back({"H32.48", {}, "Ủy ban nhân dân xã Diên Khánh"});
  document.documentId = "H32,2026/01/06,1234/UBND-KGVX";
  document.code = {"1234", "UBND-KGVX"};
  document.place = "Khánh Hòa";
  document.promulgationDate = exchange::EnvelopeDate::of(kToday);
  document.type = {2, 18, "Công văn"};
  document.subject = "V/v đẩy mạnh cải cách hành chính";
  document.content = document.subject;
  document.signer = {"KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH", "Nguyễn Văn A"};
  document.traces.push_back(
      {"H32", exchange::EnvelopeTime::of(base::toInstant(kToday, std::chrono::hours(10)))});
  document.business.reason = "Văn bản mới";
  return document;
}

[[nodiscard]] inline exchange::StatusEnvelope sampleStatus() {
  exchange::StatusEnvelope status;
  status.from.organId = "H32.21";
  status.from.name = "Ủy ban nhân dân phường Nha Trang";
  status.responseFor = {"H32", "1234/UBND-KGVX", exchange::EnvelopeDate::of(kToday),
                        "H32,2026/01/06,1234/UBND-KGVX"};
  status.staff.staff = "Lê Văn C";
  status.statusCode = "03";
  status.description = "Đã tiếp nhận, vào sổ văn bản đến số 57";
  status.timestamp = exchange::EnvelopeTime::of(base::toInstant(kToday, std::chrono::hours(11)));
  return status;
}

[[nodiscard]] inline exchange::Attachment attachmentOf(base::BlobStore& blobs, std::string name,
                                                       std::string_view bytes) {
  exchange::Attachment attachment;
  attachment.name = std::move(name);
  attachment.blob = blobs.put(bytes);
  return attachment;
}

/// An envelope around `header` (children of MessageHeader) and `rest` (what follows MessageHeader
/// in edXMLHeader), `attachments` inside AttachmentEncoded.
[[nodiscard]] inline std::string envelopeXml(std::string_view header, std::string_view rest = {},
                                             std::string_view attachments = {}) {
  std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<edXML xmlns=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\">"
      "<edXML:edXMLEnvelope xmlns:edXML=\"http://www.mic.gov.vn/TBT/QCVN_102_2016\">"
      "<edXML:edXMLHeader><edXML:MessageHeader>";
  xml += header;
  xml += "</edXML:MessageHeader>";
  xml += rest;
  xml += "</edXML:edXMLHeader></edXML:edXMLEnvelope><AttachmentEncoded>";
  xml += attachments;
  xml += "</AttachmentEncoded></edXML>";
  return xml;
}

}  // namespace tests
