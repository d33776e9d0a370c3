#include "exchange/signature/structure_internal.h"

#include <libxml/tree.h>
#include <xmlsec/xmldsig.h>

#include <set>

#include "base/crypto/digest.h"
#include "base/text.h"
#include "exchange/envelope/detail.h"
#include "exchange/envelope/tree.h"
#include "exchange/signature/algorithms.h"

namespace exchange {
namespace {

constexpr std::size_t kMostCertificates = 10;

// Everything about signatures that one walk over the tree can see.
struct Seen {
  std::vector<xmlNode*> signatures;  // in the XMLDSig namespace, anywhere
  bool foreign = false;              // under that name, but not XMLDSig
  std::set<std::string> ids;
  std::string duplicateId;
};

void seeIds(const xmlNode* element, Seen& seen) {
  for (const xmlAttr* at = element->properties; at != nullptr; at = at->next) {
    if (base::lowerAscii(xml::view(at->name)) != "id") {
      continue;
    }
    const std::string value = xml::text(reinterpret_cast<const xmlNode*>(at));
    if (!seen.ids.insert(value).second && seen.duplicateId.empty()) {
      seen.duplicateId = value;
    }
  }
}

void walk(xmlNode* element, Seen& seen) {
  seeIds(element, seen);
  const std::string_view name = xml::localName(element);
  if (name == "Signature" && xml::namespaceOf(element) == uri::kDsig) {
    seen.signatures.push_back(element);
  } else if ((name == "Signature" || name == "DigitalSignature") && element->children != nullptr) {
    seen.foreign = true;
  }
  for (xmlNode* at = element->children; at != nullptr; at = at->next) {
    if (at->type == XML_ELEMENT_NODE) {
      walk(at, seen);  // as deep as the parser allows: 256
    }
  }
}

bool standsInHeader(const xmlNode* signature, const xmlDoc* document) {
  const xmlNode* header = signature->parent;
  const xmlNode* envelope = header == nullptr ? nullptr : header->parent;
  return header != nullptr && envelope != nullptr &&
         xml::isEnvelopeElement(header, "edXMLHeader") &&
         xml::isEnvelopeElement(envelope, "edXMLEnvelope") &&
         envelope->parent == xmlDocGetRootElement(document);
}

std::vector<xmlNode*> dsigChildren(xmlNode* parent, std::string_view name) {
  std::vector<xmlNode*> found;
  for (xmlNode* at = parent == nullptr ? nullptr : parent->children; at != nullptr; at = at->next) {
    if (at->type == XML_ELEMENT_NODE && xml::localName(at) == name &&
        xml::namespaceOf(at) == uri::kDsig) {
      found.push_back(at);
    }
  }
  return found;
}

// The only child with that name; null when there is none or more than one.
xmlNode* only(xmlNode* parent, std::string_view name) {
  const auto found = dsigChildren(parent, name);
  return found.size() == 1 ? found.front() : nullptr;
}

class ShapeReader {
 public:
  ShapeReader(SignatureShape& shape, std::vector<SignatureFinding>& findings)
      : shape_(shape), findings_(findings) {}

  void read(xmlNode* signature) {
    shape_.computable = true;
    shape_.signedInfo = only(signature, "SignedInfo");
    xmlNode* value = only(signature, "SignatureValue");
    if (shape_.signedInfo == nullptr || value == nullptr) {
      fault(SignatureFault::Malformed, "SignedInfo, SignatureValue");
      return;
    }
    shape_.canonicalisation = algorithm(only(shape_.signedInfo, "CanonicalizationMethod"));
    shape_.method = algorithm(only(shape_.signedInfo, "SignatureMethod"));
    allow(shape_.canonicalisation, uri::kCanonicalisations);
    allow(shape_.method, uri::kSignatures);
    readValue(value);
    readReference();
    readCertificates(signature);
  }

