#include "eoffice/web/instruct_form.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/directory/reach.h"
#include "eoffice/documents/phrases.h"
#include "eoffice/web/document_view.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/task_view.h"

namespace eoffice::web {
namespace {

using nlohmann::json;

constexpr int kUsualWorkdays = 5;

std::string text(std::int64_t number) { return std::to_string(number); }

// As a form names a receiver: `12` a post, `u5` a unit.
std::string valueOf(const documents::Receiver& one) {
  return one.unit.valid() ? "u" + text(one.unit.value()) : text(one.post.value());
}

// "Vắng đến hết 28/11/2026; Nguyễn Văn B xử lý thay": before somebody is chosen.
std::string awayInWords(const Speech& say, const directory::Away& away) {
  const auto until = base::viDate(away.until);
  if (!away.standIn.valid()) return say("away.nobody", {{"day", until}});
  return say("away.stands_in", {{"day", until}, {"name", away.standInName}});
}

// One's own and the agency's; where nobody has written any, the product's. The first nine have a
// key.
// texts: phrase.*
json phrases(base::db::Session& session, const Speech& say, const Caller& caller) {
  json out = json::array();
  const auto add = [&](const std::string& words) {
    const auto number = out.size() + 1;
    out.push_back(
        {{"text", words}, {"key", number < 10 ? json(std::to_string(number)) : json(nullptr)}});
  };
  for (const auto& one : documents::phrasesFor(session, caller)) add(one.text);
  if (!out.empty()) return out;
  for (int i = 1; i <= 4; ++i) add(say("phrase." + text(i)));
  return out;
}

// The two forms of one document, for one reader.
class Form {
 public:
  Form(const PageParts& parts, base::db::Session& session, const Visit& visit,
       const documents::Detail& detail)
      : parts_(parts),
        session_(session),
        visit_(visit),
        detail_(detail),
        say_(parts.renderer.texts(), visit.language) {}

  [[nodiscard]] json submitForm() const;
  [[nodiscard]] json instructForm() const;

 private:
  [[nodiscard]] json proposalView() const;
  [[nodiscard]] json assignees() const;
  [[nodiscard]] json assignee(const std::string& value, const std::string& label,
                              const std::string& second, const json& away) const;
  [[nodiscard]] std::string path() const {
    return "/documents/" + text(detail_.document.id.value());
  }
  [[nodiscard]] std::string typed(const std::string& field, const std::string& otherwise) const {
    return visit_.form.fields.contains(field) ? visit_.form.value(field) : otherwise;
  }

