#include <algorithm>
#include <chrono>
#include <limits>

#include <fmt/format.h>

#include "eoffice/search/facets_internal.h"
#include "eoffice/search/passages.h"
#include "eoffice/search/terms_internal.h"
#include "eoffice/search/words.h"

namespace eoffice::search {
namespace {

constexpr std::size_t kLongestTerm = 200;          // Xapian takes 245 bytes.
constexpr Xapian::termpos kGapBetweenTexts = 100;  // No phrase reaches from one text into the next.

// How much a word counts, by where it stands.
constexpr Xapian::termcount kInSubject = 8;
constexpr Xapian::termcount kInField = 3;
constexpr Xapian::termcount kInText = 1;

// Adds one text after the other.
class Builder {
 public:
  explicit Builder(Xapian::Document& document) : document_(document) {}

  void text(std::string_view text, Xapian::termcount weight, std::string_view field = {}) {
    std::string before;
    std::string term;
    eachWord(text, [&](const Word& word) {
      ++position_;
      document_.add_posting(word.folded, position_, weight);
      if (!word.exact.empty()) add(term, kExact, word.exact, weight);
      if (!before.empty()) {
        before += ' ';
        before += word.folded;
        add(term, kPair, before, weight);
      }
      if (!field.empty()) {
        term.assign(field);
        term += word.folded;
        document_.add_posting(term, position_, 1);
      }
      before = word.folded;
      return true;
    });
    position_ += kGapBetweenTexts;
  }

  void attribute(Attribute which, const std::string& value) {
    if (!value.empty()) document_.add_boolean_term(attributeTerm(which, value));
  }

 private:
  void add(std::string& term, std::string_view prefix, const std::string& word,
           Xapian::termcount weight) {
    if (word.size() > kLongestTerm) return;
    term.assign(prefix);
    term += word;
    document_.add_term(term, weight);
  }

  Xapian::Document& document_;
  Xapian::termpos position_ = 0;
};

void addTexts(Builder& builder, const Content& content) {
  builder.text(content.symbol, kInSubject);
  builder.text(content.arrivalNumber, kInField);
  builder.text(content.subject, kInSubject, prefixOf(Part::Subject));
  builder.text(content.issuer, kInField, prefixOf(Part::Issuer));
  builder.text(content.signer, kInField, prefixOf(Part::Signer));
  builder.text(content.typeName, kInField);
  builder.text(content.description, kInField);
  builder.text(content.receivers, kInText, prefixOf(Part::Receivers));
  for (const auto& text : content.instructions) {
    builder.text(text, kInField, prefixOf(Part::Instruction));
  }
  for (const auto& text : content.notes) builder.text(text, kInField, prefixOf(Part::Note));
  for (const auto& file : content.files) {
    builder.text(file.name, kInField, prefixOf(Part::File));
    builder.text(std::string_view(file.text).substr(0, kMostText), kInText);
  }
}

void addAttributes(Builder& builder, const Content& content) {
  builder.attribute(Attribute::Number, foldedWords(content.number));
  builder.attribute(Attribute::ArrivalNumber, foldedWords(content.arrivalNumber));
  const auto symbol = foldedWords(content.symbol);
  builder.attribute(Attribute::Symbol, symbol);
  // The notation without its number is asked for too: `kyhieu:UBND-KGVX`.
  if (const auto space = symbol.find(' '); !content.number.empty() && space != std::string::npos) {
    builder.attribute(Attribute::Symbol, symbol.substr(space + 1));
  }
  builder.attribute(Attribute::Type, foldedWords(content.typeName));
  builder.attribute(Attribute::Type, foldedWords(content.typeCode));
  builder.attribute(Attribute::Issuer, foldedWords(content.issuer));
  builder.attribute(Attribute::State, std::to_string(content.state));
  builder.attribute(Attribute::Urgency, std::to_string(content.urgency));
  builder.attribute(Attribute::Direction, std::to_string(content.direction));
  builder.attribute(Attribute::Year, std::to_string(static_cast<int>(content.day.year())));
  builder.attribute(Attribute::Agency, std::to_string(content.agency.value()));
}

}  // namespace

std::string_view prefixOf(Part part) {
  switch (part) {
    case Part::Anywhere:
      return "";
    case Part::Subject:
      return "XS";
    case Part::Issuer:
      return "XI";
    case Part::Signer:
      return "XG";
    case Part::Receivers:
      return "XR";
    case Part::Instruction:
      return "XB";
    case Part::Note:
      return "XN";
    case Part::File:
      return "XF";
  }
  return "";
}

std::string_view prefixOf(Attribute attribute) {
  switch (attribute) {
    case Attribute::Number:
      return "N";
    case Attribute::ArrivalNumber:
      return "R";
    case Attribute::Symbol:
      return "K";
    case Attribute::Type:
      return "T";
    case Attribute::Issuer:
      return "I";
    case Attribute::State:
      return "S";
    case Attribute::Urgency:
      return "U";
    case Attribute::Direction:
      return "D";
    case Attribute::Year:
      return "Y";
    case Attribute::Agency:
      return kAgency;
  }
  return "";
}

std::string attributeTerm(Attribute attribute, const std::string& value) {
  return std::string(prefixOf(attribute)) + value.substr(0, kLongestTerm);
}

std::string monthTerm(int year, unsigned month) {
  return fmt::format("{}{:04}{:02}", kMonth, year, month);
}

Xapian::docid docidOf(DocumentId document) {
  return std::numeric_limits<Xapian::docid>::max() - static_cast<Xapian::docid>(document.value());
}

DocumentId documentOf(Xapian::docid id) {
  return DocumentId(std::numeric_limits<Xapian::docid>::max() - id);
}

std::string dayValue(base::LocalDate day) {
  return fmt::format("{:04}{:02}{:02}", static_cast<int>(day.year()),
                     static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
}

Xapian::Document documentFor(const Content& content) {
  Xapian::Document document;
  Builder builder(document);
  addTexts(builder, content);
  addAttributes(builder, content);
  for (const auto& post : content.readers) {
    document.add_boolean_term(std::string(kReader) + std::to_string(post.value()));
  }
  document.add_boolean_term(std::string(kDocument) + std::to_string(content.document.value()));
  document.add_boolean_term(
      monthTerm(static_cast<int>(content.day.year()), static_cast<unsigned>(content.day.month())));
  document.add_value(kDaySlot, dayValue(content.day));
  document.add_value(kFacetSlot, packFacets(content));
  document.set_data(packTexts(content, kMostText));
  return document;
}

}  // namespace eoffice::search
