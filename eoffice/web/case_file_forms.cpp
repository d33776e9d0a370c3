// The forms around a case file: which acts are possible in its state, their fields, and what was
// typed into them.
#include <nlohmann/json.hpp>

#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/web/case_file_pages.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using base::db::Session;
using nlohmann::json;
using records::CaseFile;
using records::FileState;
using Kind = ActField::Kind;

// `vĩnh viễn` and the terms in use; others are typed by the API.
constexpr std::array kTerms{5, 10, 15, 20, 30, 50, 70};

std::vector<ActOption> retentionOptions(const Speech& say, const records::Retention& chosen) {
  std::vector<ActOption> options{
      {.value = "permanent", .label = say("case_file.permanent"), .selected = !chosen}};
  bool known = !chosen;
  for (const int term : kTerms) {
    known = known || chosen == term;
    options.push_back({.value = std::to_string(term),
                       .label = records::retentionInWords(say.texts(), say.language(), term),
                       .selected = chosen == term});
  }
  if (!known) {
    options.push_back({.value = std::to_string(*chosen),
                       .label = records::retentionInWords(say.texts(), say.language(), chosen),
                       .selected = true});
  }
  return options;
}

records::Retention typedRetention(const Visit& visit) {
  const auto text = visit.form.value("retention");
  if (text == "permanent") return std::nullopt;
  return static_cast<int>(std::min<std::int64_t>(typedNumber(text), 1000));
}

base::Result<base::LocalDate> typedDay(const Visit& visit, const char* field) {
  const auto typed = typedDate(visit.form.value(field));
  if (typed.good && typed.date) return *typed.date;
  return base::refuse(base::RefusalKind::Invalid, typed.good ? "field.missing" : "field.bad_date",
                      field);
}

std::string dayOr(const std::optional<base::LocalDate>& day) {
  return day ? base::viDate(*day) : std::string();
}

}  // namespace

// texts: case_file.work.*
std::vector<ActField> coverFields(const Speech& say, const records::Cover& cover) {
  const auto work = [&](records::Work one) {
    return ActOption{.value = std::string(nameOf(one)),
                     .label = say("case_file.work." + std::string(nameOf(one))),
                     .selected = cover.work == one};
  };
  return {
      {.kind = Kind::Line, .name = "code", .required = true, .most = 40, .value = cover.code},
      {.kind = Kind::Text, .name = "title", .required = true, .most = 500, .value = cover.title},
      {.kind = Kind::Select,
       .name = "retention",
       .required = true,
       .options = retentionOptions(say, cover.retention)},
      {.kind = Kind::Select,
       .name = "work",
       .required = true,
       .options = {work(records::Work::General), work(records::Work::Construction)}},
      {.kind = Kind::Day,
       .name = "opened_on",
       .required = true,
       .value = base::viDate(cover.openedOn)},
      {.kind = Kind::Line, .name = "note", .most = 500, .value = cover.note}};
}

base::Result<records::Cover> typedCover(const Visit& visit) {
  const auto opened = typedDay(visit, "opened_on");
  if (!opened) return tl::unexpected(opened.error());
  return records::Cover{
      .code = visit.form.value("code"),
      .title = visit.form.value("title"),
      .retention = typedRetention(visit),
      .work = records::workFrom(visit.form.value("work")).value_or(records::Work::General),
      .openedOn = *opened,
      .note = visit.form.value("note")};
}

std::vector<ActField> CaseFilePages::fieldsOf(Session& session, const Visit& visit,
                                              const CaseFile& file, const std::string& act) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto today = parts_.renderer.clock().today();
  const ActField reason{.kind = Kind::Text, .name = "reason", .required = true};
  if (act == "edit") {
    return coverFields(
        say, {file.code, file.title, file.retention, file.work, file.openedOn, file.note});
  }
  if (act == "close") {
    return {
        {.kind = Kind::Day, .name = "ended_on", .required = true, .value = base::viDate(today)},
        {.kind = Kind::Text, .name = "title", .required = true, .most = 500, .value = file.title},
        {.kind = Kind::Select,
         .name = "retention",
         .required = true,
         .options = retentionOptions(say, file.retention)}};
  }
  if (act == "keep-back") {
    return {
        {.kind = Kind::Day, .name = "until", .required = true, .value = dayOr(file.keptBackUntil)},
        reason};
  }
  if (act == "pass-on") {
    ActField keeper{.kind = Kind::One, .name = "keeper", .required = true};
    for (const auto& card : directory::assignablePosts(session, visit.caller().agency, today)) {
      if (card.post == file.keeper) continue;
      const auto second = card.unitName.empty() ? card.title : card.title + " · " + card.unitName;
      keeper.options.push_back({std::to_string(card.post.value()), card.personName, second});
    }
    return {std::move(keeper), reason};
  }
  return {reason};  // reopen
}

