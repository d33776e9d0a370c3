#include "exchange/envelope/xml_writer.h"

#include "base/text.h"

namespace exchange {

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\r':
        out += "&#13;";
        break;
      default:
        out += c;
    }
  }
  return out;
}

bool isXmlText(std::string_view text) {
  if (!base::isUtf8(text)) {
    return false;
  }
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') {
      return false;
    }
  }
  return text.find("\xEF\xBF\xBE") == std::string_view::npos &&
         text.find("\xEF\xBF\xBF") == std::string_view::npos;
}

void XmlWriter::indent() { out_.append(open_.size() * 2, ' '); }

void XmlWriter::open(std::string name, std::string_view attributes) {
  indent();
  out_ += '<' + name;
  if (!attributes.empty()) {
    out_ += ' ';
    out_ += attributes;
  }
  out_ += ">\n";
  open_.push_back(std::move(name));
}

void XmlWriter::close() {
  const std::string name = std::move(open_.back());
  open_.pop_back();
  indent();
  out_ += "</" + name + ">\n";
}

void XmlWriter::leaf(std::string_view name, std::string_view text, std::string_view attributes) {
  indent();
  out_ += '<';
  out_ += name;
  if (!attributes.empty()) {
    out_ += ' ';
    out_ += attributes;
  }
  out_ += '>';
  out_ += escaped(text);
  out_ += "</";
  out_ += name;
  out_ += ">\n";
}

void XmlWriter::leaf(std::string_view name, std::optional<int> number) {
  leaf(name, number ? std::to_string(*number) : std::string());
}

}  // namespace exchange
