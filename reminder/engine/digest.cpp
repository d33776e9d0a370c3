#include "reminder/engine/digest.h"

#include <algorithm>
#include <cstdlib>
#include <nlohmann/json.hpp>

namespace reminder {
namespace {

using base::Texts;
using nlohmann::json;

/// A flood is cut: the list behind the link shows everything.
constexpr std::size_t kMostLines = 60;

const char* reasonKey(RecipientRole role) {
  switch (role) {
    case RecipientRole::Holder:
      return "mail.why.holder";
    case RecipientRole::HeadOfUnit:
      return "mail.why.head_of_unit";
    case RecipientRole::HeadOfOffice:
      return "mail.why.head_of_office";
    case RecipientRole::Assigner:
      return "mail.why.assigner";
    case RecipientRole::Supports:
      return "mail.why.supports";
  }
  return "mail.why.holder";
}

const char* whenKey(int workdaysLeft) {
  if (workdaysLeft > 0) return "mail.when.left";
  return workdaysLeft == 0 ? "mail.when.today" : "mail.when.late";
}

}  // namespace

struct TemplateDigestWriter::Counts {
  std::size_t late = 0;
  std::size_t today = 0;
  std::size_t near = 0;
};

TemplateDigestWriter::Counts TemplateDigestWriter::countsOf(const Digest& digest) {
  Counts counts;
  for (const auto& line : digest.lines) {
    if (line.workdaysLeft < 0) ++counts.late;
    if (line.workdaysLeft == 0) ++counts.today;
    if (line.workdaysLeft > 0) ++counts.near;
  }
  return counts;
}

TemplateDigestWriter::TemplateDigestWriter(const base::Templates& templates,
                                           const base::Texts& texts, std::string baseUrl)
    : templates_(templates), texts_(texts), baseUrl_(std::move(baseUrl)) {
  while (baseUrl_.ends_with('/')) baseUrl_.pop_back();
}

/// `2 việc trễ hạn, 1 việc đến hạn hôm nay`: what there is none of is not mentioned.
std::string TemplateDigestWriter::partsOf(const Counts& counts, base::Language language) const {
  const std::pair<const char*, std::size_t> all[] = {{"mail.part.late", counts.late},
                                                     {"mail.part.today", counts.today},
                                                     {"mail.part.near", counts.near}};
  std::string parts;
  for (const auto& [key, count] : all) {
    if (count == 0) continue;
    if (!parts.empty()) parts += ", ";
    parts += texts_.get(language, key, {{"count", std::to_string(count)}});
  }
  return parts;
}

MailText TemplateDigestWriter::write(const Digest& digest) const {
  const auto language = digest.reader.language;
  const auto text = [&](const char* key, const Texts::Facts& facts = {}) {
    return texts_.get(language, key, facts);
  };
  json lines = json::array();
  for (std::size_t i = 0; i < std::min(kMostLines, digest.lines.size()); ++i) {
    const auto& line = digest.lines[i];
    const auto days = std::to_string(std::abs(line.workdaysLeft));
    json shown = {{"title", line.title},
                  {"when", text(whenKey(line.workdaysLeft),
                                {{"days", days}, {"due", base::viDate(line.due)}})},
                  {"why", text(reasonKey(line.role))},
                  {"link", baseUrl_ + "/tasks/" + std::to_string(line.task.value())}};
    if (line.standsIn) shown["why"] = text("mail.why.stands_in", {{"why", shown["why"]}});
    lines.push_back(std::move(shown));
  }
  const Texts::Facts facts = {{"parts", partsOf(countsOf(digest), language)},
                              {"name", digest.reader.name}};
  const auto hidden = digest.lines.size() - lines.size();
  json data = {{"hello", text("mail.digest.hello", facts)},
               {"summary", text("mail.digest.summary", facts)},
               {"lines", std::move(lines)},
               {"all", baseUrl_ + "/tasks"}};
  if (hidden > 0) {
    data["more"] = text("mail.digest.more", {{"count", std::to_string(hidden)}});
  }
  return {text("mail.digest.subject", facts), templates_.render("digest", data, language)};
}

}  // namespace reminder
