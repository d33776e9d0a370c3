// A transform that stands between canonicalisation and digest: where the small tree holds a token,
// the digest gets the attachment's whole text. So the digest is that of the whole document, while
// the document in memory stays small. For this folder only.
#pragma once

#include <xmlsec/xmldsig.h>
#include <xmlsec/xmlsec.h>

#include <exception>
#include <string>
#include <vector>

#include "exchange/envelope/tree.h"

namespace exchange {

/// What one run of the transform needs and leaves.
struct SpliceRun {
  explicit SpliceRun(const std::vector<Splice>& texts) : splices(texts) {}
  const std::vector<Splice>& splices;
  std::string canonical;       ///< The canonical bytes, with the tokens.
  std::exception_ptr failure;  ///< What went wrong while an attachment was read.
  bool ran = false;
  bool uncovered = false;  ///< An attachment stands where the signature does not reach.
};

/// Puts the transform before the digest of each reference of `context`. `run` must outlive it.
void spliceReferences(xmlSecDSigCtx& context, SpliceRun& run);

/// Starts libxmlsec once. Throws SignatureError.
void startXmlsec();
/// What the library said on this thread since the last call.
std::string takeXmlsecWords();

}  // namespace exchange
