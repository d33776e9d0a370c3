#include "eoffice/intake/findings.h"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "eoffice/intake/find_rules.h"
#include "eoffice/signing/page_layout.h"

namespace eoffice::intake {
namespace {

struct FieldName {
  FoundField field;
  std::string_view name;
};
// The names of the fields that acts take, where there are such.
constexpr std::array<FieldName, 12> kNames{{{FoundField::Symbol, "symbol"},
                                            {FoundField::IssuedDate, "issued_date"},
                                            {FoundField::Issuer, "issuer_name"},
                                            {FoundField::IssuerParent, "issuer_parent"},
                                            {FoundField::Type, "type"},
                                            {FoundField::Subject, "subject"},
                                            {FoundField::Signer, "signer_name"},
                                            {FoundField::SignerPosition, "signer_position"},
                                            {FoundField::Competence, "signer_competence"},
                                            {FoundField::Urgency, "urgency"},
                                            {FoundField::DueDate, "due_date"},
                                            {FoundField::Secrecy, "secrecy"}}};

void add(std::vector<Finding>& all, std::optional<Finding> one) {
  if (one) all.push_back(std::move(*one));
}
void add(std::vector<Finding>& all, std::vector<Finding> some) {
  for (auto& one : some) all.push_back(std::move(one));
}

// what OCR reads is looked at as the text of a PDF is.
std::optional<Finding> findSecrecy(const std::vector<PageText>& pages) {
  std::optional<SecrecyMark> worst;
  for (const auto& page : pages) {
    PdfPageText text{page.width, page.height, {}};
    for (const auto& word : page.words) text.words.push_back({word.text, word.box, 0, {}});
    const auto mark = layout::findSecrecyMark(text, page.page);
    if (mark && (!worst || mark->level > worst->level)) worst = mark;
  }
  if (!worst) return std::nullopt;
  Finding found{.field = FoundField::Secrecy, .value = worst->text};
  for (const auto& page : pages) {
    if (page.page != worst->page) continue;
    for (const auto& row : rowsOf(page)) {
      for (const auto& line : row) {
        if (line.folded == base::fold(worst->text)) {
          found.places.push_back({line.page, line.box});
        }
      }
    }
  }
  if (found.places.empty()) found.places.push_back({worst->page, {0, 0, 1, 0.5}});
  return found;
}

std::optional<base::LocalDate> dayOf(const std::optional<Finding>& date) {
  return date ? base::parseIsoDate(date->value) : std::nullopt;
}

}  // namespace

std::vector<Finding> findFields(const std::vector<PageText>& pages,
                                const std::vector<TypeName>& types) {
  std::vector<Finding> all;
  if (auto secret = findSecrecy(pages)) return {std::move(*secret)};  // Nothing else of it is kept.
  std::vector<std::vector<Row>> read;
  read.reserve(pages.size());
  for (const auto& page : pages) read.push_back(rowsOf(page));
  std::optional<base::LocalDate> issued;
  if (!pages.empty() && pages.front().page == 1) {
    const auto head = rules::headOf(read.front());
    const auto symbol = rules::findSymbol(head);
    const auto date = rules::findIssuedDate(head);
    issued = dayOf(date);
    add(all, symbol);
    add(all, date);
    add(all, rules::findIssuer(head));
    add(all, rules::findTypeAndSubject(head, read.front(), types, symbol));
    add(all, rules::findUrgency(read.front()));
  }
  add(all, rules::findSigner(read));
  add(all, rules::findDueDate(read, issued));
  return all;
}

std::string_view nameOf(FoundField field) {
  for (const auto& one : kNames) {
    if (one.field == field) return one.name;
  }
  return "";
}

std::optional<FoundField> foundFieldFrom(std::string_view name) {
  for (const auto& one : kNames) {
    if (one.name == name) return one.field;
  }
  return std::nullopt;
}

nlohmann::json toJson(const std::vector<Finding>& findings) {
  auto out = nlohmann::json::array();
  for (const auto& found : findings) {
    auto places = nlohmann::json::array();
    for (const auto& [page, box] : found.places) {
      places.push_back({page, box.x, box.y, box.width, box.height});
    }
    out.push_back({{"field", nameOf(found.field)},
                   {"value", found.value},
                   {"sure", found.sure},
                   {"places", std::move(places)}});
  }
  return out;
}

std::vector<Finding> findingsFromJson(const std::string& text) {
  std::vector<Finding> findings;
  if (text.empty()) return findings;
  for (const auto& one : nlohmann::json::parse(text)) {
    const auto field = foundFieldFrom(one.at("field").get<std::string>());
    if (!field) continue;
    Finding found{.field = *field, .value = one.at("value"), .places = {}, .sure = one.at("sure")};
    for (const auto& place : one.at("places")) {
      found.places.push_back({place.at(0), {place.at(1), place.at(2), place.at(3), place.at(4)}});
    }
    findings.push_back(std::move(found));
  }
  return findings;
}

std::optional<std::size_t> mostAlike(std::string_view name,
                                     const std::vector<std::string>& candidates) {
  std::optional<std::size_t> best;
  std::size_t least = name.size() / 6 + 1;
  bool tied = false;
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const auto apart = distance(name, candidates[i], name.size() / 6);
    if (apart > name.size() / 6 || apart > least) continue;
    tied = best && apart == least && candidates[*best] != candidates[i];
    if (!best || apart < least) best = i;
    least = apart;
  }
  return tied ? std::nullopt : best;
}

namespace rules {

Finding finding(FoundField field, std::string value, const std::vector<Line>& lines) {
  constexpr int kSureEnough = 60;
  Finding found{.field = field, .value = std::move(value)};
  for (const auto& line : lines) {
    found.places.push_back({line.page, line.box});
    if (line.sure < kSureEnough) found.sure = false;
  }
  return found;
}

}  // namespace rules
}  // namespace eoffice::intake
