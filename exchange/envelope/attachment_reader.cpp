// The attachments' part of ModelReader: what stands in AttachmentEncoded, joined with the manifest.
#include <algorithm>

#include "base/text.h"
#include "exchange/envelope/media_type.h"
#include "exchange/envelope/model_reader.h"

namespace exchange {
namespace {

std::string withoutCid(std::string id) {
  if (base::lowerAscii(id.substr(0, 4)) == "cid:") {
    id.erase(0, 4);
  }
  return id;
}

const xmlNode* findAttachments(const xmlNode* root, const xmlNode* envelope) {
  for (const xmlNode* parent : {root, envelope, xml::child(envelope, "edXMLBody")}) {
    if (const xmlNode* found = xml::child(parent, "AttachmentEncoded")) {
      return found;
    }
  }
  return nullptr;
}

// A name for what came without one that can be used.
std::string nameFor(const Attachment& attachment, std::size_t position) {
  std::string name = safeName(attachment.originalName);
  if (name.empty()) {
    name = "tep-" + std::to_string(position + 1);
  }
  if (extensionOfName(name).empty()) {
    const std::string_view extension = extensionOf(attachment.mediaType);
    if (!extension.empty()) {
      name += ".";
      name += extension;
    }
  }
  return name;
}

// The declared type says nothing when it is the wrapping's (`application/zip`), so only a real
// contradiction between name and bytes counts.
bool typeDiffers(const Attachment& attachment) {
  const std::string_view expected = mediaTypeOfExtension(extensionOfName(attachment.originalName));
  return !expected.empty() && !attachment.mediaType.empty() && expected != attachment.mediaType;
}

}  // namespace

void ModelReader::readAttachments(const xmlNode* root, const xmlNode* envelope,
                                  DocumentEnvelope& into) {
  const std::string path = "AttachmentEncoded.Attachment";
  std::vector<std::string> tokens;
  for (const xmlNode* node : xml::children(findAttachments(root, envelope), "Attachment")) {
    Attachment attachment;
    attachment.contentId = withoutCid(text(node, "ContentId", path));
    attachment.originalName = text(node, "AttachmentName", path, 500);
    attachment.description = text(node, "Description", path);
    attachment.declaredType = text(node, "ContentType", path);
    tokens.emplace_back(xml::text(xml::child(node, "ContentTransferEncoded")));
    into.attachments.push_back(std::move(attachment));
  }
  pairReferences(envelope, into.attachments);
  for (std::size_t i = 0; i < into.attachments.size(); ++i) {
    Attachment& attachment = into.attachments[i];
    if (tokens[i].empty()) {
      note(FindingCode::MissingElement, path + ".ContentTransferEncoded", attachment.originalName);
    } else {
      source_(tokens[i], attachment);
    }
    attachment.name = nameFor(attachment, i);
    if (attachment.name != attachment.originalName) {
      note(FindingCode::NameChanged, path + ".AttachmentName", attachment.originalName);
    }
    if (typeDiffers(attachment)) {
      note(FindingCode::TypeDiffers, path, attachment.originalName);
    }
  }
  if (into.attachments.empty()) {
    note(FindingCode::MissingElement, path);
  }
}

// By ContentId, else by name, else by position: senders leave out one or the other.
void ModelReader::pairReferences(const xmlNode* envelope, std::vector<Attachment>& attachments) {
  const std::string path = "edXMLManifest.Reference";
  const xmlNode* manifest = xml::child(xml::child(envelope, "edXMLBody"), "edXMLManifest");
  const auto references = xml::children(manifest, "Reference");
  std::vector<bool> paired(attachments.size(), false);
  for (std::size_t i = 0; i < references.size(); ++i) {
    const xmlNode* node = references[i];
    std::string contentId = withoutCid(text(node, "ContentId", path));
    if (contentId.empty()) {
      contentId = withoutCid(xml::attribute(node, "href"));
    }
    const std::string name = text(node, "AttachmentName", path);
    const auto pick = [&](auto matches) {
      for (std::size_t k = 0; k < attachments.size(); ++k) {
        if (!paired[k] && matches(attachments[k])) {
          return k;
        }
      }
      return attachments.size();
    };
    std::size_t found = attachments.size();
    if (!contentId.empty()) {
      found = pick([&](const Attachment& a) { return a.contentId == contentId; });
    }
    if (found == attachments.size() && !name.empty()) {
      found = pick([&](const Attachment& a) { return a.originalName == name; });
    }
    if (found == attachments.size() && i < attachments.size() && !paired[i] &&
        (contentId.empty() || attachments[i].contentId.empty())) {
      found = i;
    }
    if (found == attachments.size()) {
      note(FindingCode::ReferenceWithoutAttachment, path, name.empty() ? contentId : name);
      continue;
    }
    paired[found] = true;
    Attachment& attachment = attachments[found];
    if (attachment.originalName.empty()) {
      attachment.originalName = name;
    }
    if (attachment.description.empty()) {
      attachment.description = text(node, "Description", path);
    }
    if (attachment.contentId.empty()) {
      attachment.contentId = contentId;
    }
  }
  for (std::size_t k = 0; k < attachments.size(); ++k) {
    if (!paired[k]) {
      note(FindingCode::AttachmentWithoutReference, path, attachments[k].originalName);
    }
  }
}

}  // namespace exchange
