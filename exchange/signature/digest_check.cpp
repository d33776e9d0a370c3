#include "exchange/signature/digest_check_internal.h"

#include <libxml/c14n.h>
#include <libxml/tree.h>
#include <openssl/err.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/transforms.h>

#include <algorithm>

#include "exchange/signature/algorithms.h"
#include "exchange/signature/splice_internal.h"
#include "exchange/signature/xmlsec_key_internal.h"

namespace exchange {
namespace {

using DigestContext = base::CPtr<EVP_MD_CTX, EVP_MD_CTX_free>;
using OutputBuffer = base::CPtr<xmlOutputBuffer, xmlOutputBufferClose>;

// Nothing but what the shape was checked for, whatever the document says.
void allowOnly(xmlSecDSigCtx& context) {
  context.enabledReferenceUris = xmlSecTransformUriTypeEmpty;
  for (const xmlSecTransformId id :
       {xmlSecTransformEnvelopedId, xmlSecTransformInclC14NId, xmlSecTransformInclC14N11Id,
        xmlSecTransformExclC14NId, xmlSecOpenSSLTransformSha256Id, xmlSecOpenSSLTransformSha384Id,
        xmlSecOpenSSLTransformSha512Id}) {
    if (xmlSecDSigCtxEnableReferenceTransform(&context, id) < 0) {
      throw SignatureError("a transform cannot be allowed");
    }
  }
  for (const xmlSecTransformId id :
       {xmlSecTransformInclC14NId, xmlSecTransformInclC14N11Id, xmlSecTransformExclC14NId,
        xmlSecOpenSSLTransformRsaSha256Id, xmlSecOpenSSLTransformRsaSha384Id,
        xmlSecOpenSSLTransformRsaSha512Id}) {
    if (xmlSecDSigCtxEnableSignatureTransform(&context, id) < 0) {
      throw SignatureError("a method cannot be allowed");
    }
  }
}

// The canonical form of SignedInfo alone. Empty when it cannot be made.
std::string canonicalSignedInfo(const SignatureShape& shape) {
  const OutputBuffer buffer(xmlAllocOutputBuffer(nullptr));
  const int mode = shape.canonicalisation == uri::kExclusiveC14n ? XML_C14N_EXCLUSIVE_1_0
                   : shape.canonicalisation == uri::kC14n11      ? XML_C14N_1_1
                                                                 : XML_C14N_1_0;
  const auto isInside = [](void* root, xmlNodePtr node, xmlNodePtr parent) {
    // Namespace nodes are no tree nodes: their place is their parent's.
    for (xmlNodePtr at = node->type == XML_NAMESPACE_DECL ? parent : node; at != nullptr;
         at = at->parent) {
      if (at == root) {
        return 1;
      }
    }
    return 0;
  };
  if (!buffer || xmlC14NExecute(shape.signedInfo->doc, isInside, shape.signedInfo, mode, nullptr, 0,
                                buffer.get()) < 0) {
    return {};
  }
  return std::string(xml::view(xmlOutputBufferGetContent(buffer.get())));
}

const EVP_MD* digestOf(std::string_view method) {
  return method.ends_with("sha512")   ? EVP_sha512()
         : method.ends_with("sha384") ? EVP_sha384()
                                      : EVP_sha256();
}

// libxmlsec stops at a wrong digest; whether the signer really signed that SignedInfo is told all
// the same: it shows a changed document apart from a forged signature.
bool valueFits(const SignatureShape& shape, X509* signer) {
  const std::string signedBytes = canonicalSignedInfo(shape);
  const DigestContext context(EVP_MD_CTX_new());
  EVP_PKEY* key = X509_get0_pubkey(signer);
  const bool fits =
      context && !signedBytes.empty() &&
      EVP_DigestVerifyInit(context.get(), nullptr, digestOf(shape.method), nullptr, key) == 1 &&
      EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(shape.value.data()),
                       shape.value.size(),
                       reinterpret_cast<const unsigned char*>(signedBytes.data()),
                       signedBytes.size()) == 1;
  ERR_clear_error();
  return fits;
}

bool digestFits(xmlSecDSigCtx& context) {
  auto* reference = static_cast<xmlSecDSigReferenceCtxPtr>(
      xmlSecPtrListGetItem(&context.signedInfoReferences, 0));
  return reference != nullptr && reference->status == xmlSecDSigStatusSucceeded;
}

}  // namespace

std::string checkDigestAndValue(const SignatureShape& shape, X509* signer, const EnvelopeTree& tree,
                                std::vector<SignatureFinding>& findings) {
  const auto& splices = tree.splices();
  if (std::any_of(splices.begin(), splices.end(), [](const Splice& one) { return !one.text; })) {
    findings.push_back({SignatureFault::AttachmentNotCovered, {}});
    return {};
  }
  startXmlsec();
  const DSigContext context(xmlSecDSigCtxCreate(nullptr));
  EVP_PKEY* key = X509_get0_pubkey(signer);
  if (!context) {
    throw SignatureError("no signature can be checked: " + takeXmlsecWords());
  }
  if (ssl::rsaBits(key) == 0) {
    return {};  // told by the chain
  }
  allowOnly(*context);
  context->signKey = newXmlsecKey(key).release();  // freed with the context
  SpliceRun run(splices);
  spliceReferences(*context, run);
  takeXmlsecWords();
  const int done = xmlSecDSigCtxVerify(context.get(), shape.signature);
  const std::string words = takeXmlsecWords();
  ERR_clear_error();
  if (run.failure) {
    std::rethrow_exception(run.failure);
  }
  if (run.uncovered) {
    findings.push_back({SignatureFault::AttachmentNotCovered, {}});
    return {};
  }
  if (done >= 0 && context->status == xmlSecDSigStatusSucceeded && run.ran) {
    return std::move(run.canonical);
  }
  const std::size_t before = findings.size();
  if (run.ran && !digestFits(*context)) {
    findings.push_back({SignatureFault::DigestMismatch, {}});
  }
  if (!valueFits(shape, signer)) {
    findings.push_back({SignatureFault::SignatureWrong, {}});
  }
  if (findings.size() == before) {
    findings.push_back({SignatureFault::Malformed, words});  // never good without a success
  }
  return {};
}

}  // namespace exchange
