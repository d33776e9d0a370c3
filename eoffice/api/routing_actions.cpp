#include "eoffice/api/routing_actions.h"

#include "eoffice/api/document_acts.h"
#include "eoffice/api/document_json.h"
#include "eoffice/api/schemas.h"
#include "eoffice/directory/people.h"
#include "eoffice/documents/routing.h"
#include "eoffice/documents/views.h"

namespace eoffice::api {
namespace {

using base::db::Session;
using base::http::Method;
using documents::Receiver;
using nlohmann::json;

const Schema& receiverInput() {
  static const Schema kSchema{
      .name = "ReceiverInput",
      .side = Schema::Side::Input,
      .fields = {choice("part", "As what.", {"support", "informed"}),
                 optional(id("post", "A post; or")),
                 optional(id("unit", "a unit, which means its head on this day.")),
                 optional(number("workdays", "A deadline of their own, after today.", 1, 400)),
                 optional(date("due_date", "Or the last day; not later than the lead's."))}};
  return kSchema;
}

const Schema& reasonInput() {
  static const Schema kSchema{
      .name = "ReturnReason",
      .side = Schema::Side::Input,
      .fields = {text("reason", "For who gave it.", 2000), schemas::version()}};
  return kSchema;
}

const Schema& takeBackInput() {
  static const Schema kSchema{
      .name = "TakeBack",
      .side = Schema::Side::Input,
      .fields = {id("receiver", "Of GET .../routing."), schemas::version()}};
  return kSchema;
}

const Schema& reassignInput() {
  static const Schema kSchema{
      .name = "Reassignment",
      .side = Schema::Side::Input,
      .fields = {optional(id("lead", "Post of the new lead; or")),
                 optional(id("lead_unit", "a unit, which means its head on this day.")),
                 text("reason", "For the former lead and the new one.", 2000), schemas::version()}};
  return kSchema;
}

const Schema& supportInput() {
  static const Schema kSchema{
      .name = "SupportResult",
      .side = Schema::Side::Input,
      .fields = {text("result", "What was done.", 2000), schemas::version()}};
  return kSchema;
}

const Schema& suggestionInput() {
  static const Schema kSchema{
      .name = "Suggestion",
      .side = Schema::Side::Input,
      .fields = {text("text", "What the handler proposes.", 2000), schemas::version()}};
  return kSchema;
}

const Schema& versionInput() {
  static const Schema kSchema{
      .name = "AtVersion", .side = Schema::Side::Input, .fields = {schemas::version()}};
  return kSchema;
}

const Schema& holderSchema() {
  static const Schema kSchema{
      .name = "ChainPost",
      .fields = {id("post", "Post."), text("name", "Who holds it."), text("title", "Title."),
                 text("unit", "Unit; empty at the agency's head.")}};
  return kSchema;
}

const Schema& chainReceiver() {
  static const Schema kSchema{
      .name = "ChainReceiver",
      .fields = {id("id", "For .../take-back."), object("holder", holderSchema()),
                 choice("part", "As what.", {"lead", "support", "informed"}),
                 optional(id("unit", "The unit that was named, where one was.")),
                 optional(id("task", "Of their own.")), optional(date("due_date", "Last day.")),
                 choice("state", "How it stands.",
                        {"open", "passed_on", "done", "returned", "taken_back", "replaced"}),
                 instant("given_at", "When."), optional(instant("ended_at", "When.")),
                 text("words", "The reason, or what was reported.")}};
  return kSchema;
}

const Schema& chainInstruction() {
  static const Schema kSchema{
      .name = "ChainInstruction",
      .fields = {id("id", "Id."),
                 choice("kind", "How it came about.", {"direction", "hand_over", "forward"}),
                 optional(id("under", "The receiver under whom it was given; null at the top.")),
                 object("giver", holderSchema()),
                 optional(object("written_by", holderSchema(), "When a delegate wrote it.")),
                 optional(object("proposed_by", holderSchema(), "Who prepared it.")),
                 optional(flag("proposal_kept", "Whether it stayed as it was prepared.")),
                 text("text", "The words."), optional(date("due_date", "Of the lead.")),
                 instant("at", "When."), objects("receivers", chainReceiver())}};
  return kSchema;
}

const Schema& viewSchema() {
  static const Schema kSchema{
      .name = "DocumentView",
      .fields = {object("holder", holderSchema()), instant("first_seen_at", "When."),
                 instant("last_seen_at", "When."),
                 number("times", "Visits, at most one in ten minutes.")}};
  return kSchema;
}

const Schema& routingSchema() {
  static const Schema kSchema{
      .name = "Routing",
      .fields = {
          objects("instructions", chainInstruction(), "Oldest first; `under` makes the tree."),
          objects("views", viewSchema(), "Who opened the document.")}};
  return kSchema;
}

std::string_view partName(documents::Part part) {
  return part == documents::Part::Lead      ? "lead"
         : part == documents::Part::Support ? "support"
                                            : "informed";
}

// Names of everybody in the chain, by one query.
class Holders {
 public:
  Holders(Session& session, const documents::Chain& chain,
          const std::vector<documents::Look>& views) {
    std::vector<PostId> posts;
    for (const auto& one : chain.instructions) {
      posts.insert(posts.end(), {one.giver, one.writtenBy});
      if (one.proposedBy.valid()) posts.push_back(one.proposedBy);
    }
    for (const auto& one : chain.receivers) posts.push_back(one.post);
    for (const auto& one : views) posts.push_back(one.post);
    names_ = directory::postNames(session, posts);
  }
  [[nodiscard]] json of(PostId post) const {
    const auto found = names_.find(post);
    const auto name = found == names_.end() ? directory::PostName{} : found->second;
    return {{"post", post.value()},
            {"name", name.personName},
            {"title", name.title},
            {"unit", name.unitName}};
  }

