#include "exchange/envelope/reader.h"

#include <algorithm>
#include <cassert>
#include <cerrno>
#include <fstream>
#include <map>
#include <system_error>

#include "exchange/envelope/intake.h"
#include "exchange/envelope/media_type.h"
#include "exchange/envelope/model_reader.h"
#include "exchange/envelope/tree.h"
#include "exchange/envelope/unpack.h"

namespace exchange {
namespace {

// What the reader knows of the bytes behind a token, once they are unpacked.
struct Known {
  base::BlobRef blob;
  std::string mediaType;
};
using KnownFiles = std::map<std::string, Known, std::less<>>;

class ReadTree : public EnvelopeTree {
 public:
  ReadTree(xml::Doc document, std::vector<Splice> splices, KnownFiles files)
      : document_(std::move(document)), splices_(std::move(splices)), files_(std::move(files)) {}

  [[nodiscard]] _xmlDoc* document() const override { return document_.get(); }
  [[nodiscard]] const std::vector<Splice>& splices() const override { return splices_; }
  [[nodiscard]] base::Result<std::variant<DocumentEnvelope, StatusEnvelope>> read(
      std::string_view canonicalXml) const override;

 private:
  xml::Doc document_;
  std::vector<Splice> splices_;
  KnownFiles files_;
};

base::Result<std::variant<DocumentEnvelope, StatusEnvelope>> ReadTree::read(
    std::string_view canonicalXml) const {
  const xml::Doc document = xml::parseOwn(canonicalXml);
  if (!document) {
    return base::refuse(base::RefusalKind::Invalid, "envelope.not_xml");
  }
  std::vector<Finding> forgiven;  // the first reading told them
  ModelReader reader(forgiven, [this](std::string_view token, Attachment& attachment) {
    const auto found = files_.find(token);
    if (found != files_.end()) {
      attachment.blob = found->second.blob;
      attachment.mediaType = found->second.mediaType;
    }
  });
  auto model = reader.read(xml::root(*document));
  if (!model) {
    return tl::unexpected(model.error());
  }
  return std::move(model->content);
}

// The bytes of a captured file: as they are, or out of their zip.
class Files {
 public:
  Files(std::vector<CapturedFile>& captured, std::vector<Finding>& findings, base::BlobStore& blobs,
        const ReadOptions& options)
      : captured_(captured), findings_(findings), blobs_(blobs), options_(options) {}

  void take(std::string_view token, Attachment& attachment);
  [[nodiscard]] KnownFiles known() && { return std::move(known_); }

 private:
  void note(FindingCode code, const Attachment& attachment) {
    findings_.push_back({code, "AttachmentEncoded.Attachment", attachment.originalName});
  }
  void takePlain(const CapturedFile& file, Attachment& attachment);
  void takeZip(const CapturedFile& file, Attachment& attachment);

  std::vector<CapturedFile>& captured_;
  std::vector<Finding>& findings_;
  base::BlobStore& blobs_;
  const ReadOptions& options_;
  KnownFiles known_;
};

void Files::take(std::string_view token, Attachment& attachment) {
  const auto file = std::find_if(captured_.begin(), captured_.end(), [&](const CapturedFile& one) {
    return one.splice.token == token;
  });
  if (options_.attachments == ReadOptions::Attachments::Skip) {
    return;
  }
  if (file == captured_.end() || !file->decoded) {
    note(FindingCode::NotBase64, attachment);
    return;
  }
  if (file->zip) {
    takeZip(*file, attachment);
  } else {
    takePlain(*file, attachment);
  }
  known_[file->splice.token] = {attachment.blob, attachment.mediaType};
}

void Files::takePlain(const CapturedFile& file, Attachment& attachment) {
  if (file.blob.size == 0) {
    note(FindingCode::EmptyAttachment, attachment);
    return;
  }
  attachment.blob = file.blob;
  attachment.mediaType = sniffMediaType(file.head);
  const std::string_view expected = mediaTypeOfExtension(extensionOfName(attachment.originalName));
  // The old office formats share their first bytes.
  if (attachment.mediaType == "application/msword" && expected.starts_with("application/vnd.ms-")) {
    attachment.mediaType = std::string(expected);
  }
  if (isPdfDamagedByText(file.head)) {
    note(FindingCode::PdfDamaged, attachment);
  }
}

void Files::takeZip(const CapturedFile& file, Attachment& attachment) {
  Unpacked unpacked = unpack(*file.zip, attachment.originalName, blobs_, options_);
  attachment.blob = std::move(unpacked.blob);
  attachment.mediaType = std::move(unpacked.mediaType);
  for (const auto& finding : {unpacked.finding, unpacked.nameFinding}) {
    if (finding) {
      note(*finding, attachment);
    }
  }
  if (attachment.blob.size == 0) {
    note(FindingCode::EmptyAttachment, attachment);
  }
}

std::vector<Splice> splicesOf(const std::vector<CapturedFile>& files) {
  std::vector<Splice> splices;
  splices.reserve(files.size());
  for (const auto& file : files) {
    splices.push_back(file.splice);
  }
  return splices;
}

}  // namespace

const DocumentEnvelope& ReadReport::document() const {
  assert(kind() == EnvelopeKind::Document);
  return std::get<DocumentEnvelope>(content);
}

const StatusEnvelope& ReadReport::status() const {
  assert(kind() == EnvelopeKind::Status);
  return std::get<StatusEnvelope>(content);
}

bool ReadReport::has(FindingCode code) const {
  return std::any_of(findings.begin(), findings.end(),
                     [&](const Finding& finding) { return finding.code == code; });
}

base::Result<ReadReport> readEnvelope(std::istream& bytes, base::BlobStore& blobs,
                                      const ReadOptions& options) {
  auto taken = takeIn(bytes, blobs, options);
  if (!taken) {
    return tl::unexpected(taken.error());
  }
  Files files(taken->files, taken->findings, blobs, options);
  ModelReader reader(taken->findings, [&](std::string_view token, Attachment& attachment) {
    files.take(token, attachment);
  });
  auto model = reader.read(xml::root(*taken->document));
  if (!model) {
    return tl::unexpected(model.error());
  }
  ReadReport report{std::move(model->content), std::move(taken->findings), {}, {}};
  if (report.kind() == EnvelopeKind::Document) {
    report.secret = findSecretMark(report.document());
    if (model->extraMark && (!report.secret || model->extraMark->level > report.secret->level)) {
      report.secret = model->extraMark;
    }
  }
  report.tree = std::make_shared<ReadTree>(std::move(taken->document), splicesOf(taken->files),
                                           std::move(files).known());
  return report;
}

base::Result<ReadReport> readEnvelope(const std::filesystem::path& file, base::BlobStore& blobs,
                                      const ReadOptions& options) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) {
    throw std::system_error(errno, std::generic_category(), "open " + file.string());
  }
  return readEnvelope(stream, blobs, options);
}

}  // namespace exchange