// The acts of a file in its state, the one next step first; none for who only reads it.
static std::vector<std::string> actsOf(const Caller& caller, const CaseFile& file) {
  const bool own = file.keeper == caller.post;
  const bool above = directory::may(caller, directory::Capability::KeepRecords) ||
                     (caller.role == Role::HeadOfUnit && caller.unit == file.unit);
  const bool here = file.state == FileState::Open || file.state == FileState::Closed;
  std::vector<std::string> acts;
  if (own && file.state == FileState::Open) acts = {"close", "edit"};
  if (own && file.state == FileState::Closed) acts = {"hand-in", "keep-back", "reopen"};
  if (here && (own || above)) acts.emplace_back("pass-on");
  return acts;
}

// texts: case_act.*
json CaseFilePages::formOf(Session& session, const Visit& visit, const CaseFile& file,
                           const std::string& act, const base::Refusal* refused) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto key = "case_act." + act;
  const auto path = "/case-files/" + std::to_string(file.id.value());
  const auto errors =
      refused ? errorsOf(parts_.renderer, visit.language, *refused) : json::object();
  auto fields = act == "hand-in"
                    ? json::array()
                    : fieldsView(fieldsOf(session, visit, file, act), key, say, visit, errors);
  const base::Texts::Facts facts{{"due", dayOr(file.handInDue)}};
  return {{"label", say(key)},
          {"act",
           {{"action", path + "/" + act},
            {"version", std::to_string(file.version)},
            {"text", say.texts().has(key + ".text") ? say(key + ".text", facts) : ""},
            {"submit_label", say(key + ".submit")},
            {"cancel_url", path},
            {"fields", std::move(fields)},
            {"sends_file", false},
            {"needs_file", false},
            {"errors", errors},
            {"upload_limit", ""},
            {"upload_bytes", 0}}}};
}

base::Result<void> CaseFilePages::carryOut(const Visit& visit, const std::string& act) const {
  const auto& caller = visit.caller();
  const records::FileTarget target{records::CaseFileId(visit.number("id")),
                                   static_cast<int>(typedNumber(visit.form.value("version")))};
  if (act == "edit") {
    const auto cover = typedCover(visit);
    if (!cover) return tl::unexpected(cover.error());
    return files_.edit(caller, target, *cover);
  }
  if (act == "close") {
    const auto ended = typedDay(visit, "ended_on");
    if (!ended) return tl::unexpected(ended.error());
    return files_.close(caller, {target, *ended, visit.form.value("title"), typedRetention(visit)});
  }
  if (act == "keep-back") {
    const auto until = typedDay(visit, "until");
    if (!until) return tl::unexpected(until.error());
    return files_.keepBack(caller, target, *until, visit.form.value("reason"));
  }
  if (act == "pass-on") {
    return files_.passOn(caller, target, PostId(typedNumber(visit.form.value("keeper"))),
                         visit.form.value("reason"));
  }
  if (act == "reopen") return files_.reopen(caller, target, visit.form.value("reason"));
  if (act == "hand-in") {
    const auto done = files_.handIn(caller, {target.file});
    if (!done) return tl::unexpected(done.error());
  }
  return {};
}

json CaseFilePages::stepOf(Session& session, const Visit& visit, const CaseFile& file,
                           const std::string& asked, const base::Refusal* refused) const {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto acts = actsOf(visit.caller(), file);
  if (std::find(acts.begin(), acts.end(), asked) != acts.end()) {
    return {{"form", formOf(session, visit, file, asked, refused)},
            {"next", nullptr},
            {"others", json::array()}};
  }
  json links = json::array();
  const auto path = "/case-files/" + std::to_string(file.id.value());
  for (const auto& act : acts) {
    links.push_back({{"label", say("case_act." + act)},
                     {"url", path + "?do=" + act},
                     {"main", act == "hand-in" || (act == "close" && file.documents > 0)}});
  }
  json next = nullptr;
  if (!links.empty() && links.front()["main"] == true) {
    next = links.front();
    links.erase(links.begin());
  }
  return {{"form", nullptr}, {"next", std::move(next)}, {"others", std::move(links)}};
}

}  // namespace eoffice::web