 private:
  std::map<PostId, directory::PostName> names_;
};

json receiverJson(const documents::ReceiverRow& row, const Holders& holders) {
  return {{"id", row.id},
          {"holder", holders.of(row.post)},
          {"part", partName(row.part)},
          {"unit", numberOrNull(row.unit.value())},
          {"task", numberOrNull(row.task)},
          {"due_date", orNull(row.due)},
          {"state", nameOf(row.state)},
          {"given_at", base::isoInstant(row.givenAt)},
          {"ended_at", orNull(row.endedAt)},
          {"words", row.words}};
}

json instructionJson(const documents::InstructionRow& row, const documents::Chain& chain,
                     const Holders& holders) {
  json receivers = json::array();
  for (const auto& one : chain.receivers) {
    if (one.instruction == row.id) receivers.push_back(receiverJson(one, holders));
  }
  const bool prepared = row.proposedBy.valid();
  return {{"id", row.id},
          {"kind", nameOf(row.kind)},
          {"under", numberOrNull(row.parentReceiver)},
          {"giver", holders.of(row.giver)},
          {"written_by", row.writtenBy == row.giver ? json(nullptr) : holders.of(row.writtenBy)},
          {"proposed_by", prepared ? holders.of(row.proposedBy) : json(nullptr)},
          {"proposal_kept", prepared ? json(row.proposalKept) : json(nullptr)},
          {"text", row.text},
          {"due_date", orNull(row.due)},
          {"at", base::isoInstant(row.at)},
          {"receivers", std::move(receivers)}};
}

// One act: they differ in their input and their errors.
Operation act(const char* path, const char* name, const char* summary, const Schema& body,
              std::vector<std::string> errors, Action action) {
  errors.insert(errors.end(), {"document.unknown", "document.changed_meanwhile",
                               "document.wrong_state", "document.done_by_you"});
  return {.method = Method::Post,
          .path = std::string("/documents/{id}/") + path,
          .name = name,
          .group = "routing",
          .summary = summary,
          .body = &body,
          .answer = &schemas::documentState(),
          .errors = std::move(errors),
          .action = std::move(action)};
}

Receiver leadOf(const Values& body) {
  return body.has("lead") ? Receiver(PostId(body.number("lead")))
                          : Receiver(UnitId(body.number("lead_unit")));
}

std::optional<int> workdaysIn(const Values& values) {
  return values.has("workdays") ? std::optional(static_cast<int>(values.number("workdays")))
                                : std::nullopt;
}

std::vector<std::string> with(std::vector<std::string> errors,
                              const std::vector<std::string>& more) {
  errors.insert(errors.end(), more.begin(), more.end());
  return errors;
}

}  // namespace

const Schema& directionInput() {
  static const Schema kSchema{
      .name = "Direction",
      .side = Schema::Side::Input,
      .fields = {text("text", "The instruction."),
                 optional(id("lead", "Post: exactly one lead; or")),
                 optional(id("lead_unit", "a unit, which means its head on this day.")),
                 optional(ids("supports", "Posts, until the lead's deadline.")),
                 optional(ids("informed", "Posts.")),
                 optional(objects("receivers", receiverInput(),
                                  "Supports and informed that are units, or have a deadline of "
                                  "their own.")),
                 optional(number("workdays", "Deadline in workdays after today.", 1, 400)),
                 optional(date("due_date", "Or the last day.")), schemas::version()}};
  return kSchema;
}

const Schema& directedDocument() {
  static const Schema kSchema{
      .name = "DirectedDocument",
      .fields = {object("document", schemas::documentState()), id("task", "That it made."),
                 optional(date("due_date", "The last day."))}};
  return kSchema;
}

documents::Instruction instructionOf(const Call& call) {
  const auto& body = call.body;
  documents::Instruction input{
      .target = targetOf(call), .text = body.text("text"), .lead = leadOf(body)};
  for (const auto post : body.numbers("supports")) input.supports.emplace_back(PostId(post));
  for (const auto post : body.numbers("informed")) input.informed.emplace_back(PostId(post));
  for (const auto& one : body.objects("receivers")) {
    auto receiver = one.has("post") ? Receiver(PostId(one.number("post")))
                                    : Receiver(UnitId(one.number("unit")));
    receiver.workdays = workdaysIn(one);
    receiver.due = one.date("due_date");
    (one.text("part") == "support" ? input.supports : input.informed).push_back(receiver);
  }
  input.workdays = workdaysIn(body);
  input.due = body.date("due_date");
  return input;
}

std::vector<std::string> directionErrors() {
  return {"instruction.no_lead",       "instruction.no_deadline", "instruction.two_deadlines",
          "instruction.unknown_post",  "routing.post_ended",      "routing.unit_unknown",
          "routing.unit_ended",        "routing.unit_closed",     "routing.unit_without_head",
          "task.due_in_past",          "task.holder_twice",       "task.workdays_out_of_range",
          "task.due_outside_calendar", "task.due_after_parent"};
}

Operations RoutingActions::operations() const {
  using Me = RoutingActions;
  Operations all{
      act("hand-over", "handOver",
          "Hand it straight to who handles such documents, without a leader's instruction.",
          directionInput(), with({"permission.denied", "document.step_closed"}, directionErrors()),
          bind(this, &Me::handOver)),
      act("forwarding", "forward", "Pass what lies with the caller on to people below.",
          directionInput(),
          with({"permission.denied", "routing.not_received", "routing.before_chains",
                "routing.not_below"},
               directionErrors()),
          bind(this, &Me::forward)),
      act("return-up", "returnUp", "Give it back to who gave it; the deadline goes on.",
          reasonInput(), {"routing.not_received", "routing.before_chains"},
          bind(this, &Me::returnUp)),
      act("take-back", "takeBack", "Take it back from a receiver who has not opened it.",
          takeBackInput(),
          {"routing.unknown_receiver", "routing.not_given", "routing.seen_already",
           "routing.acted_already"},
          bind(this, &Me::takeBack)),
      act("reassignment", "reassign", "Give what the caller gave to another lead.", reassignInput(),
          with({"routing.not_given", "routing.same_lead", "task.not_found"}, directionErrors()),
          bind(this, &Me::reassign)),
      act("support-completion", "finishSupport", "Report that the caller's share is done.",
          supportInput(), {"routing.not_received"}, bind(this, &Me::finishSupport)),
      act("reading-receipt", "markRead", "Say that it was read, where it was given to be read.",
          versionInput(), {"routing.not_received"}, bind(this, &Me::markRead)),
      act("suggestion", "suggest", "Say what the handler proposes; it stands on the slip.",
          suggestionInput(), {"routing.not_received", "task.not_found"}, bind(this, &Me::suggest)),
      {.method = Method::Post,
       .path = "/documents/{id}/view",
       .name = "noteView",
       .group = "routing",
       .summary = "Say that a person has it before their eyes: GET alone does not count.",
       .answer = &routingSchema(),
       .errors = {"document.unknown"},
       .action = bind(this, &Me::noteView)},
      {.path = "/documents/{id}/routing",
       .name = "showRouting",
       .group = "routing",
       .summary = "Who gave what to whom, each with deadline and state; who opened the document.",
       .answer = &routingSchema(),
       .errors = {"document.unknown"},
       .action = bind(this, &Me::show)}};
  for (auto& operation : all) {
    if (operation.name == "handOver" || operation.name == "forward") {
      operation.answer = &directedDocument();
    }
  }
  return all;
}

namespace {

base::Result<json> directed(const web::PageParts& parts, const Call& call,
                            const base::Result<documents::Directed>& done) {
  if (!done) return tl::unexpected(done.error());
  return json{{"document", stateAfter(parts, targetOf(call).document)},
              {"task", done->task},
              {"due_date", orNull(done->due)}};
}

}  // namespace

base::Result<json> RoutingActions::handOver(const Call& call) const {
  return directed(parts_, call, parts_.routing.handOver(call.caller(), instructionOf(call)));
}

base::Result<json> RoutingActions::forward(const Call& call) const {
  return directed(parts_, call, parts_.routing.forward(call.caller(), instructionOf(call)));
}

base::Result<json> RoutingActions::returnUp(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.routing.returnUp(call.caller(), target, call.body.text("reason")));
}

