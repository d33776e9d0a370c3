#include "exchange/signature/sign_internal.h"

#include <libxml/tree.h>
#include <xmlsec/keys.h>
#include <xmlsec/keysdata.h>
#include <xmlsec/openssl/evp.h>
#include <xmlsec/xmldsig.h>
#include <xmlsec/xmltree.h>

#include "base/crypto/digest.h"
#include "exchange/envelope/xml.h"
#include "exchange/envelope/xml_writer.h"
#include "exchange/signature/algorithms.h"
#include "exchange/signature/splice_internal.h"
#include "exchange/signature/xmlsec_key_internal.h"

namespace exchange {
namespace {

std::string element(const char* name, std::string_view algorithm, std::string_view inner = {}) {
  return "<" + std::string(name) + " Algorithm=\"" + std::string(algorithm) + "\">" +
         std::string(inner) + "</" + name + ">";
}

// SignedInfo on one line: no white space that a receiver could change. `keyInfo` is not signed.
std::string signatureText(std::string_view digest, std::string_view value,
                          std::string_view keyInfo) {
  const std::string transforms = "<Transforms>" + element("Transform", uri::kEnveloped) +
                                 element("Transform", uri::kExclusiveC14n) + "</Transforms>";
  return "      <Signature xmlns=\"" + std::string(uri::kDsig) + "\"><SignedInfo>" +
         element("CanonicalizationMethod", uri::kExclusiveC14n) +
         element("SignatureMethod", uri::kRsaSha256) + "<Reference URI=\"\">" + transforms +
         element("DigestMethod", uri::kSha256) + "<DigestValue>" + std::string(digest) +
         "</DigestValue></Reference></SignedInfo><SignatureValue>" + std::string(value) +
         "</SignatureValue>" + std::string(keyInfo) + "</Signature>\n";
}

std::string certificateText(X509* certificate) {
  return "<X509Certificate>" + base::base64(ssl::der(certificate)) + "</X509Certificate>";
}

// The signer first, then what leads to a root; a root itself proves nothing and stays at home.
std::string keyInfoText(const EnvelopeSigner::Key& key) {
  std::string text = "<KeyInfo><X509Data><X509SubjectName>" + escaped(key.info.subject) +
                     "</X509SubjectName>" + certificateText(key.certificate.get());
  for (int i = 0; i < sk_X509_num(key.chain.get()); ++i) {
    X509* certificate = sk_X509_value(key.chain.get(), i);
    if (X509_self_signed(certificate, 0) != 1) {
      text += certificateText(certificate);
    }
  }
  return text + "</X509Data></KeyInfo>";
}

std::string textOf(xmlNode* signature, const char* name) {
  xmlNode* node = xmlSecFindNode(signature, xml::chars(name), xmlSecDSigNs);
  const std::string text = xml::text(node);
  if (text.empty()) {
    throw SignatureError(std::string("the library left ") + name + " empty");
  }
  return text;
}

}  // namespace

std::string signatureOf(const Skeleton& skeleton, const EnvelopeSigner::Key& key) {
  startXmlsec();
  std::string templated = skeleton.xml;
  templated.insert(skeleton.signaturePlace, signatureText("", "", ""));
  const xml::Doc document = xml::parseOwn(templated);
  if (!document) {
    throw SignatureError("the envelope to sign is not XML");
  }
  xmlNode* signature =
      xmlSecFindNode(xmlDocGetRootElement(document.get()), xmlSecNodeSignature, xmlSecDSigNs);
  const DSigContext context(xmlSecDSigCtxCreate(nullptr));
  if (signature == nullptr || !context) {
    throw SignatureError("no signature can be made: " + takeXmlsecWords());
  }
  context->signKey = newXmlsecKey(key.key.get()).release();  // freed with the context
  SpliceRun run(skeleton.splices);
  spliceReferences(*context, run);
  takeXmlsecWords();
  const int done = xmlSecDSigCtxSign(context.get(), signature);
  if (run.failure) {
    std::rethrow_exception(run.failure);
  }
  if (done < 0 || context->status != xmlSecDSigStatusSucceeded || !run.ran || run.uncovered) {
    throw SignatureError("signing failed: " + takeXmlsecWords());
  }
  std::string value = textOf(signature, "SignatureValue");
  std::erase(value, '\n');
  return signatureText(textOf(signature, "DigestValue"), value, keyInfoText(key));
}

}  // namespace exchange
