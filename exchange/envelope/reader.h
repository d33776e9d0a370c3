// Reads what other systems send as edXML: strict about XML and sizes, forgiving about the rest. The
// bytes are foreign: no DOCTYPE, no entities, no network, limits on everything; attachments are cut
// out while the bytes stream in, decoded and unpacked into the blob store, so that memory does not
// grow with them. What was forgiven is listed, never hidden. Trusts nothing: see
// exchange/signature/verifier.h. Safe from any thread; a report belongs to one thread at a time.
#pragma once

#include <cstdint>
#include <filesystem>
#include <istream>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/result.h"
#include "exchange/envelope/finding.h"
#include "exchange/envelope/model.h"
#include "exchange/envelope/secrecy.h"

namespace exchange {

class EnvelopeTree;

struct ReadOptions {
  std::filesystem::path temporary = "/tmp";  ///< For zips while they are unpacked.
  std::uint64_t mostBytes = 1ULL << 30;      ///< Of the envelope.
  std::uint64_t mostMarkup = 8ULL << 20;     ///< Of everything but the attachments' text.
  std::uint32_t mostNodes = 200'000;         ///< Elements, attributes and texts.
  std::uint32_t mostAttachments = 200;
  std::uint64_t mostUnpacked = 1ULL << 30;  ///< Of one attachment out of its zip.
  std::uint32_t mostUnpackedRatio = 200;    ///< Unpacked to packed, beyond the first MiB.
  /// Skip: the attachments' bytes are passed over; nothing is kept, each reads as empty, no
  /// signature can be verified. For who only wants to know sender and receivers.
  enum class Attachments : std::uint8_t { Keep, Skip };
  Attachments attachments = Attachments::Keep;
};

enum class EnvelopeKind : std::uint8_t { Document = 1, Status = 2 };

struct ReadReport {
  std::variant<DocumentEnvelope, StatusEnvelope> content;
  std::vector<Finding> findings = {};
  /// Set when the document must be refused with status 02.
  std::optional<SecretMark> secret = {};
  /// What the signature is checked against; keeps temporary files until the report goes.
  /// Needs the blob store as long as it lives.
  std::shared_ptr<const EnvelopeTree> tree = {};

  [[nodiscard]] EnvelopeKind kind() const {
    return content.index() == 0 ? EnvelopeKind::Document : EnvelopeKind::Status;
  }
  /// Only for the kind that it is; an assertion otherwise.
  [[nodiscard]] const DocumentEnvelope& document() const;
  [[nodiscard]] const StatusEnvelope& status() const;
  [[nodiscard]] bool has(FindingCode code) const;
};

/// Refusals: `envelope.empty`, `envelope.not_xml`, `envelope.doctype_refused`,
/// `envelope.dialect_refused` (fact `dialect`), `envelope.not_edxml`, `envelope.too_large`,
/// `envelope.too_many_attachments`, `envelope.no_header`, `envelope.no_sender`,
/// `envelope.no_status_code`. Attachments that are kept before a refusal stay in the store as
/// unused blobs. Throws base::BlobError, std::system_error.
[[nodiscard]] base::Result<ReadReport> readEnvelope(std::istream& bytes, base::BlobStore& blobs,
                                                    const ReadOptions& options = {});
[[nodiscard]] base::Result<ReadReport> readEnvelope(const std::filesystem::path& file,
                                                    base::BlobStore& blobs,
                                                    const ReadOptions& options = {});

}  // namespace exchange
