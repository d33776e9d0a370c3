#include "eoffice/records/case_papers.h"

#include "eoffice/print/paper.h"

namespace eoffice::records {
namespace {

using print::Align;
using print::Column;
using print::Paper;

std::string day(const std::optional<base::LocalDate>& date) {
  return date ? base::viDate(*date) : std::string();
}

std::string span(const CaseFile& file) {
  return base::viDate(file.openedOn) + (file.endedOn ? " – " + base::viDate(*file.endedOn) : "");
}

}  // namespace

std::string retentionInWords(const base::Texts& texts, base::Language language,
                             const Retention& retention) {
  if (!retention) return texts.get(language, "case_file.permanent");
  return texts.get(language, "case_file.years", {{"years", std::to_string(*retention)}});
}

std::string CasePapers::say(std::string_view key, const base::Texts::Facts& facts) const {
  return texts_.get(base::Language::Vi, "case_paper." + std::string(key), facts);
}

// texts: case_paper.*
void CasePapers::contents(const Letterhead& head, const CaseFile& file,
                          const std::vector<ItemLine>& items,
                          const std::filesystem::path& out) const {
  Paper paper({.title = say("contents"),
               .foot = say("foot", {{"who", head.printedBy}}),
               .pageOf = say("page_of")});
  paper.head({head.parent, head.agency}, {say("state"), say("motto")});
  paper.space(4);
  paper.text(say("contents"), {.size = 14, .bold = true, .align = Align::Center});
  paper.text(say("contents_of", {{"code", file.code}, {"title", file.title}}),
             {.align = Align::Center, .spaceAfter = 4});
  paper.beginTable({{say("number"), 1.3, Align::Center},
                    {say("symbol"), 4},
                    {say("date"), 2.8, Align::Center},
                    {say("subject"), 6},
                    {say("issuer"), 3},
                    {say("pages"), 1.4, Align::Center},
                    {say("note"), 1.5}},
                   {.size = 10, .numbered = true});
  int number = 0;
  for (const auto& item : items) {
    const auto subject = item.typeName.empty() ? item.subject : item.typeName + ": " + item.subject;
    paper.row({std::to_string(++number), item.symbol, day(item.issuedDate),
               item.seen ? subject : say("not_seen"), item.issuerName,
               item.pages > 0 ? std::to_string(item.pages) : "", ""});
  }
  paper.endTable();
  paper.text(say("contents_total", {{"count", std::to_string(items.size())}}), {.italic = true});
  paper.write(out);
}

void CasePapers::handIn(const Letterhead& head, const HandIn& handIn,
                        const std::vector<CaseFile>& files,
                        const std::filesystem::path& out) const {
  Paper paper({.title = say("hand_in"),
               .foot = say("foot", {{"who", head.printedBy}}),
               .pageOf = say("page_of")});
  paper.head({head.parent, head.agency}, {say("state"), say("motto")});
  paper.space(4);
  paper.text(say("hand_in"), {.size = 14, .bold = true, .align = Align::Center, .spaceAfter = 4});
  paper.beginTable({{say("number"), 1.6, Align::Center},
                    {say("file_code"), 2.2},
                    {say("file_title"), 6},
                    {say("span"), 3, Align::Center},
                    {say("retention"), 2, Align::Center},
                    {say("documents"), 1.6, Align::Center},
                    {say("note"), 1.6}},
                   {.numbered = true});
  int number = 0;
  for (const auto& file : files) {
    paper.row({std::to_string(++number), file.code, file.title, span(file),
               retentionInWords(texts_, base::Language::Vi, file.retention),
               std::to_string(file.documents), file.note});
  }
  paper.endTable();
  paper.newPage();
  paper.head({head.parent, head.agency}, {say("state"), say("motto")});
  paper.space(4);
  paper.text(say("record"), {.size = 14, .bold = true, .align = Align::Center, .spaceAfter = 4});
  paper.text(say("record_handed", {{"who", handIn.byName},
                                   {"at", base::viDateTime(handIn.at)},
                                   {"count", std::to_string(files.size())}}));
  if (handIn.answeredAt) {
    paper.text(say("record_" + std::string(nameOf(handIn.state)),
                   {{"who", handIn.answeredByName},
                    {"at", base::viDateTime(*handIn.answeredAt)},
                    {"remark", handIn.remark}}));
  }
  paper.text(say("record_copies"));
  paper.space(6);
  paper.signatures({{"", say("giver"), say("sign_here"), handIn.byName},
                    {"", say("taker"), say("sign_here"), handIn.answeredByName}});
  paper.write(out);
}

void CasePapers::list(const Letterhead& head, const CaseList& list,
                      const std::filesystem::path& out) const {
  const auto year = std::to_string(list.year);
  Paper paper({.title = say("list", {{"year", year}}),
               .foot = say("foot", {{"who", head.printedBy}}),
               .pageOf = say("page_of")});
  paper.head({head.parent, head.agency}, {say("state"), say("motto")});
  paper.space(4);
  paper.text(say("list", {{"year", year}}),
             {.size = 14, .bold = true, .align = Align::Center, .spaceAfter = 2});
  paper.text(list.issuedAt ? say("list_in_force", {{"at", base::viDateTime(*list.issuedAt)},
                                                   {"who", list.issuedByName}})
                           : say("list_draft"),
             {.italic = true, .align = Align::Center, .spaceAfter = 4});
  paper.beginTable({{say("file_code"), 2},
                    {say("list_title"), 6},
                    {say("retention"), 2, Align::Center},
                    {say("keeper"), 3},
                    {say("note"), 2}},
                   {.numbered = true});
  std::string heading;
  for (const auto& entry : list.entries) {
    if (entry.heading != heading) {
      heading = entry.heading;
      paper.row({"", heading, "", "", ""});
    }
    paper.row({entry.code, entry.title,
               retentionInWords(texts_, base::Language::Vi, entry.retention), entry.keeperName,
               entry.note});
  }
  paper.endTable();
  paper.write(out);
}

}  // namespace eoffice::records