base::Result<json> RoutingActions::takeBack(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.routing.takeBack(call.caller(), target, call.body.number("receiver")));
}

base::Result<json> RoutingActions::reassign(const Call& call) const {
  const auto target = targetOf(call);
  if (!leadOf(call.body).valid()) {
    return base::refuse(base::RefusalKind::Invalid, "instruction.no_lead", "lead");
  }
  return stateAfter(
      parts_, target.document,
      parts_.routing.reassign(call.caller(), target, leadOf(call.body), call.body.text("reason")));
}

base::Result<json> RoutingActions::finishSupport(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.routing.finishSupport(call.caller(), target, call.body.text("result")));
}

base::Result<json> RoutingActions::markRead(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document, parts_.routing.markRead(call.caller(), target));
}

base::Result<json> RoutingActions::suggest(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.routing.suggest(call.caller(), target, call.body.text("text")));
}

base::Result<json> RoutingActions::noteView(const Call& call) const {
  const DocumentId id(call.path("id"));
  const auto now = parts_.renderer.clock().now();
  if (!documents::noteView(parts_.database, call.caller(), id, now)) {
    return base::refuse(base::RefusalKind::NotFound, "document.unknown");
  }
  return show(call);
}

base::Result<json> RoutingActions::show(const Call& call) const {
  const DocumentId id(call.path("id"));
  return parts_.database.read([&](Session& session) -> base::Result<json> {
    if (!documents::maySee(session, call.caller(), id)) {
      return base::refuse(base::RefusalKind::NotFound, "document.unknown");
    }
    const auto chain = documents::readChain(session, id);
    const auto views = documents::viewsOf(session, id);
    const Holders holders(session, chain, views);
    json instructions = json::array();
    for (const auto& one : chain.instructions) {
      instructions.push_back(instructionJson(one, chain, holders));
    }
    json seen = json::array();
    for (const auto& one : views) {
      seen.push_back({{"holder", holders.of(one.post)},
                      {"first_seen_at", base::isoInstant(one.first)},
                      {"last_seen_at", base::isoInstant(one.last)},
                      {"times", one.times}});
    }
    return json{{"instructions", std::move(instructions)}, {"views", std::move(seen)}};
  });
}

}  // namespace eoffice::api
