#include "eoffice/documents/slip.h"

#include "eoffice/directory/agencies.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/reach.h"
#include "eoffice/documents/reading.h"
#include "eoffice/print/paper.h"
#include "reminder/tasks/task_event.h"

namespace eoffice::documents {
namespace {

using base::Language;
using base::db::Session;

// Names of everybody on the slip, by two queries.
class Names {
 public:
  Names(Session& session, const Chain& chain, const std::vector<reminder::TaskEvent>& events,
        base::LocalDate day) {
    std::vector<PostId> posts;
    std::vector<UnitId> units;
    for (const auto& one : chain.instructions) posts.push_back(one.giver);
    for (const auto& one : chain.receivers) {
      posts.push_back(one.post);
      if (one.unit.valid()) units.push_back(one.unit);
    }
    for (const auto& one : events) posts.emplace_back(one.actor.holder.value());
    posts_ = directory::postNames(session, posts);
    units_ = directory::reachOf(session, units, day);
  }

  [[nodiscard]] std::string signer(PostId post) const {
    const auto found = posts_.find(post);
    return found == posts_.end() ? std::string()
                                 : found->second.personName + ", " + found->second.title;
  }
  [[nodiscard]] std::string receiver(const ReceiverRow& row) const {
    const auto unit = units_.find(row.unit);
    if (unit != units_.end()) return unit->second.name;
    const auto found = posts_.find(row.post);
    if (found == posts_.end()) return {};
    const auto& name = found->second;
    return name.unitName.empty() ? name.personName : name.personName + ", " + name.unitName;
  }

 private:
  std::map<PostId, directory::PostName> posts_;
  std::map<UnitId, directory::UnitReach> units_;
};

bool stands(const ReceiverRow& row) {
  return row.part != Part::Informed && row.state != ReceiverState::TakenBack &&
         row.state != ReceiverState::Returned && row.state != ReceiverState::Replaced;
}

SlipWord wordOf(const InstructionRow& row, const Chain& chain, const Names& names) {
  SlipWord word{.by = names.signer(row.giver), .day = base::localDate(row.at), .text = row.text};
  for (const auto& one : chain.receivers) {
    if (one.instruction != row.id || !stands(one)) continue;
    word.receivers.push_back({.name = names.receiver(one), .part = one.part, .due = one.due});
  }
  return word;
}

std::string say(const base::Texts& texts, const char* key, const base::Texts::Facts& facts = {}) {
  return texts.get(Language::Vi, key, facts);
}

std::string documentLine(const Fields& f) {
  std::string line = f.typeName;
  const auto add = [&](const std::string& part) {
    if (!part.empty()) line += (line.empty() ? "" : ", ") + part;
  };
  add(symbolOf(f.codeNumber, f.codeNotation));
  if (f.issuedDate) add(base::viDate(*f.issuedDate));
  add(f.issuerName);
  add(f.subject);
  return line;
}

void printWords(print::Paper& paper, const base::Texts& texts, const char* title,
                const std::vector<SlipWord>& words) {
  paper.text(say(texts, title), {.bold = true});
  for (const auto& word : words) {
    paper.text(word.text);
    if (!word.receivers.empty()) {
      paper.beginTable({{say(texts, "slip.part"), 2},
                        {say(texts, "slip.receiver"), 5},
                        {say(texts, "slip.due"), 2}});
      for (const auto& one : word.receivers) {
        paper.row({say(texts, one.part == Part::Lead ? "chain.part.lead" : "chain.part.support"),
                   one.name, one.due ? base::viDate(*one.due) : ""});
      }
      paper.endTable();
    }
    paper.text(word.by + " – " + base::viDate(word.day), {.italic = true, .spaceAfter = 4});
  }
  if (words.empty()) paper.blankLines(2);
}

}  // namespace

std::optional<Slip> slipOf(Session& session, const base::Texts& texts, const Caller& caller,
                           DocumentId id) {
  const auto detail = documents::detail(session, caller, id);
  if (!detail || !detail->document.incoming) return std::nullopt;
  const auto& chain = detail->chain;
  std::vector<reminder::TaskId> tasks;
  for (const auto& one : chain.receivers) {
    if (one.task != 0) tasks.emplace_back(one.task);
  }
  const auto events = reminder::wordsOn(session, tasks);
  const Names names(session, chain, events, base::localDate(detail->document.createdAt));
  const auto agency = directory::findAgency(session, detail->document.agency);
  const auto parent =
      agency ? directory::findAgency(session, agency->parent) : std::optional<directory::Agency>();
  const auto& incoming = *detail->document.incoming;
  Slip slip{.parentAgency = parent ? parent->name : "",
            .agency = agency ? agency->name : "",
            .document = documentLine(detail->document.fields)};
  if (incoming.arrivalNumber && incoming.arrivalDate) {
    slip.arrival = say(texts, "slip.arrival",
                       {{"number", std::to_string(*incoming.arrivalNumber)},
                        {"day", base::viDate(*incoming.arrivalDate)}});
  }
  for (const auto& one : chain.instructions) {
    auto& words = one.kind == InstructionKind::Forward ? slip.units : slip.leaders;
    words.push_back(wordOf(one, chain, names));
  }
  for (const auto& one : events) {
    slip.handlers.push_back({.by = names.signer(PostId(one.actor.holder.value())),
                             .day = base::localDate(one.at),
                             .text = one.note});
  }
  return slip;
}

void printSlip(const Slip& slip, const base::Texts& texts, const std::string& foot,
               const std::filesystem::path& file) {
  print::Paper paper(
      {.title = say(texts, "slip.title"), .foot = foot, .pageOf = say(texts, "slip.page")});
  std::vector<std::string> left;
  if (!slip.parentAgency.empty()) left.push_back(slip.parentAgency);
  left.push_back(slip.agency);
  paper.head(left, {say(texts, "slip.nation"), say(texts, "slip.motto")});
  paper.space(4);
  paper.text(say(texts, "slip.heading"), {.size = 14, .bold = true, .align = print::Align::Center});
  paper.space(2);
  if (!slip.arrival.empty()) paper.text(slip.arrival);
  paper.text(slip.document, {.spaceAfter = 4});
  printWords(paper, texts, "slip.leaders", slip.leaders);
  printWords(paper, texts, "slip.units", slip.units);
  printWords(paper, texts, "slip.handlers", slip.handlers);
  paper.write(file);
}

}  // namespace eoffice::documents
