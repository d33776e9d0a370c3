// Small helpers over libxml2's tree. For this folder and exchange/signature only.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

// libxml2's own names, so that this header need not show libxml2.
struct _xmlDoc;
struct _xmlNode;
using xmlDoc = struct _xmlDoc;
using xmlNode = struct _xmlNode;

namespace exchange::xml {

struct FreeDoc {
  void operator()(xmlDoc* document) const noexcept;
};
using Doc = std::unique_ptr<xmlDoc, FreeDoc>;

/// libxml2's characters are unsigned.
[[nodiscard]] inline std::string_view view(const unsigned char* text) {
  return text == nullptr ? std::string_view()
                         : std::string_view(reinterpret_cast<const char*>(text));
}
[[nodiscard]] inline const unsigned char* chars(const char* text) {
  return reinterpret_cast<const unsigned char*>(text);
}

/// Without a prefix, also where the prefix is bound to nothing.
[[nodiscard]] std::string_view localName(const xmlNode* element);
[[nodiscard]] std::string_view namespaceOf(const xmlNode* element);
/// An element of edXML: that local name, in the namespace of QCVN 102 or in none.
[[nodiscard]] bool isEnvelopeElement(const xmlNode* node, std::string_view name);
/// The first child element of edXML with that name, or null. `parent` may be null.
[[nodiscard]] const xmlNode* child(const xmlNode* parent, std::string_view name);
[[nodiscard]] std::vector<const xmlNode*> children(const xmlNode* parent, std::string_view name);
/// All text below, as it stands. Empty for null.
[[nodiscard]] std::string text(const xmlNode* element);
/// The value of an attribute, whatever its namespace; empty when there is none.
[[nodiscard]] std::string attribute(const xmlNode* element, const char* name);

/// Parses small text that we made ourselves. Null when it is not well-formed.
[[nodiscard]] Doc parseOwn(std::string_view text);

[[nodiscard]] const xmlNode* root(const xmlDoc& document);

/// Starts libxml2 once, before any thread parses.
void start();

}  // namespace exchange::xml
