#include "eoffice/web/steps.h"

#include <nlohmann/json.hpp>

#include "eoffice/directory/agencies.h"
#include "eoffice/directory/heads.h"
#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/directory/pickers.h"
#include "eoffice/documents/book.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/task_view.h"

namespace eoffice::web {
namespace {

using documents::Direction;
using documents::StepKind;
using nlohmann::json;

constexpr int kUsualWorkdays = 5;

std::string text(std::int64_t number) { return std::to_string(number); }

json personOption(const directory::PostCard& card, bool selected) {
  const auto second = card.unitName.empty() ? card.title : card.title + " · " + card.unitName;
  return {{"value", text(card.post.value())},
          {"label", card.personName},
          {"second", second},
          {"selected", selected}};
}

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

// texts: phrase.*
json phrases(const Speech& say) {
  json out = json::array();
  for (int i = 1; i <= 4; ++i) out.push_back(say("phrase." + text(i)));
  return out;
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
  const bool refused = visit_.form.fields.contains(field);
  return refused ? visit_.form.value(field) : otherwise;
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
    form["duplicate"] = refused != nullptr && refused->code == "document.duplicate";
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
      return submitForm();
    case StepKind::Direct:
      return instructForm();
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
  }
  return nullptr;
}

json Steps::registerForm() const {
  const auto& f = detail_.document.fields;
  const auto today = parts_.renderer.clock().today();
  const auto urgency = documents::urgencyFrom(typed("urgency", "")).value_or(f.urgency);
  const auto typeName = typed("type", f.typeName.empty() ? say_("type.usual") : f.typeName);
  const auto symbol = f.codeNumber.empty() ? f.codeNotation : f.codeNumber + "/" + f.codeNotation;
  return {{"kind", "register"},
          {"label", say_("step.register")},
          {"action", path() + "/register"},
          {"upload", nullptr},
          {"upload_url", nullptr},
          {"needs_file", false},
          {"next_number", text(documents::nextNumber(session_, visit_.caller().agency,
                                                     Direction::Incoming, today))},
          {"book", bookName(say_, Direction::Incoming, today)},
          {"values",
           {{"notation", typed("notation", symbol)},
            {"issued_on", typed("issued_on", f.issuedDate ? base::viDate(*f.issuedDate) : "")},
            {"issuer", typed("issuer", f.issuerName)},
            {"abstract", typed("abstract", f.subject)},
            {"signer", typed("signer", f.signerName)},
            {"due_on", typed("due_on", f.dueDate ? base::viDate(*f.dueDate) : "")}}},
          {"read", json::object()},
          {"has_read", false},
          {"duplicate", false},
          {"options",
           {{"issuers", json::array()},
            {"types", typeOptions(parts_.types, typeName)},
            {"urgencies", urgencyOptions(say_, urgency)},
            {"secrecies", secrecyOptions(say_)}}},
          {"return", {{"action", path() + "/refuse"}, {"text", say_("step.refuse_text")}}}};
}

json Steps::registration(const PageParts& parts, base::db::Session& session, const Visit& visit) {
  const Speech say(parts.renderer.texts(), visit.language);
  const auto today = parts.renderer.clock().today();
  return {{"label", say("step.register")},
          {"register",
           {{"action", "/incoming/new"},
            {"version", nullptr},
            {"upload", nullptr},
            {"upload_url", "/incoming/uploads"},
            {"needs_file", true},
            {"next_number", text(documents::nextNumber(session, visit.caller().agency,
                                                       Direction::Incoming, today))},
            {"book", bookName(say, Direction::Incoming, today)},
            {"values", json::object()},
            {"errors", json::object()},
            {"read", json::object()},
            {"has_read", false},
            {"duplicate", false},
            {"options",
             {{"issuers", json::array()},
              {"types", typeOptions(parts.types, say("type.usual"))},
              {"urgencies", urgencyOptions(say, documents::Urgency::Normal)},
              {"secrecies", secrecyOptions(say)}}},
            {"return", nullptr}}}};
}

json Steps::submitForm() const {
  if (!directory::may(visit_.caller(), directory::Capability::SubmitIncoming)) return nullptr;
  json leaders = json::array();
  const auto chosen = typed("leader", "");
  for (const auto& card :
       directory::leadersOf(session_, visit_.caller().agency, parts_.renderer.clock().today())) {
    const bool selected = chosen.empty() ? leaders.empty() : chosen == text(card.post.value());
    leaders.push_back(personOption(card, selected));
  }
  return {{"kind", "submit"},
          {"label", say_("step.submit")},
          {"action", path() + "/submit"},
          {"leaders", std::move(leaders)},
          {"values", {{"note", typed("note", "")}}}};
}

json Steps::instructForm() const {
  const auto today = parts_.renderer.clock().today();
  const auto lead = typed("lead", "");
  const auto supports = visit_.form.values("support");
  json assignees = json::array();
  for (const auto& card : directory::assignablePosts(session_, visit_.caller().agency, today)) {
    if (card.post == visit_.caller().post) continue;
    const auto id = text(card.post.value());
    auto option = personOption(card, false);
    option["lead"] = lead == id;
    option["support"] = std::find(supports.begin(), supports.end(), id) != supports.end();
    assignees.push_back(std::move(option));
  }
  const auto workdays = typed("workdays", text(kUsualWorkdays));
  const auto& calendar =
      parts_.renderer.calendars().of(reminder::ScopeId(visit_.caller().agency.value()));
  const auto due = reminder::dueOf(reminder::Deadline::inWorkdays(static_cast<int>(
                                       std::clamp<std::int64_t>(typedNumber(workdays), 1, 200))),
                                   today, calendar);
  return {{"kind", "instruct"},
          {"label", say_("step.instruct")},
          {"action", path() + "/instruct"},
          {"values", {{"text", typed("text", "")}, {"workdays", workdays}}},
          {"phrases", phrases(say_)},
          {"assignees", std::move(assignees)},
          {"due_url", "/deadline"},
          {"due_preview",
           due ? say_("deadline.until", {{"day", dayInWords(say_.texts(), say_.language(), *due)}})
               : ""}};
}

json Steps::signerOptions(PostId selected) const {
  json options = json::array();
  const auto today = parts_.renderer.clock().today();
  const auto chosen = typed("signer", text(selected.value()));
  for (const auto& card : directory::leadersOf(session_, visit_.caller().agency, today)) {
    const auto id = text(card.post.value());
    options.push_back({{"value", id},
                       {"label", card.personName + ", " + card.title},
                       {"selected", chosen == id}});
  }
  return options;
}

json Steps::handleForm() const {
  if (visit_.request.query("do").value_or("") == "finish") {
    return {{"kind", "finish"},
            {"label", say_("step.finish")},
            {"action", path() + "/finish"},
            {"other", {{"label", say_("step.answer_instead")}, {"url", path()}}},
            {"values", {{"note", typed("note", "")}}}};
  }
  const auto urgency =
      documents::urgencyFrom(typed("urgency", "")).value_or(documents::Urgency::Normal);
  const auto leader = detail_.instructions.empty() ? PostId() : detail_.instructions.back().leader;
  const auto unit = directory::findUnit(session_, visit_.caller().unit);
  const auto agency = directory::findAgency(session_, visit_.caller().agency);
  const auto notation = (agency ? agency->notation : "") +
                        (unit && !unit->notation.empty() ? "-" + unit->notation : "");
  return {{"kind", "answer"},
          {"label", say_("step.answer")},
          {"action", path() + "/answer"},
          {"other", {{"label", say_("step.finish_instead")}, {"url", path() + "?do=finish"}}},
          {"values",
           {{"abstract", typed("abstract", "")},
            {"suffix", typed("suffix", notation)},
            {"note", typed("note", "")}}},
          {"options",
           {{"types", typeOptions(parts_.types, typed("type", say_("type.usual")))},
            {"urgencies", urgencyOptions(say_, urgency)},
            {"signers", signerOptions(leader)}}},
          {"draft_returned", nullptr},
          {"submit_label", say_("step.answer_submit")}};
}

json Steps::reviseForm() const {
  const auto& f = detail_.document.fields;
  return {
      {"kind", "answer"},
      {"label", say_("step.revise")},
      {"action", path() + "/revise"},
      {"other", nullptr},
      {"values",
       {{"abstract", typed("abstract", f.subject)},
        {"suffix", typed("suffix", f.codeNotation)},
        {"note", typed("note", "")}}},
      {"options",
       {{"types", typeOptions(parts_.types, typed("type", f.typeName))},
        {"urgencies",
         urgencyOptions(say_, documents::urgencyFrom(typed("urgency", "")).value_or(f.urgency))},
        {"signers", signerOptions(detail_.document.outgoing->signer)}}},
      {"draft_returned", returnedNote(detail_)},
      {"submit_label", say_("step.revise_submit")}};
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
  const auto next =
      documents::nextNumber(session_, visit_.caller().agency, Direction::Outgoing, today);
  return {{"kind", "number"},
          {"label", say_("step.number")},
          {"action", path() + "/number"},
          {"values", json::object()},
          {"next_number", documents::symbolOf(text(next), detail_.document.fields.codeNotation)},
          {"book", bookName(say_, Direction::Outgoing, today)},
          {"date", base::viDate(today)},
          {"place", parts_.place}};
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
          {"values", {{"due_on", typed("due_on", "")}}},
          {"agencies", std::move(agencies)}};
}

}  // namespace eoffice::web
