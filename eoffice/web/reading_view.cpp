#include "eoffice/web/reading_view.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/text.h"

namespace eoffice::web {
namespace {

using documents::Fields;
using documents::Reading;
using documents::Suggestion;
using intake::ReadingState;
using nlohmann::json;

constexpr std::size_t kMostText = 300'000;  ///< Bytes on a page.

const Suggestion* find(const Reading& reading, std::string_view field) {
  for (const auto& one : reading.suggestions) {
    if (one.field == field) return &one;
  }
  return nullptr;
}

std::string valueOf(const Reading& reading, std::string_view field) {
  const auto* found = find(reading, field);
  return found != nullptr ? found->value : std::string();
}

/// A field of the form: what the document has, and what was read, as the form writes both.
struct Pair {
  const char* field;  ///< As the form names it.
  std::string known;
  std::string read;
  const Suggestion* found = nullptr;
};

std::string viDay(const std::optional<base::LocalDate>& day) {
  return day ? base::viDate(*day) : std::string();
}

std::vector<Pair> pairsOf(const Fields& f, const Reading& reading) {
  const auto number = valueOf(reading, "code_number");
  const auto notation = valueOf(reading, "code_notation");
  const auto urgency = valueOf(reading, "urgency");
  return {
      {"notation", f.codeNotation.empty() ? "" : f.codeNumber + "/" + f.codeNotation,
       notation.empty() ? "" : number + "/" + notation, find(reading, "code_notation")},
      {"issued_on", viDay(f.issuedDate), viDay(base::parseIsoDate(valueOf(reading, "issued_date"))),
       find(reading, "issued_date")},
      {"issuer", f.issuerName, valueOf(reading, "issuer_name"), find(reading, "issuer_name")},
      {"abstract", f.subject, valueOf(reading, "subject"), find(reading, "subject")},
      {"type", f.typeName, valueOf(reading, "type"), find(reading, "type")},
      {"urgency", f.urgency == documents::Urgency::Normal ? "" : std::string(nameOf(f.urgency)),
       urgency, find(reading, "urgency")},
      {"signer", f.signerName, valueOf(reading, "signer_name"), find(reading, "signer_name")},
      {"due_on", viDay(f.dueDate), viDay(base::parseIsoDate(valueOf(reading, "due_date"))),
       find(reading, "due_date")}};
}

/// Without what people write in more ways than one: marks, case, `V/v`, leading zeros.
std::string comparable(const std::string& text) {
  auto folded = base::fold(text);
  for (const std::string_view head : {"v/v ", "ve viec "}) {
    if (folded.starts_with(head)) folded.erase(0, head.size());
  }
  while (folded.starts_with('0')) folded.erase(0, 1);
  return folded;
}

bool saysOtherwise(const Pair& pair) {
  if (pair.known.empty() || pair.read.empty() || pair.read.front() == '/') return false;
  const auto known = comparable(pair.known);
  const auto read = comparable(pair.read);
  const bool exact =
      std::string_view(pair.field) == "notation" || std::string_view(pair.field).ends_with("_on");
  return exact ? known != read : !intake::isAlike(known, read);
}

std::string placesText(const Suggestion& found) {
  std::string text;
  for (const auto& [page, box] : found.places) {
    text += fmt::format("{}{} {:.4f} {:.4f} {:.4f} {:.4f}", text.empty() ? "" : ";", page, box.x,
                        box.y, box.width, box.height);
  }
  return text;
}

// texts: field.* urgency.*
std::string shownValue(const Speech& say, const Pair& pair) {
  return std::string_view(pair.field) == "urgency" ? say("urgency." + pair.read) : pair.read;
}

std::string fieldLabel(const Speech& say, std::string_view field) {
  return say("field." + std::string(field == "due_on" ? "reply_by" : field));
}

// texts: reading.reason.*
std::string reasonOf(const Speech& say, const std::string& code) {
  const auto key = "reading.reason." + code;
  return say(say.texts().has(key) ? key : "reading.reason.other");
}

std::string stateLine(const Speech& say, const Reading& reading) {
  const auto& text = reading.text;
  const auto pages = std::to_string(text.pages);
  switch (text.state) {
    case ReadingState::Waiting:
    case ReadingState::Reading:
      return text.pages == 0 ? say("reading.waiting")
                             : say("reading.pages_read",
                                   {{"read", std::to_string(text.pagesRead)}, {"pages", pages}});
    case ReadingState::Done:
      if (reading.suggestions.empty()) return say("reading.nothing");
      return say(text.cut ? "reading.done_cut" : "reading.done", {{"pages", pages}});
    case ReadingState::None:
    case ReadingState::Failed:
      return reasonOf(say, text.errorCode);
  }
  return {};
}

bool isUnderWay(const Reading& reading) {
  return reading.text.state == ReadingState::Waiting || reading.text.state == ReadingState::Reading;
}

json progressOf(const Reading& reading) {
  if (!isUnderWay(reading)) return nullptr;
  return {{"most", std::max(1, reading.text.pages)}, {"value", reading.text.pagesRead}};
}

}  // namespace

Fields withSuggestions(Fields f, const Reading& reading) {
  const auto fill = [&](std::string& field, std::string_view name) {
    if (field.empty()) field = valueOf(reading, name);
  };
  if (f.codeNotation.empty()) {
    f.codeNumber = valueOf(reading, "code_number");
    f.codeNotation = valueOf(reading, "code_notation");
  }
  if (!f.issuedDate) f.issuedDate = base::parseIsoDate(valueOf(reading, "issued_date"));
  fill(f.issuerName, "issuer_name");
  fill(f.subject, "subject");
  fill(f.typeName, "type");
  fill(f.signerName, "signer_name");
  if (f.urgency == documents::Urgency::Normal) {
    f.urgency =
        documents::urgencyFrom(valueOf(reading, "urgency")).value_or(documents::Urgency::Normal);
  }
  if (!f.dueDate) f.dueDate = base::parseIsoDate(valueOf(reading, "due_date"));
  return f;
}

json readMarks(const Fields& fields, const Reading& reading, bool typed) {
  json marks = json::object();
  if (typed) return marks;
  for (const auto& pair : pairsOf(fields, reading)) {
    if (pair.known.empty() && !pair.read.empty()) marks[pair.field] = true;
  }
  return marks;
}

json readingView(const Speech& say, DocumentId id, const Reading& reading, const Fields& fields,
                 bool typed) {
  const auto path = "/documents/" + std::to_string(id.value());
  json found = json::array();
  json differences = json::array();
  for (const auto& pair : pairsOf(fields, reading)) {
    if (pair.found == nullptr) continue;
    const bool other = saysOtherwise(pair);
    found.push_back({{"field", pair.field},
                     {"value", pair.read},
                     {"places", placesText(*pair.found)},
                     {"fill", pair.known.empty() ? "yes" : "no"},
                     {"look", pair.found->sure ? "" : "yes"}});
    if (!other) continue;
    differences.push_back({{"field", pair.field},
                           {"value", pair.read},
                           {"label", fieldLabel(say, pair.field)},
                           {"shown", shownValue(say, pair)}});
  }
  json secrecy = nullptr;
  if (reading.secrecy) {
    secrecy = {{"mark", reading.secrecy->value},
               {"page", reading.secrecy->places.empty() ? 1 : reading.secrecy->places[0].page},
               {"places", placesText(*reading.secrecy)}};
  }
  return {{"line", reading.secrecy ? "" : stateLine(say, reading)},
          {"kind", reading.text.state == ReadingState::Failed ? "near" : "soft"},
          {"progress", progressOf(reading)},
          {"url", path + "/reading"},
          {"poll", isUnderWay(reading)},
          {"typed", typed},
          {"retry", reading.text.state == ReadingState::Failed},
          {"retry_url", path + "/reading/retry"},
          {"found", std::move(found)},
          {"differences", std::move(differences)},
          {"secrecy", std::move(secrecy)}};
}

json plainTextView(const Speech& say, const Reading& reading, const std::string& text) {
  json pages = json::array();
  std::size_t at = 0;
  for (int page = 1; at < std::min(text.size(), kMostText); ++page) {
    const auto end = std::min(text.find('\f', at), text.size());
    pages.push_back({{"title", say("reading.page", {{"page", std::to_string(page)}})},
                     {"body", text.substr(at, end - at)}});
    at = end + 1;
  }
  const bool none = pages.empty();
  return {{"pages", std::move(pages)},
          {"note", none ? json(stateLine(say, reading))
                   : reading.text.source == intake::TextSource::TextLayer
                       ? json(nullptr)
                       : json(say("reading.by_ocr"))},
          {"copies", !none}};
}

}  // namespace eoffice::web