  const PageParts& parts_;
  base::db::Session& session_;
  const Visit& visit_;
  const documents::Detail& detail_;
  Speech say_;
};

json Form::submitForm() const {
  if (!directory::may(visit_.caller(), directory::Capability::SubmitIncoming)) return nullptr;
  const auto today = parts_.renderer.clock().today();
  const auto cards = directory::leadersOf(session_, visit_.caller().agency, today);
  std::vector<PostId> posts;
  for (const auto& card : cards) posts.push_back(card.post);
  const auto away = directory::awayOf(session_, posts, directory::Scope::Direct, today);
  json leaders = json::array();
  const auto chosen = typed("leader", "");
  for (const auto& card : cards) {
    const bool selected = chosen.empty() ? leaders.empty() : chosen == text(card.post.value());
    const auto second = card.unitName.empty() ? card.title : card.title + " · " + card.unitName;
    json option{{"value", text(card.post.value())},
                {"label", card.personName},
                {"second", second},
                {"selected", selected}};
    const auto found = away.find(card.post);
    option["away"] = found == away.end() ? json(nullptr) : json(awayInWords(say_, found->second));
    leaders.push_back(std::move(option));
  }
  return {{"kind", "submit"},
          {"label", say_("step.submit")},
          {"action", path() + "/submit"},
          {"leaders", std::move(leaders)},
          {"away_asked", false},
          {"values", {{"note", typed("note", "")}}}};
}

// One row of those who may be named: a person, or a unit, which means its head.
json Form::assignee(const std::string& value, const std::string& label, const std::string& second,
                    const json& away) const {
  const auto& proposal = detail_.proposal;
  const bool proposed = proposal && !visit_.form.fields.contains("text");
  const auto chosen = [&](const char* field) {
    const auto values = visit_.form.values(field);
    return std::find(values.begin(), values.end(), value) != values.end();
  };
  const auto named = [&](const std::vector<documents::Receiver>& receivers) {
    return std::find_if(receivers.begin(), receivers.end(),
                        [&](const auto& one) { return valueOf(one) == value; });
  };
  std::string days;
  bool support = chosen("support");
  bool informed = chosen("informed");
  if (proposed) {
    for (const auto* receivers :
         {&proposal->instruction.supports, &proposal->instruction.informed}) {
      const auto found = named(*receivers);
      if (found == receivers->end()) continue;
      (receivers == &proposal->instruction.supports ? support : informed) = true;
      if (found->workdays) days = text(*found->workdays);
    }
  }
  return {{"value", value},
          {"label", label},
          {"second", second},
          {"away", away},
          {"unit", value.front() == 'u'},
          {"lead", typed("lead", proposed ? valueOf(proposal->instruction.lead) : "") == value},
          {"support", support},
          {"informed", informed},
          {"days", typed("days_" + value, days)}};
}

json Form::assignees() const {
  const auto today = parts_.renderer.clock().today();
  const auto& caller = visit_.caller();
  const auto cards = directory::assignablePosts(session_, caller.agency, today);
  std::vector<PostId> posts;
  for (const auto& card : cards) posts.push_back(card.post);
  const auto away = directory::awayOf(session_, posts, directory::Scope::Read, today);
  json rows = json::array();
  for (const auto& unit : directory::reachableUnits(session_, caller.agency, today)) {
    rows.push_back(assignee("u" + text(unit.unit.value()), unit.name, unit.headName, nullptr));
  }
  for (const auto& card : cards) {
    if (card.post == caller.post) continue;
    const auto second = card.unitName.empty() ? card.title : card.title + " · " + card.unitName;
    const auto found = away.find(card.post);
    rows.push_back(
        assignee(text(card.post.value()), card.personName, second,
                 found == away.end() ? json(nullptr) : json(awayInWords(say_, found->second))));
  }
  return rows;
}

// Who prepared the instruction, and how to do without it.
json Form::proposalView() const {
  if (!detail_.proposal) return nullptr;
  const auto names =
      directory::postNames(session_, std::vector<PostId>{detail_.proposal->proposedBy});
  const auto found = names.find(detail_.proposal->proposedBy);
  const auto list = visit_.request.query("list");
  return {
      {"text", say_("proposal.by", {{"name", found == names.end() ? "" : found->second.personName},
                                    {"at", base::viDateTime(detail_.proposal->at)}})},
      {"discard_url", path() + "/discard-proposal" + (list ? "?list=" + escapedQuery(*list) : "")}};
}

json Form::instructForm() const {
  const auto today = parts_.renderer.clock().today();
  const auto& proposal = detail_.proposal;
  const auto workdays =
      typed("workdays",
            proposal ? (proposal->instruction.workdays ? text(*proposal->instruction.workdays) : "")
                     : text(kUsualWorkdays));
  const auto& calendar =
      parts_.renderer.calendars().of(reminder::ScopeId(visit_.caller().agency.value()));
  const auto due = reminder::dueOf(reminder::Deadline::inWorkdays(static_cast<int>(
                                       std::clamp<std::int64_t>(typedNumber(workdays), 1, 200))),
                                   today, calendar);
  return {{"kind", "instruct"},
          {"label", say_("step.instruct")},
          {"action", path() + "/instruct"},
          {"values",
           {{"text", typed("text", proposal ? proposal->instruction.text : "")},
            {"workdays", workdays}}},
          {"phrases", phrases(session_, say_, visit_.caller())},
          {"proposal", proposalView()},
          {"assignees", assignees()},
          {"due_url", "/deadline"},
          {"due_preview",
           due ? say_("deadline.until", {{"day", dayInWords(say_.texts(), say_.language(), *due)}})
               : ""}};
}

}  // namespace

json submitForm(const PageParts& parts, base::db::Session& session, const Visit& visit,
                const documents::Detail& detail) {
  return Form(parts, session, visit, detail).submitForm();
}

json instructForm(const PageParts& parts, base::db::Session& session, const Visit& visit,
                  const documents::Detail& detail) {
  return Form(parts, session, visit, detail).instructForm();
}

}  // namespace eoffice::web