 private:
  void fault(SignatureFault kind, std::string_view text) {
    findings_.push_back({kind, base::firstCharacters(text, 120)});
    shape_.computable = false;
  }

  static std::string algorithm(const xmlNode* method) {
    return xml::attribute(method, "Algorithm");
  }

  template <std::size_t N>
  void allow(std::string_view name, const std::array<std::string_view, N>& names) {
    if (uri::isOneOf(name, names)) {
      return;
    }
    fault(uri::isOneOf(name, uri::kWeak) ? SignatureFault::WeakAlgorithm
                                         : SignatureFault::UnknownAlgorithm,
          name);
  }

  void readValue(const xmlNode* value) {
    const auto bytes = base::fromBase64(xml::text(value));
    if (bytes && !bytes->empty()) {
      shape_.value = *bytes;
    } else {
      fault(SignatureFault::Malformed, "SignatureValue");
    }
  }

  // One reference, to the whole document, which may only be canonicalised.
  void readReference() {
    const auto references = dsigChildren(shape_.signedInfo, "Reference");
    if (references.size() != 1) {
      fault(SignatureFault::WrongReference, std::to_string(references.size()));
      return;
    }
    xmlNode* reference = references.front();
    if (xmlHasProp(reference, xml::chars("URI")) == nullptr ||
        !xml::attribute(reference, "URI").empty()) {
      fault(SignatureFault::WrongReference, xml::attribute(reference, "URI"));
    }
    allow(algorithm(only(reference, "DigestMethod")), uri::kDigests);
    const auto transforms = dsigChildren(only(reference, "Transforms"), "Transform");
    if (transforms.empty() || algorithm(transforms.front()) != uri::kEnveloped) {
      fault(SignatureFault::UnknownAlgorithm,
            transforms.empty() ? "" : algorithm(transforms.front()));
      return;
    }
    if (transforms.size() > 2) {
      fault(SignatureFault::UnknownAlgorithm, "Transforms");
    }
    if (transforms.size() >= 2) {
      allow(algorithm(transforms[1]), uri::kCanonicalisations);
    }
  }

  void readCertificates(xmlNode* signature) {
    for (xmlNode* data : dsigChildren(only(signature, "KeyInfo"), "X509Data")) {
      for (const xmlNode* node : dsigChildren(data, "X509Certificate")) {
        auto bytes = base::fromBase64(xml::text(node));
        if (!bytes) {
          fault(SignatureFault::Malformed, "X509Certificate");
        } else if (shape_.certificates.size() < kMostCertificates) {
          shape_.certificates.push_back(std::move(*bytes));
        }
      }
    }
    if (shape_.certificates.empty()) {
      fault(SignatureFault::NoCertificate, "");
    }
  }

  SignatureShape& shape_;
  std::vector<SignatureFinding>& findings_;
};

}  // namespace

SignatureShape readShape(xmlDoc* document, std::vector<SignatureFinding>& findings) {
  SignatureShape shape;
  Seen seen;
  walk(xmlDocGetRootElement(document), seen);
  if (seen.signatures.empty()) {
    findings.push_back(
        {seen.foreign ? SignatureFault::ForeignNamespace : SignatureFault::NoSignature, {}});
    return shape;
  }
  if (seen.signatures.size() > 1) {
    findings.push_back({SignatureFault::SeveralSignatures, std::to_string(seen.signatures.size())});
  }
  if (!seen.duplicateId.empty()) {
    findings.push_back({SignatureFault::DuplicateId, base::firstCharacters(seen.duplicateId, 60)});
  }
  shape.signature = seen.signatures.front();
  if (!standsInHeader(shape.signature, document)) {
    findings.push_back(
        {SignatureFault::WrongPlace,
         std::string(xml::localName(
             shape.signature->parent == nullptr ? shape.signature : shape.signature->parent))});
  }
  ShapeReader(shape, findings).read(shape.signature);
  return shape;
}

}  // namespace exchange
