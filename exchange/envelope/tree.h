// An envelope as a small XML tree or text in which a token stands for the text of each attachment,
// and the texts themselves, to be streamed. Signing, verifying and writing all work on this form,
// so none of them holds an attachment in memory. For this folder and exchange/signature only.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/blob/blob_store.h"
#include "base/result.h"
#include "exchange/envelope/model.h"
#include "exchange/envelope/writer.h"

struct _xmlDoc;  // libxml2's; only exchange/envelope and exchange/signature look inside.

namespace exchange {

inline constexpr const char* kEnvelopeNamespace = "http://www.mic.gov.vn/TBT/QCVN_102_2016";

/// The base64 text of one attachment, white space included, as an XML parser reports it.
class TextSource {
 public:
  virtual ~TextSource() = default;
  virtual void stream(const Sink& out) const = 0;
};

struct Splice {
  std::string token;
  std::shared_ptr<const TextSource> text;  ///< Empty: the text cannot be had again.
};

/// Writes `xml` with the texts in place of the tokens, which stand in it in the order of `splices`.
/// Each splice must have its text.
void streamSpliced(std::string_view xml, const std::vector<Splice>& splices, const Sink& out);

/// A token that nobody can foresee, so no foreign text holds it.
[[nodiscard]] std::string newToken();

/// What is about to be written.
struct Skeleton {
  std::string xml = {};
  std::size_t signaturePlace = 0;  ///< Where a Signature goes: the end of edXMLHeader.
  std::vector<Splice> splices = {};
};

/// No checks. `blobs` must outlive the skeleton.
[[nodiscard]] Skeleton makeSkeleton(const DocumentEnvelope& envelope, const base::BlobStore& blobs);
[[nodiscard]] Skeleton makeSkeleton(const StatusEnvelope& envelope);

/// What was read.
class EnvelopeTree {
 public:
  virtual ~EnvelopeTree() = default;
  [[nodiscard]] virtual _xmlDoc* document() const = 0;
  [[nodiscard]] virtual const std::vector<Splice>& splices() const = 0;
  /// The envelope as it stands in `canonicalXml`, whose tokens are those of this tree.
  [[nodiscard]] virtual base::Result<std::variant<DocumentEnvelope, StatusEnvelope>> read(
      std::string_view canonicalXml) const = 0;
};

}  // namespace exchange
