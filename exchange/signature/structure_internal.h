// Looks at a Signature before anything is computed: only the one shape that covers the whole
// document is let through, so that nothing can be wrapped, moved or pointed elsewhere.
// For this folder only.
#pragma once

#include <string>
#include <vector>

#include "exchange/envelope/xml.h"
#include "exchange/signature/verifier.h"

namespace exchange {

struct SignatureShape {
  xmlNode* signature = nullptr;  ///< Null: there is none that could be verified.
  xmlNode* signedInfo = nullptr;
  std::string canonicalisation;
  std::string method;
  std::string value;                      ///< Decoded SignatureValue.
  std::vector<std::string> certificates;  ///< DER, in their order.
  bool computable = false;                ///< No fault that makes a computation senseless.
};

[[nodiscard]] SignatureShape readShape(xmlDoc* document, std::vector<SignatureFinding>& findings);

}  // namespace exchange
