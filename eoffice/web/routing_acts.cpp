#include "eoffice/web/routing_acts.h"

#include <algorithm>

#include "eoffice/directory/people.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/directory/reach.h"
#include "eoffice/web/acts.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;
using documents::Part;
using documents::ReceiverRow;
using documents::ReceiverState;
using documents::State;
using documents::StepKind;
using Kind = ActField::Kind;

std::string text(std::int64_t number) { return std::to_string(number); }

bool waits(const ActScene& scene, std::initializer_list<StepKind> kinds) {
  const auto& open = scene.detail.open;
  return std::any_of(open.begin(), open.end(), [&](StepKind kind) {
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  });
}

bool mayDo(const ActScene& scene, directory::Capability capability) {
  return directory::may(scene.visit.caller(), capability);
}

PostId giverOf(const documents::Chain& chain, const ReceiverRow& row) {
  const auto* instruction = chain.instruction(row.instruction);
  return instruction == nullptr ? PostId() : instruction->giver;
}

// What the reader gave and nobody has opened since, as far as this page knows: the act asks again.
std::vector<const ReceiverRow*> unread(const ActScene& scene) {
  std::vector<const ReceiverRow*> found;
  const auto& detail = scene.detail;
  if (detail.document.state != State::Directed) return found;
  for (const auto& row : detail.chain.receivers) {
    if (row.state != ReceiverState::Open ||
        giverOf(detail.chain, row) != scene.visit.caller().post) {
      continue;
    }
    const bool seen =
        std::any_of(detail.views.begin(), detail.views.end(), [&](const documents::Look& view) {
          return view.post == row.post && view.last >= row.givenAt;
        });
    if (!seen) found.push_back(&row);
  }
  return found;
}

bool leadsForReader(const ActScene& scene) {
  const auto& detail = scene.detail;
  if (detail.document.state != State::Directed) return false;
  return std::any_of(
      detail.chain.receivers.begin(), detail.chain.receivers.end(), [&](const ReceiverRow& row) {
        const bool lies = row.state == ReceiverState::Open || row.state == ReceiverState::PassedOn;
        return lies && row.part == Part::Lead &&
               giverOf(detail.chain, row) == scene.visit.caller().post;
      });
}

ActOption optionOf(const directory::PostCard& card) {
  const auto second = card.unitName.empty() ? card.title : card.title + " · " + card.unitName;
  return {.value = text(card.post.value()), .label = card.personName, .second = second};
}

base::LocalDate todayOf(const PageParts& parts) { return parts.renderer.clock().today(); }

// Everybody who handles work, and the units, which mean their heads.
std::vector<ActOption> everybody(const PageParts& parts, const ActScene& scene) {
  const auto& caller = scene.visit.caller();
  const auto today = todayOf(parts);
  std::vector<ActOption> options;
  for (const auto& unit : directory::reachableUnits(scene.session, caller.agency, today)) {
    options.push_back(
        {.value = "u" + text(unit.unit.value()), .label = unit.name, .second = unit.headName});
  }
  for (const auto& card : directory::assignablePosts(scene.session, caller.agency, today)) {
    if (card.post != caller.post) options.push_back(optionOf(card));
  }
  return options;
}

// People at and below the reader's unit; of somebody at the agency's head, everybody.
std::vector<ActOption> peopleBelow(const PageParts& parts, const ActScene& scene) {
  const auto& caller = scene.visit.caller();
  if (!caller.unit.valid()) return everybody(parts, scene);
  const auto today = todayOf(parts);
  const auto units = directory::unitsBelow(scene.session, caller.unit, today);
  std::vector<ActOption> options;
  for (const auto& card : directory::assignablePosts(scene.session, caller.agency, today)) {
    if (card.post != caller.post && units.contains(card.unit)) options.push_back(optionOf(card));
  }
  return options;
}

