#include "exchange/envelope/xml.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>

#include <mutex>

#include "exchange/envelope/tree.h"

namespace exchange::xml {
namespace {

void appendText(const xmlNode* node, std::string& out) {
  for (const xmlNode* at = node->children; at != nullptr; at = at->next) {
    if (at->type == XML_TEXT_NODE || at->type == XML_CDATA_SECTION_NODE) {
      out += view(at->content);
    } else if (at->type == XML_ELEMENT_NODE) {
      appendText(at, out);  // as deep as the parser allows: 256
    }
  }
}

void ignoreError(void*, xmlError*) {}

}  // namespace

void FreeDoc::operator()(xmlDoc* document) const noexcept { xmlFreeDoc(document); }

std::string_view localName(const xmlNode* element) {
  std::string_view name = view(element->name);
  if (element->ns == nullptr) {
    const auto colon = name.find(':');
    if (colon != std::string_view::npos) {
      name.remove_prefix(colon + 1);
    }
  }
  return name;
}

std::string_view namespaceOf(const xmlNode* element) {
  return element->ns == nullptr ? std::string_view() : view(element->ns->href);
}

bool isEnvelopeElement(const xmlNode* node, std::string_view name) {
  if (node->type != XML_ELEMENT_NODE || localName(node) != name) {
    return false;
  }
  const std::string_view uri = namespaceOf(node);
  return uri.empty() || uri == kEnvelopeNamespace;
}

const xmlNode* child(const xmlNode* parent, std::string_view name) {
  if (parent == nullptr) {
    return nullptr;
  }
  for (const xmlNode* at = parent->children; at != nullptr; at = at->next) {
    if (isEnvelopeElement(at, name)) {
      return at;
    }
  }
  return nullptr;
}

std::vector<const xmlNode*> children(const xmlNode* parent, std::string_view name) {
  std::vector<const xmlNode*> found;
  if (parent == nullptr) {
    return found;
  }
  for (const xmlNode* at = parent->children; at != nullptr; at = at->next) {
    if (isEnvelopeElement(at, name)) {
      found.push_back(at);
    }
  }
  return found;
}

std::string text(const xmlNode* element) {
  std::string out;
  if (element != nullptr) {
    appendText(element, out);
  }
  return out;
}

std::string attribute(const xmlNode* element, const char* name) {
  if (element == nullptr) {
    return {};
  }
  for (const xmlAttr* at = element->properties; at != nullptr; at = at->next) {
    if (view(at->name) == name) {
      return text(reinterpret_cast<const xmlNode*>(at));
    }
  }
  return {};
}

Doc parseOwn(std::string_view text) {
  start();
  return Doc(xmlReadMemory(text.data(), static_cast<int>(text.size()), nullptr, "UTF-8",
                           XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING));
}

const xmlNode* root(const xmlDoc& document) { return xmlDocGetRootElement(&document); }

void start() {
  static std::once_flag once;
  std::call_once(once, [] {
    xmlInitParser();
    // Foreign XML must not write to standard error: who parses says what was wrong.
    xmlThrDefSetStructuredErrorFunc(nullptr, ignoreError);
    xmlSetStructuredErrorFunc(nullptr, ignoreError);
  });
}

}  // namespace exchange::xml
