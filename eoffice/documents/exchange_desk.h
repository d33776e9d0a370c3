// The office's side of the exchange: what arrives becomes an incoming document that waits for the
// clerk; files that arrive are looked into. Called by delivery's workers, inside their
// transactions.
#pragma once

#include <filesystem>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/clock.h"
#include "eoffice/documents/document_types.h"
#include "eoffice/signing/pdf_tools.h"
#include "exchange/delivery/ports.h"

namespace eoffice::documents {

class ExchangeDesk : public exchange::delivery::DeliveryEvents {
 public:
  ExchangeDesk(const base::Clock& clock, const DocumentTypes& types)
      : clock_(clock), types_(types) {}

  exchange::delivery::DocumentRef documentArrived(
      base::db::Session& session, const exchange::delivery::ReceivedDocument& document) override;
  void documentRefused(base::db::Session& session,
                       const exchange::delivery::ReceivedDocument& document,
                       const base::Refusal& why) override;
  void deliveryChanged(base::db::Session& session,
                       const exchange::delivery::DeliveryChange& change) override;
  void recallAsked(base::db::Session& session,
                   const exchange::delivery::RecallRequest& request) override;
  void answerFailed(base::db::Session& session, exchange::delivery::InboxId inbox,
                    const std::string& statusCode, const std::string& why) override;

 private:
  const base::Clock& clock_;
  const DocumentTypes& types_;
};

/// Is a file that arrived the PDF it says it is, is it secret, are its signatures valid.
class PdfInspector : public exchange::delivery::AttachmentInspector {
 public:
  PdfInspector(const base::BlobStore& blobs, const PdfReader& reader, const base::Clock& clock,
               std::vector<std::filesystem::path> trust)
      : blobs_(blobs), reader_(reader), clock_(clock), trust_(std::move(trust)) {}
  std::vector<exchange::delivery::AttachmentRemark> inspect(
      const exchange::Attachment& attachment) override;

 private:
  const base::BlobStore& blobs_;
  const PdfReader& reader_;
  const base::Clock& clock_;
  std::vector<std::filesystem::path> trust_;
};

}  // namespace eoffice::documents