ActField people(std::string name, Kind kind, bool required, std::vector<ActOption> options) {
  return {
      .kind = kind, .name = std::move(name), .required = required, .options = std::move(options)};
}

ActField words(std::string name, std::string value = {}) {
  return {.kind = Kind::Text, .name = std::move(name), .required = true, .value = std::move(value)};
}

std::vector<documents::Receiver> receiversOf(const std::vector<std::string>& values) {
  std::vector<documents::Receiver> receivers;
  for (const auto& value : values) receivers.push_back(typedReceiver(value));
  return receivers;
}

template <class T>
Response afterAct(const base::Result<T>& act, const Desk& desk, Visit& visit, const char* slug,
                  const char* done) {
  const auto target = targetOf(visit);
  if (!act) return desk.show(visit, target.document, {.refused = &act.error(), .act = slug});
  return doneWith(visit, target.document, done);
}

}  // namespace

documents::Receiver typedReceiver(const std::string& value) {
  if (!value.empty() && value.front() == 'u') return UnitId(typedNumber(value.substr(1)));
  return PostId(typedNumber(value));
}

documents::Instruction typedInstruction(const Visit& visit) {
  const auto& form = visit.form;
  const auto workdays = typedNumber(form.value("workdays"));
  documents::Instruction input{.target = targetOf(visit),
                               .text = form.value("text"),
                               .lead = typedReceiver(form.value("lead")),
                               .supports = receiversOf(form.values("supports")),
                               .informed = receiversOf(form.values("informed"))};
  if (workdays > 0) input.workdays = static_cast<int>(std::min<std::int64_t>(workdays, 100'000));
  return input;
}

ActForm directionForm(const PageParts& parts, const ActScene& scene) {
  const auto options = everybody(parts, scene);
  return {{people("lead", Kind::One, true, options),
           words("text"),
           {.kind = Kind::Number, .name = "workdays", .value = "5"},
           people("supports", Kind::Several, false, options),
           people("informed", Kind::Several, false, options)}};
}

RoutingActs::RoutingActs(const PageParts& parts, const Desk& desk, OtherActs& others)
    : parts_(parts), desk_(desk) {
  offer(others);
}

void RoutingActs::offer(OtherActs& others) const {
  const auto parts = parts_;
  others.add({.slug = "forward",
              .offered =
                  [](const ActScene& scene) {
                    return waits(scene, {StepKind::Handle, StepKind::Support}) &&
                           mayDo(scene, directory::Capability::Direct);
                  },
              .form =
                  [parts](const ActScene& scene) {
                    const auto options = peopleBelow(parts, scene);
                    return ActForm{{people("lead", Kind::One, true, options),
                                    words("text"),
                                    {.kind = Kind::Number, .name = "workdays"},
                                    people("supports", Kind::Several, false, options),
                                    people("informed", Kind::Several, false, options)}};
                  }});
  others.add({.slug = "return-up",
              .offered =
                  [](const ActScene& scene) {
                    return waits(scene, {StepKind::Handle, StepKind::Support, StepKind::Direct});
                  },
              .form = [](const ActScene&) { return ActForm{{words("reason")}}; }});
  others.add({.slug = "suggest",
              .offered =
                  [](const ActScene& scene) {
                    return waits(scene, {StepKind::Handle, StepKind::Support}) &&
                           !scene.detail.chain.receivers.empty();
                  },
              .form = [](const ActScene&) { return ActForm{{words("text")}}; }});
  others.add({.slug = "take-back",
              .offered = [](const ActScene& scene) { return !unread(scene).empty(); },
              .form =
                  [](const ActScene& scene) {
                    std::vector<PostId> posts;
                    const auto rows = unread(scene);
                    for (const auto* row : rows) posts.push_back(row->post);
                    const auto names = directory::postNames(scene.session, posts);
                    std::vector<ActOption> options;
                    for (const auto* row : rows) {
                      const auto& name = names.at(row->post);
                      options.push_back({.value = text(row->id),
                                         .label = name.personName,
                                         .second = name.title,
                                         .selected = row->part == Part::Lead});
                    }
                    return ActForm{{people("receiver", Kind::One, true, std::move(options))}};
                  }});
  others.add(
      {.slug = "reassign", .offered = leadsForReader, .form = [parts](const ActScene& scene) {
         return ActForm{
             {people("lead", Kind::One, true, everybody(parts, scene)), words("reason")}};
       }});
  others.add({.slug = "hand-over",
              .offered =
                  [](const ActScene& scene) {
                    return scene.detail.document.state == State::Registered &&
                           (mayDo(scene, directory::Capability::RegisterIncoming) ||
                            mayDo(scene, directory::Capability::SubmitIncoming));
                  },
              .form =
                  [parts](const ActScene& scene) {
                    const auto options = everybody(parts, scene);
                    const Speech say(parts.renderer.texts(), scene.visit.language);
                    return ActForm{{people("lead", Kind::One, true, options),
                                    words("text", say("act.hand-over.usual")),
                                    {.kind = Kind::Number, .name = "workdays"},
                                    people("informed", Kind::Several, false, options)}};
                  }});
}

void RoutingActs::addRoutes(base::http::Router& router) {
  const auto post = [&](const char* slug, const char* name, Response (RoutingActs::*act)(Visit&)) {
    addPage(router, Method::Post, std::string("/documents/{id}/") + slug,
            std::string("routing.") + name,
            [this, act](Visit& visit) { return (this->*act)(visit); });
  };
  post("hand-over", "hand_over", &RoutingActs::handOver);
  post("forward", "forward", &RoutingActs::forward);
  post("return-up", "return_up", &RoutingActs::returnUp);
  post("take-back", "take_back", &RoutingActs::takeBack);
  post("reassign", "reassign", &RoutingActs::reassign);
  post("suggest", "suggest", &RoutingActs::suggest);
  post("finish-support", "finish_support", &RoutingActs::finishSupport);
  post("read", "read", &RoutingActs::markRead);
}

Response RoutingActs::handOver(Visit& visit) {
  return afterAct(parts_.routing.handOver(visit.caller(), typedInstruction(visit)), desk_, visit,
                  "hand-over", "handed_over");
}

Response RoutingActs::forward(Visit& visit) {
  return afterAct(parts_.routing.forward(visit.caller(), typedInstruction(visit)), desk_, visit,
                  "forward", "forwarded");
}

Response RoutingActs::returnUp(Visit& visit) {
  return afterAct(
      parts_.routing.returnUp(visit.caller(), targetOf(visit), visit.form.value("reason")), desk_,
      visit, "return-up", "returned_up");
}

Response RoutingActs::takeBack(Visit& visit) {
  return afterAct(parts_.routing.takeBack(visit.caller(), targetOf(visit),
                                          typedNumber(visit.form.value("receiver"))),
                  desk_, visit, "take-back", "taken_back");
}

Response RoutingActs::reassign(Visit& visit) {
  return afterAct(
      parts_.routing.reassign(visit.caller(), targetOf(visit),
                              typedReceiver(visit.form.value("lead")), visit.form.value("reason")),
      desk_, visit, "reassign", "reassigned");
}

Response RoutingActs::suggest(Visit& visit) {
  return afterAct(parts_.routing.suggest(visit.caller(), targetOf(visit), visit.form.value("text")),
                  desk_, visit, "suggest", "suggested");
}

Response RoutingActs::finishSupport(Visit& visit) {
  return afterAct(
      parts_.routing.finishSupport(visit.caller(), targetOf(visit), visit.form.value("note")),
      desk_, visit, "", "support_done");
}

Response RoutingActs::markRead(Visit& visit) {
  return afterAct(parts_.routing.markRead(visit.caller(), targetOf(visit)), desk_, visit, "",
                  "read");
}

}  // namespace eoffice::web
