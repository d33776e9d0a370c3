#include "exchange/envelope/intake.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/xmlerror.h>

#include <array>
#include <exception>
#include <utility>

#include "base/cptr.h"
#include "base/text.h"
#include "exchange/envelope/capture.h"
#include "exchange/envelope/detail.h"
#include "exchange/envelope/preamble.h"

namespace exchange {
namespace {

constexpr std::size_t kChunk = 64 * 1024;

void freeParser(xmlParserCtxt* parser) {
  xmlFreeDoc(parser->myDoc);
  parser->myDoc = nullptr;
  xmlFreeParserCtxt(parser);
}

// The state of one pass. libxml2 calls back through C: no exception may leave a callback.
class Pass {
 public:
  Pass(base::BlobStore& blobs, const ReadOptions& options) : blobs_(blobs), options_(options) {}

  base::Result<TakenIn> run(std::istream& bytes);

 private:
  static Pass& of(void* parser) {
    return *static_cast<Pass*>(static_cast<xmlParserCtxt*>(parser)->_private);
  }
  static xmlSAXHandler handlers();

  void feed(std::string_view bytes);
  base::Result<TakenIn> result();

  // Callbacks.
  static void onStart(void* parser, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri,
                      int namespaceCount, const xmlChar** namespaces, int attributeCount,
                      int defaulted, const xmlChar** attributes);
  static void onEnd(void* parser, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri);
  static void onText(void* parser, const xmlChar* text, int length);
  static void onComment(void* parser, const xmlChar* text);
  static void onInstruction(void* parser, const xmlChar* target, const xmlChar* data);
  static void onDoctype(void* parser, const xmlChar*, const xmlChar*, const xmlChar*);
  static void onReference(void* parser, const xmlChar* name);
  static void onError(void* parser, xmlError* error);

  template <class Act>
  void guarded(Act act);
  void stop(base::Refusal why);
  void spend(std::size_t markup, std::size_t nodes);
  void judgeRoot(std::string_view local, std::string_view uri);
  bool beginsCapture(const xmlChar* local) const;

