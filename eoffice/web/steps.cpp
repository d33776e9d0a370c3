#include "eoffice/web/steps.h"

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "base/text.h"
#include "eoffice/directory/agencies.h"
#include "eoffice/directory/heads.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/directory/pickers.h"
#include "eoffice/documents/book.h"
#include "eoffice/documents/book_list.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/instruct_form.h"
#include "eoffice/web/reading_view.h"
#include "eoffice/web/task_view.h"

namespace eoffice::web {
namespace {

using documents::Direction;
using documents::StepKind;
using nlohmann::json;

std::string text(std::int64_t number) { return std::to_string(number); }

std::string bookName(const Speech& say, Direction direction, base::LocalDate today) {
  return say("book." + std::string(nameOf(direction)),
             {{"year", text(static_cast<int>(today.year()))}});
}

json noteOf(const documents::Detail& detail, StepKind kind) {
  for (auto step = detail.steps.rbegin(); step != detail.steps.rend(); ++step) {
    if (step->kind != kind || !step->doneAt || step->remark.empty()) continue;
    return {{"text", step->remark},
            {"by", step->doneByName + ", " + step->doneByTitle},
            {"at", base::viDateTime(*step->doneAt)}};
  }
  return nullptr;
}

// The remark of the last return that nothing has answered yet.
json returnedNote(const documents::Detail& detail) {
  for (auto step = detail.steps.rbegin(); step != detail.steps.rend(); ++step) {
    if (step->outcome != documents::Outcome::Returned || !step->doneAt) continue;
    return {{"text", step->remark},
            {"by", step->doneByName + ", " + step->doneByTitle},
            {"at", base::viDateTime(*step->doneAt)}};
  }
  return nullptr;
}

// The common name out of `CN=...,O=...`.
std::string issuerName(const std::string& subject) {
  const auto begin = subject.find("CN=");
  if (begin == std::string::npos) return subject;
  return subject.substr(begin + 3, subject.find(',', begin) - begin - 3);
}

// What was typed, after a refusal; else what is known.
std::string typedOr(const Visit& visit, const std::string& field, const std::string& otherwise) {
  return visit.form.fields.contains(field) ? visit.form.value(field) : otherwise;
}

struct BookChoice {
  std::string next;              // of the one book that there is
  json options = json::array();  // of several
};

// The books that a document may be registered in, the one offered first selected.
BookChoice bookChoice(const PageParts& parts, base::db::Session& session, const Visit& visit,
                      const std::string& typeName) {
  const Speech say(parts.renderer.texts(), visit.language);
  const auto& caller = visit.caller();
  const auto today = parts.renderer.clock().today();
  const auto scheme =
      documents::schemeOn(session, parts.types, caller.agency, Direction::Incoming, today);
  const auto nextIn = [&](const documents::Series& book) {
    return text(
        documents::nextNumber(session, caller.agency, Direction::Incoming, book.code, today));
  };
  BookChoice choice;
  if (scheme.series.size() == 1) {
    choice.next = nextIn(scheme.series.front());
    return choice;
  }
  const auto offered = documents::offeredBook(session, scheme, caller.post, typeName).code;
  const auto selected = typedOr(visit, "book", offered);
  for (const auto& book : scheme.series) {  // Few: what the head decided.
    choice.options.push_back(
        {{"value", book.code},
         {"label", say("book.next", {{"book", book.name}, {"number", nextIn(book)}})},
         {"selected", book.code == selected}});
  }
  return choice;
}

// The fields of a registration, with or without a document.
json registration(const PageParts& parts, base::db::Session& session, const Visit& visit,
                  const documents::Fields& f) {
  const Speech say(parts.renderer.texts(), visit.language);
  const auto today = parts.renderer.clock().today();
  const auto typed = [&](const char* field, const std::string& otherwise) {
    return typedOr(visit, field, otherwise);
  };
  const auto day = [](const auto& date) { return date ? base::viDate(*date) : std::string(); };
  const auto urgency = documents::urgencyFrom(typed("urgency", "")).value_or(f.urgency);
  const auto typeName = typed("type", f.typeName.empty() ? say("type.usual") : f.typeName);
  const auto symbol = f.codeNumber.empty() ? f.codeNotation : f.codeNumber + "/" + f.codeNotation;
  const auto books = bookChoice(parts, session, visit, typeName);
  return {{"kind", "register"},
          {"label", say("step.register")},
          {"upload_url", nullptr},
          {"upload_limit", sizeInWords(parts.uploadLimit, visit.language)},
          {"upload_bytes", parts.uploadLimit},
          {"needs_file", false},
          {"next_number", books.options.empty() ? json(books.next) : json(nullptr)},
          {"books", books.options},
          {"book", bookName(say, Direction::Incoming, today)},
          {"values",
           {{"notation", typed("notation", symbol)},
            {"issued_on", typed("issued_on", day(f.issuedDate))},
            {"issuer", typed("issuer", f.issuerName)},
            {"abstract", typed("abstract", f.subject)},
            {"signer", typed("signer", f.signerName)},
            {"due_on", typed("due_on", day(f.dueDate))}}},
          {"read", json::object()},
          {"has_read", false},
          {"duplicate", false},
          {"reading", nullptr},
          {"options",
           {{"issuers", json::array()},
            {"types", typeOptions(parts.types, documents::Direction::Incoming, typeName)},
            {"urgencies", urgencyOptions(say, urgency)},
            {"secrecies", secrecyOptions(say, typed("secrecy", ""))}}},
          {"return", nullptr}};
}

// `1, 7` → its parts.
std::vector<std::string> partsOf(const std::string& list) {
  std::vector<std::string> parts;
  std::istringstream in(list);
  for (std::string part; std::getline(in, part, ',');) parts.push_back(base::squeezed(part));
  return parts;
}

// The documents that are here already, to be opened and compared.
json duplicateLinks(const Speech& say, const base::Refusal& refused) {
  std::map<std::string, std::vector<std::string>> facts;
  for (const auto& [name, value] : refused.facts) facts[name] = partsOf(value);
  const auto& numbers = facts["number"];
  json links = json::array();
  for (const auto& document : facts["document"]) {
    if (links.size() == numbers.size()) break;
    links.push_back({{"url", "/documents/" + document},
                     {"text", say("duplicate.here", {{"number", numbers[links.size()]}})}});
  }
  return links;
}

}  // namespace

Steps::Steps(const PageParts& parts, base::db::Session& session, const Visit& visit,
             const documents::Detail& detail)
    : parts_(parts),
      session_(session),
      visit_(visit),
      detail_(detail),
      say_(parts.renderer.texts(), visit.language) {}

std::string Steps::path() const { return "/documents/" + text(detail_.document.id.value()); }

std::string Steps::typed(const std::string& field, const std::string& otherwise) const {
  return typedOr(visit_, field, otherwise);
}

json Steps::current(const base::Refusal* refused) const {
  if (detail_.open.empty()) return nullptr;
  const auto kind = detail_.open.front();
  auto form = formOf(kind);
  if (form.is_null()) return nullptr;
  const auto list = visit_.request.query("list");
  const auto tail = list ? "?list=" + escapedQuery(*list) : std::string();
  form["action"] = form["action"].get<std::string>() + tail;
  form["version"] = text(detail_.document.version);
  form["errors"] = refused ? errorsOf(parts_.renderer, visit_.language, *refused) : json::object();
  if (form.contains("return") && !form["return"].is_null()) {
    form["return"]["action"] = form["return"]["action"].get<std::string>() + tail;
  }
  if (form.contains("duplicate")) {
    const bool twice = refused != nullptr && refused->code == "document.duplicate";
    form["duplicate"] = twice;
    form["duplicates"] = twice ? duplicateLinks(say_, *refused) : json::array();
  }
  if (form.contains("away_asked")) {
    form["away_asked"] = refused != nullptr && refused->code == "routing.leader_away";
  }
  const auto name = form["kind"].get<std::string>();
  const auto label = form["label"].get<std::string>();
  form.erase("kind");
  form.erase("label");
  return {{"label", label}, {name, std::move(form)}};
}

json Steps::formOf(StepKind kind) const {
  switch (kind) {
    case StepKind::Register:
      return registerForm();
    case StepKind::Submit:
      return submitForm(parts_, session_, visit_, detail_);
    case StepKind::Direct:
      return instructForm(parts_, session_, visit_, detail_);
    case StepKind::Handle:
      return handleForm();
    case StepKind::Revise:
      return reviseForm();
    case StepKind::Review:
      return reviewForm();
    case StepKind::Sign:
      return signForm();
    case StepKind::Number:
      return numberForm();
    case StepKind::Seal:
      return sealForm();
    case StepKind::Issue:
      return issueForm();
    case StepKind::Support:
      return supportForm();
    case StepKind::Read:
      return {{"kind", "read"}, {"label", say_("step.read")}, {"action", path() + "/read"}};
  }
  return nullptr;
}

json Steps::registerForm() const {
  const auto& known = detail_.document.fields;
  const auto id = detail_.document.id;
  const auto reading =
      documents::readingFor(session_, visit_.caller(), id, 0, parts_.renderer.clock().today());
  const auto f = reading ? withSuggestions(known, *reading) : known;
  auto form = registration(parts_, session_, visit_, f);
  if (reading) {
    const bool typed = visit_.form.fields.contains("notation");
    form["read"] = readMarks(known, *reading, typed);
    form["has_read"] = !form["read"].empty();
    form["reading"] = readingView(say_, id, *reading, known, typed);
    // The number is a blank, or written by hand: it is typed in front.
    if (!typed && known.codeNotation.empty() && !f.codeNotation.empty() && f.codeNumber.empty()) {
      form["values"]["notation"] = "/" + f.codeNotation;
    }
  }
  form["action"] = path() + "/register";
  form["return"] = {{"action", path() + "/refuse"}, {"text", say_("step.refuse_text")}};
  return form;
}

json Steps::newRegistration(const PageParts& parts, base::db::Session& session, const Visit& visit,
                            const base::Refusal* refused) {
  auto form = registration(parts, session, visit, {});
  form["action"] = "/incoming/new";
  form["version"] = nullptr;
  form["upload_url"] = "/incoming/uploads";
  form["needs_file"] = true;
  form["errors"] = refused ? errorsOf(parts.renderer, visit.language, *refused) : json::object();
  const auto label = form["label"];
  form.erase("kind");
  form.erase("label");
  return {{"label", label}, {"register", std::move(form)}};
}

json Steps::signerOptions(PostId selected) const {
  json options = json::array();
  const auto today = parts_.renderer.clock().today();
  const auto chosen = typed("signer", text(selected.value()));
  const auto& agency = visit_.caller().agency;
  // Leaders first; the head of the office signs by their order (TL.).
  for (const auto role : {Role::Leader, Role::HeadOfOffice}) {
    for (const auto& card : directory::postsByRole(session_, agency, role, today)) {
      const auto id = text(card.post.value());
      options.push_back({{"value", id},
                         {"label", card.personName + ", " + card.title},
                         {"selected", chosen == id}});
    }
  }
  return options;
}

// The form of a draft: the first one, or a better one.
json Steps::draftForm(const std::string& action, const documents::Fields& f, PostId signer,
                      const std::string& competence) const {
  const auto urgency = documents::urgencyFrom(typed("urgency", "")).value_or(f.urgency);
  return {{"kind", "answer"},
          {"action", path() + action},
          {"upload_limit", sizeInWords(parts_.uploadLimit, visit_.language)},
          {"upload_bytes", parts_.uploadLimit},
          {"examine_url", "/drafts/examination"},
          {"needs_file", true},
          {"other", nullptr},
          {"values",
           {{"abstract", typed("abstract", f.subject)},
            {"suffix", typed("suffix", f.codeNotation)},
            {"note", typed("note", "")}}},
          {"options",
           {{"types",
             typeOptions(parts_.types, documents::Direction::Outgoing, typed("type", f.typeName))},
            {"urgencies", urgencyOptions(say_, urgency)},
            {"competences", competenceOptions(say_, typed("competence", competence))},
            {"signers", signerOptions(signer)}}},
          {"draft_returned", nullptr}};
}

json Steps::handleForm() const {
  if (visit_.request.query("do").value_or("") == "finish") {
    return {{"kind", "finish"},
            {"label", say_("step.finish")},
            {"action", path() + "/finish"},
            {"other", {{"label", say_("step.answer_instead")}, {"url", path()}}},
            {"values", {{"note", typed("note", "")}}}};
  }
  const auto leader = detail_.instructions.empty() ? PostId() : detail_.instructions.back().leader;
  const auto unit = directory::findUnit(session_, visit_.caller().unit);
  const auto agency = directory::findAgency(session_, visit_.caller().agency);
  const auto notation = (agency ? agency->notation : "") +
                        (unit && !unit->notation.empty() ? "-" + unit->notation : "");
  auto form =
      draftForm("/answer", {.typeName = say_("type.usual"), .codeNotation = notation}, leader, "");
  form["label"] = say_("step.answer");
  form["other"] = {{"label", say_("step.finish_instead")}, {"url", path() + "?do=finish"}};
  form["submit_label"] = say_("step.answer_submit");
  return form;
}

json Steps::supportForm() const {
  return {{"kind", "finish"},
          {"label", say_("step.support")},
          {"action", path() + "/finish-support"},
          {"other", nullptr},
          {"values", {{"note", typed("note", "")}}}};
}

json Steps::reviseForm() const {
  const auto& outgoing = *detail_.document.outgoing;
  auto form =
      draftForm("/revise", detail_.document.fields, outgoing.signer, outgoing.signerCompetence);
  form["label"] = say_("step.revise");
  form["needs_file"] = false;  // Without one, the file that is there stays.
  form["draft_returned"] = returnedNote(detail_);
  form["submit_label"] = say_("step.revise_submit");
  return form;
}

json Steps::reviewForm() const {
  return {{"kind", "review"},
          {"label", say_("step.review")},
          {"action", path() + "/approve"},
          {"values", {{"remark", typed("remark", "")}}},
          {"note", noteOf(detail_, StepKind::Revise)},
          {"return", {{"action", path() + "/return"}, {"text", say_("step.return_text")}}}};
}

json Steps::keyOf(const std::string& label) const {
  const auto certificate = parts_.keys.find(label);
  if (!certificate) {
    return {{"owner", say_("key.missing")}, {"issuer", ""}, {"valid", ""}, {"image_url", nullptr}};
  }
  return {
      {"owner", certificate->commonName},
      {"issuer", say_("key.issuer", {{"issuer", issuerName(certificate->issuer)}})},
      {"valid", say_("key.valid", {{"day", base::viDate(base::localDate(certificate->notAfter))}})},
      {"image_url", nullptr}};
}

json Steps::signForm() const {
  return {{"kind", "sign"},
          {"label", say_("step.sign")},
          {"action", path() + "/sign"},
          {"values", json::object()},
          {"note", noteOf(detail_, StepKind::Review)},
          {"key", keyOf("person-" + text(visit_.caller().person.value()))},
          {"needs_pin", true},
          {"return", {{"action", path() + "/return"}, {"text", say_("step.return_text")}}}};
}

json Steps::numberForm() const {
  const auto today = parts_.renderer.clock().today();
  const auto& caller = visit_.caller();
  const auto scheme =
      documents::schemeOn(session_, parts_.types, caller.agency, Direction::Outgoing, today);
  const auto& series = documents::seriesFor(scheme, detail_.document.fields.typeName);
  const auto next =
      documents::nextNumber(session_, caller.agency, Direction::Outgoing, series.code, today);
  const auto notation = documents::notationOf(series, detail_.document.fields.codeNotation, today);
  return {
      {"kind", "number"},
      {"label", say_("step.number")},
      {"action", path() + "/number"},
      {"values", json::object()},
      {"next_number", documents::symbolOf(text(next), notation)},
      {"reserved", reservedNumbers(series, text(next))},
      {"book", series.code == documents::kCommonSeries ? bookName(say_, Direction::Outgoing, today)
                                                       : series.name},
      {"date", base::viDate(today)},
      {"place", parts_.place}};
}

// The numbers that were kept in that series, to choose instead of the next; empty for none.
json Steps::reservedNumbers(const documents::Series& series, const std::string& next) const {
  const auto year = static_cast<int>(parts_.renderer.clock().today().year());
  auto books = documents::booksOf(session_, visit_.caller().agency, Direction::Outgoing, year);
  std::erase_if(books, [&](const documents::Book& book) {
    return book.code != series.code || book.agency != visit_.caller().agency;
  });
  json options = json::array();
  for (const auto& one : documents::numbersAside(session_, books, documents::Which::ReservedOnly)) {
    if (options.empty()) {
      options.push_back({{"value", ""},
                         {"label", say_("number.the_next", {{"number", next}})},
                         {"selected", true}});
    }
    options.push_back(
        {{"value", text(one.number)},
         {"label", say_("number.reserved", {{"number", text(one.number)}, {"for", one.forWhom}})},
         {"selected", false}});
  }
  return options;
}

json Steps::sealForm() const {
  const auto agency = directory::findAgency(session_, visit_.caller().agency);
  return {{"kind", "seal"},
          {"label", say_("step.seal")},
          {"action", path() + "/seal"},
          {"values", json::object()},
          {"key", keyOf(agency ? agency->codeQd20 : "")},
          {"needs_pin", true}};
}

json Steps::issueForm() const {
  const auto today = parts_.renderer.clock().today();
  const auto chosen = visit_.form.values("receiver");
  const auto& due = detail_.document.fields.dueDate;
  json agencies = json::array();
  for (const auto& agency :
       directory::addressableAgencies(session_, visit_.caller().agency, today)) {
    const bool selected = std::find(chosen.begin(), chosen.end(), agency.codeQd20) != chosen.end();
    agencies.push_back({{"code", agency.codeQd20},
                        {"label", agency.name},
                        {"takes", say_("issue.by_axis")},
                        {"selected", selected}});
  }
  return {{"kind", "issue"},
          {"label", say_("step.issue")},
          {"action", path() + "/issue"},
          {"values", {{"due_on", typed("due_on", due ? base::viDate(*due) : "")}}},
          {"agencies", std::move(agencies)}};
}

}  // namespace eoffice::web
