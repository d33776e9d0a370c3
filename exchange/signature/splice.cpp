#include "exchange/signature/splice_internal.h"

#include <libxml/tree.h>
#include <xmlsec/errors.h>
#include <xmlsec/openssl/crypto.h>
#include <xmlsec/transforms.h>

#include <cstddef>
#include <mutex>

#include "exchange/envelope/xml.h"
#include "exchange/signature/certificate.h"

namespace exchange {
namespace {

// libxmlsec calls back through C: no exception may leave these functions.

SpliceRun& runOf(xmlSecTransformPtr transform) {
  return *static_cast<SpliceRun*>(transform->reserved0);
}

int pushOn(xmlSecTransformPtr transform, xmlSecTransformCtxPtr context, std::string_view bytes,
           int isLast) {
  return xmlSecTransformPushBin(transform->next, reinterpret_cast<const xmlSecByte*>(bytes.data()),
                                static_cast<xmlSecSize>(bytes.size()), isLast, context);
}

// False when an attachment is not among what is digested: inside the Signature itself.
bool coversAll(const SpliceRun& run) {
  std::size_t at = 0;
  for (const auto& splice : run.splices) {
    at = run.canonical.find(splice.token, at);
    if (at == std::string::npos) {
      return false;
    }
  }
  return true;
}

int finish(xmlSecTransformPtr transform, xmlSecTransformCtxPtr context) {
  SpliceRun& run = runOf(transform);
  run.ran = true;
  if (!coversAll(run)) {
    // Told by `uncovered`; an error here would let xmlsec leak its output buffer.
    run.uncovered = true;
    return pushOn(transform, context, {}, 1);
  }
  try {
    streamSpliced(run.canonical, run.splices, [&](std::string_view bytes) {
      if (!bytes.empty() && pushOn(transform, context, bytes, 0) < 0) {
        throw SignatureError("the digest refused its input");
      }
    });
  } catch (...) {
    run.failure = std::current_exception();
    return -1;
  }
  return pushOn(transform, context, {}, 1);
}

int pushBin(xmlSecTransformPtr transform, const xmlSecByte* data, xmlSecSize size, int isLast,
            xmlSecTransformCtxPtr context) {
  if (transform->reserved0 == nullptr || transform->next == nullptr) {
    return -1;
  }
  if (size > 0) {
    runOf(transform).canonical.append(reinterpret_cast<const char*>(data), size);
  }
  return isLast != 0 ? finish(transform, context) : 0;
}

xmlSecTransformDataType dataType(xmlSecTransformPtr, xmlSecTransformMode, xmlSecTransformCtxPtr) {
  return xmlSecTransformDataTypeBin;
}

const xmlSecTransformKlass kSplice = {
    sizeof(xmlSecTransformKlass),
    sizeof(xmlSecTransform),
    xml::chars("splice"),
    nullptr,  // no URI: nobody can name it in a signature
    xmlSecTransformUsageUnknown,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    dataType,
    pushBin,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
    nullptr,
};

// The reference that a transform context belongs to: the library hands over a member of it only.
const xmlSecDSigReferenceCtx& referenceOf(const xmlSecTransformCtx* context) {
  const char* member = reinterpret_cast<const char*>(context);
  return *reinterpret_cast<const xmlSecDSigReferenceCtx*>(
      member - offsetof(xmlSecDSigReferenceCtx, transformCtx));
}

// Called when the chain of a reference is complete and nothing has run.
int insertSplice(xmlSecTransformCtxPtr context) {
  void* run = referenceOf(context).dsigCtx->userData;
  xmlSecTransformPtr digest = context->first;
  while (digest != nullptr && (digest->id->usage & xmlSecTransformUsageDigestMethod) == 0) {
    digest = digest->next;
  }
  if (digest == nullptr || digest->prev == nullptr || run == nullptr) {
    return -1;
  }
  xmlSecTransformPtr splice = xmlSecTransformCreate(&kSplice);
  if (splice == nullptr) {
    return -1;
  }
  splice->reserved0 = run;
  splice->prev = digest->prev;
  splice->next = digest;
  digest->prev->next = splice;
  digest->prev = splice;
  return 0;
}

thread_local std::string lastWords;

void keepWords(const char*, int, const char* function, const char* object, const char* subject,
               int reason, const char* message) {
  constexpr std::size_t kMost = 500;
  if (lastWords.size() > kMost) {
    return;
  }
  for (const char* part : {function, object, subject, message}) {
    if (part != nullptr && *part != '\0') {
      lastWords += part;
      lastWords += ' ';
    }
  }
  lastWords += '#' + std::to_string(reason) + "; ";
}

}  // namespace

void spliceReferences(xmlSecDSigCtx& context, SpliceRun& run) {
  context.userData = &run;
  context.referencePreExecuteCallback = insertSplice;
}

void startXmlsec() {
  static std::once_flag once;
  std::call_once(once, [] {
    xml::start();
    if (xmlSecInit() < 0 || xmlSecCheckVersion() != 1 || xmlSecOpenSSLInit() < 0) {
      throw SignatureError("libxmlsec does not start");
    }
    xmlSecErrorsSetCallback(keepWords);
  });
}

std::string takeXmlsecWords() { return std::exchange(lastWords, {}); }

}  // namespace exchange