  base::BlobStore& blobs_;
  const ReadOptions& options_;
  base::CPtr<xmlParserCtxt, freeParser> parser_;
  TakenIn taken_;
  std::unique_ptr<Capture> capture_;
  std::optional<base::Refusal> refusal_;
  std::exception_ptr failure_;
  std::string fault_;
  int faultCode_ = 0;
  int faultLine_ = 0;
  bool unboundPrefix_ = false;
  bool rootClosed_ = false;
  std::size_t depth_ = 0;
  std::size_t captureDepth_ = 0;
  std::uint64_t markup_ = 0;
  std::uint64_t nodes_ = 0;
};

template <class Act>
void Pass::guarded(Act act) {
  if (failure_ || refusal_) {
    return;
  }
  try {
    act();
  } catch (...) {
    failure_ = std::current_exception();
    xmlStopParser(parser_.get());
  }
}

void Pass::stop(base::Refusal why) {
  if (!refusal_) {
    refusal_ = std::move(why);
  }
  xmlStopParser(parser_.get());
}

void Pass::spend(std::size_t markup, std::size_t nodes) {
  markup_ += markup;
  nodes_ += nodes;
  if (markup_ > options_.mostMarkup || nodes_ > options_.mostNodes) {
    stop(invalid("envelope.too_large", {{"most", std::to_string(options_.mostMarkup)}}));
  }
}

void Pass::judgeRoot(std::string_view local, std::string_view uri) {
  if (auto refused = refuseRoot(local, uri)) {
    stop(std::move(*refused));
  } else if (uri.empty()) {
    taken_.findings.push_back({FindingCode::ForeignNamespace, "edXML", ""});
  }
}

bool Pass::beginsCapture(const xmlChar* local) const {
  std::string_view name = xml::view(local);
  const auto colon = name.find(':');
  if (colon != std::string_view::npos) {
    name.remove_prefix(colon + 1);
  }
  // The node of the element itself was just made.
  const xmlNode* node = parser_->node;
  return name == "ContentTransferEncoded" && node != nullptr && node->parent != nullptr &&
         node->parent->type == XML_ELEMENT_NODE && xml::localName(node->parent) == "Attachment";
}

void Pass::onStart(void* parser, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri,
                   int namespaceCount, const xmlChar** namespaces, int attributeCount,
                   int defaulted, const xmlChar** attributes) {
  Pass& pass = of(parser);
  pass.guarded([&] {
    std::size_t markup = xml::view(local).size() + 5;
    for (int i = 0; i < attributeCount; ++i) {
      const xmlChar** attribute = attributes + i * 5;
      markup +=
          xml::view(attribute[0]).size() + static_cast<std::size_t>(attribute[4] - attribute[3]);
    }
    for (int i = 0; i < namespaceCount; ++i) {
      markup += xml::view(namespaces[i * 2 + 1]).size();
    }
    pass.spend(markup, static_cast<std::size_t>(1 + attributeCount + namespaceCount));
    if (pass.depth_++ == 0) {
      pass.judgeRoot(xml::view(local), xml::view(uri));
    }
    if (pass.refusal_) {
      return;
    }
    if (pass.capture_) {
      pass.capture_->spoil();
    }
    xmlSAX2StartElementNs(parser, local, prefix, uri, namespaceCount, namespaces, attributeCount,
                          defaulted, attributes);
    if (!pass.capture_ && pass.beginsCapture(local)) {
      if (pass.taken_.files.size() >= pass.options_.mostAttachments) {
        pass.stop(invalid("envelope.too_many_attachments",
                          {{"most", std::to_string(pass.options_.mostAttachments)}}));
        return;
      }
      pass.capture_ = std::make_unique<Capture>(pass.blobs_, pass.options_);
      pass.captureDepth_ = pass.depth_;
    }
  });
}

void Pass::onEnd(void* parser, const xmlChar* local, const xmlChar* prefix, const xmlChar* uri) {
  Pass& pass = of(parser);
  pass.guarded([&] {
    if (pass.capture_ && pass.captureDepth_ == pass.depth_) {
      CapturedFile file = pass.capture_->finish();
      pass.capture_.reset();
      xmlSAX2Characters(parser, xml::chars(file.splice.token.c_str()),
                        static_cast<int>(file.splice.token.size()));
      pass.taken_.files.push_back(std::move(file));
    }
    xmlSAX2EndElementNs(parser, local, prefix, uri);
    if (--pass.depth_ == 0) {
      pass.rootClosed_ = true;
    }
  });
}

void Pass::onText(void* parser, const xmlChar* text, int length) {
  Pass& pass = of(parser);
  pass.guarded([&] {
    const std::string_view piece(reinterpret_cast<const char*>(text),
                                 static_cast<std::size_t>(length));
    if (pass.capture_) {
      if (pass.options_.attachments == ReadOptions::Attachments::Keep) {
        pass.capture_->feed(piece);
      }
      return;
    }
    pass.spend(piece.size(), 1);
    if (!pass.refusal_) {
      xmlSAX2Characters(parser, text, length);
    }
  });
}

// Comments are no part of what is signed or read: they do not come into the tree.
void Pass::onComment(void* parser, const xmlChar* text) {
  Pass& pass = of(parser);
  pass.guarded([&] { pass.spend(xml::view(text).size() + 7, 1); });
}

void Pass::onInstruction(void* parser, const xmlChar* target, const xmlChar* data) {
  Pass& pass = of(parser);
  pass.guarded([&] {
    if (pass.capture_) {
      pass.capture_->spoil();
    }
    pass.spend(xml::view(target).size() + xml::view(data).size() + 5, 1);
    if (!pass.refusal_) {
      xmlSAX2ProcessingInstruction(parser, target, data);
    }
  });
}

void Pass::onDoctype(void* parser, const xmlChar*, const xmlChar*, const xmlChar*) {
  Pass& pass = of(parser);
  pass.guarded([&] { pass.stop(invalid("envelope.doctype_refused")); });
}

void Pass::onReference(void* parser, const xmlChar*) {
  Pass& pass = of(parser);
  pass.guarded([&] { pass.stop(invalid("envelope.doctype_refused")); });
}

void Pass::onError(void* parser, xmlError* error) {
  Pass& pass = of(parser);
  if (error->domain == XML_FROM_NAMESPACE) {
    pass.unboundPrefix_ = true;
    return;
  }
  if (error->level < XML_ERR_ERROR || pass.faultCode_ != 0) {
    return;
  }
  pass.faultCode_ = error->code;
  pass.faultLine_ = error->line;
  pass.fault_ = error->message == nullptr ? "" : error->message;
}

xmlSAXHandler Pass::handlers() {
  xmlSAXHandler sax;
  xmlSAXVersion(&sax, 2);
  sax.startElementNs = onStart;
  sax.endElementNs = onEnd;
  sax.characters = onText;
  sax.ignorableWhitespace = onText;
  sax.cdataBlock = onText;
  sax.comment = onComment;
  sax.processingInstruction = onInstruction;
  sax.internalSubset = onDoctype;
  sax.externalSubset = nullptr;
  sax.resolveEntity = nullptr;
  sax.reference = onReference;
  sax.serror = onError;
  return sax;
}

void Pass::feed(std::string_view bytes) {
  xmlParseChunk(parser_.get(), bytes.data(), static_cast<int>(bytes.size()), 0);
}

base::Result<TakenIn> Pass::run(std::istream& bytes) {
  xml::start();
  xmlSAXHandler sax = handlers();
  parser_.reset(xmlCreatePushParserCtxt(&sax, nullptr, nullptr, 0, nullptr));
  if (!parser_) {
    throw std::bad_alloc();
  }
  parser_->_private = this;
  xmlCtxtUseOptions(parser_.get(), XML_PARSE_NONET);

  std::string buffer(kChunk, '\0');
  std::uint64_t total = 0;
  while (!failure_ && !refusal_ && parser_->wellFormed != 0) {
    bytes.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    const auto got = static_cast<std::size_t>(bytes.gcount());
    if (got == 0) {
      break;
    }
    std::string_view piece = std::string_view(buffer).substr(0, got);
    if (total == 0) {
      const auto begun = skipPreamble(piece, taken_.findings);
      if (!begun) {
        return tl::unexpected(begun.error());
      }
      piece = *begun;
    }
    total += got;
    if (total > options_.mostBytes) {
      return tl::unexpected(
          invalid("envelope.too_large", {{"most", std::to_string(options_.mostBytes)}}));
    }
    feed(piece);
  }
  if (total == 0) {
    return tl::unexpected(invalid("envelope.empty"));
  }
  if (!failure_ && !refusal_) {
    xmlParseChunk(parser_.get(), nullptr, 0, 1);
  }
  return result();
}

base::Result<TakenIn> Pass::result() {
  if (failure_) {
    std::rethrow_exception(failure_);
  }
  if (refusal_) {
    return tl::unexpected(*refusal_);
  }
  if (parser_->wellFormed == 0 || !rootClosed_) {
    if (!rootClosed_ || faultCode_ != XML_ERR_DOCUMENT_END) {
      return tl::unexpected(invalid(
          "envelope.not_xml", {{"line", std::to_string(faultLine_)},
                               {"reason", base::squeezed(base::firstCharacters(fault_, 200))}}));
    }
    taken_.findings.push_back({FindingCode::BytesAfterXml, "", ""});
  }
  if (unboundPrefix_) {
    taken_.findings.push_back({FindingCode::UnboundPrefix, "", ""});
  }
  taken_.document.reset(std::exchange(parser_->myDoc, nullptr));
  return std::move(taken_);
}

}  // namespace

base::Result<TakenIn> takeIn(std::istream& bytes, base::BlobStore& blobs,
                             const ReadOptions& options) {
  return Pass(blobs, options).run(bytes);
}

}  // namespace exchange
