// Turns the tree of an envelope into the model, whatever the order of its elements, and lists what
// it forgave. For this folder only.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/result.h"
#include "exchange/envelope/finding.h"
#include "exchange/envelope/model.h"
#include "exchange/envelope/secrecy.h"
#include "exchange/envelope/xml.h"

namespace exchange {

struct ModelRead {
  std::variant<DocumentEnvelope, StatusEnvelope> content;
  std::optional<SecretMark> extraMark;  ///< Of an element that the model has no field for.
};

/// Gives the bytes of the attachment in whose place `token` stands; fills `blob` and `mediaType`
/// of an attachment whose other fields are there.
using AttachmentSource = std::function<void(std::string_view token, Attachment& attachment)>;

class ModelReader {
 public:
  ModelReader(std::vector<Finding>& findings, AttachmentSource source)
      : findings_(findings), source_(std::move(source)) {}

  /// Refusals: `envelope.no_header`, `envelope.no_sender`, `envelope.no_status_code`.
  [[nodiscard]] base::Result<ModelRead> read(const xmlNode* root);

 private:
  [[nodiscard]] base::Result<ModelRead> readStatus(const xmlNode* header);
  [[nodiscard]] DocumentEnvelope readDocument(const xmlNode* root, const xmlNode* envelope,
                                              const xmlNode* header);
  void readReceivers(const xmlNode* header, DocumentEnvelope& into);
  void readHeaderFields(const xmlNode* header, DocumentEnvelope& into);
  [[nodiscard]] OtherInfo readOther(const xmlNode* other);
  void readTraces(const xmlNode* list, DocumentEnvelope& into);
  [[nodiscard]] Business readBusiness(const xmlNode* list);
  void readChanges(const xmlNode* business, Business& into);
  void readAttachments(const xmlNode* root, const xmlNode* envelope, DocumentEnvelope& into);
  void pairReferences(const xmlNode* envelope, std::vector<Attachment>& attachments);
  [[nodiscard]] Organ readOrgan(const xmlNode* organ, const std::string& path);
  [[nodiscard]] ResponseFor readResponse(const xmlNode* response, const std::string& path);
  [[nodiscard]] StaffInfo readStaff(const xmlNode* staff);

  /// The child's text, NFC, without white space at its ends; empty when absent or empty.
  std::string text(const xmlNode* parent, const char* name, const std::string& path,
                   std::size_t most = 0);
  std::string id(const xmlNode* parent, const char* name, const std::string& path);
  std::optional<int> number(const xmlNode* parent, const char* name, const std::string& path);
  EnvelopeDate date(const xmlNode* parent, const char* name, const std::string& path);
  EnvelopeTime time(const xmlNode* parent, const char* name, const std::string& path);
  void note(FindingCode code, const std::string& path, std::string_view text = {});

  std::vector<Finding>& findings_;
  AttachmentSource source_;
};

}  // namespace exchange
