#include "eoffice/api/leader_actions.h"

#include "eoffice/api/document_acts.h"
#include "eoffice/api/document_json.h"
#include "eoffice/api/routing_actions.h"
#include "eoffice/api/schemas.h"
#include "eoffice/directory/people.h"
#include "eoffice/documents/phrases.h"

namespace eoffice::api {
namespace {

using base::db::Session;
using base::http::Method;
using documents::PhraseMove;
using documents::PhraseOwner;
using nlohmann::json;

const Schema& phraseInput() {
  static const Schema kSchema{
      .name = "NewPhrase",
      .side = Schema::Side::Input,
      .fields = {text("text", "The sentence.", 500),
                 optional(flag("agency", "For everybody of the agency; else the caller's own."))}};
  return kSchema;
}

const Schema& moveInput() {
  static const Schema kSchema{.name = "PhraseMove",
                              .side = Schema::Side::Input,
                              .fields = {choice("where", "One place.", {"up", "down"})}};
  return kSchema;
}

const Schema& assistantInput() {
  static const Schema kSchema{.name = "NewAssistant",
                              .side = Schema::Side::Input,
                              .fields = {id("post", "Who may prepare instructions.")}};
  return kSchema;
}

const Schema& versionInput() {
  static const Schema kSchema{
      .name = "ProposalAt", .side = Schema::Side::Input, .fields = {schemas::version()}};
  return kSchema;
}

const Schema& phraseSchema() {
  static const Schema kSchema{
      .name = "Phrase",
      .fields = {id("id", "Id."), flag("own", "Else the agency's."), text("text", "The words.")}};
  return kSchema;
}

const Schema& phraseList() {
  static const Schema kSchema{
      .name = "PhraseList",
      .fields = {objects("phrases", phraseSchema(), "The caller's own first, in their order.")}};
  return kSchema;
}

const Schema& assistantSchema() {
  static const Schema kSchema{
      .name = "Assistant",
      .fields = {id("post", "Post."), text("name", "Name."), text("title", "Title.")}};
  return kSchema;
}

const Schema& assistantList() {
  static const Schema kSchema{.name = "AssistantList",
                              .fields = {objects("assistants", assistantSchema())}};
  return kSchema;
}

Operation documentAct(const char* path, const char* name, const char* summary, const Schema& body,
                      std::vector<std::string> errors, Action action) {
  errors.insert(errors.end(), {"document.unknown", "document.changed_meanwhile",
                               "document.wrong_state", "document.not_yours"});
  return {.method = Method::Post,
          .path = std::string("/documents/{id}/proposal") + path,
          .name = name,
          .group = "leader",
          .summary = summary,
          .body = &body,
          .answer = &schemas::documentState(),
          .errors = std::move(errors),
          .action = std::move(action)};
}

}  // namespace

Operations LeaderActions::operations() const {
  using Me = LeaderActions;
  auto proposalErrors = directionErrors();
  proposalErrors.insert(proposalErrors.end(), {"proposal.not_assistant", "document.step_closed"});
  Operations all{
      {.path = "/phrases",
       .name = "listPhrases",
       .group = "leader",
       .summary = "Sentences that are ready for an instruction.",
       .answer = &phraseList(),
       .action = bind(this, &Me::phrases)},
      {.method = Method::Post,
       .path = "/phrases",
       .name = "addPhrase",
       .group = "leader",
       .summary = "Add one at the end.",
       .body = &phraseInput(),
       .answer = &phraseList(),
       .status = 201,
       .errors = {"permission.denied", "phrase.too_many", "phrase.twice"},
       .action = bind(this, &Me::addPhrase)},
      {.method = Method::Delete,
       .path = "/phrases/{id}",
       .name = "removePhrase",
       .group = "leader",
       .summary = "Remove one.",
       .answer = &phraseList(),
       .errors = {"permission.denied", "phrase.unknown"},
       .action = bind(this, &Me::removePhrase)},
      {.method = Method::Post,
       .path = "/phrases/{id}/move",
       .name = "movePhrase",
       .group = "leader",
       .summary = "One place up or down.",
       .body = &moveInput(),
       .answer = &phraseList(),
       .errors = {"permission.denied", "phrase.unknown"},
       .action = bind(this, &Me::movePhrase)},
      {.path = "/assistants",
       .name = "listAssistants",
       .group = "leader",
       .summary = "Who may prepare instructions for the caller.",
       .answer = &assistantList(),
       .action = bind(this, &Me::assistants)},
      {.method = Method::Post,
       .path = "/assistants",
       .name = "nameAssistant",
       .group = "leader",
       .summary = "Name one, as a leader.",
       .body = &assistantInput(),
       .answer = &assistantList(),
       .errors = {"permission.denied", "proposal.no_assistant"},
       .action = bind(this, &Me::nameAssistant)},
      {.method = Method::Delete,
       .path = "/assistants/{id}",
       .name = "endAssistant",
       .group = "leader",
       .summary = "This post prepares no more.",
       .answer = &assistantList(),
       .errors = {"proposal.no_assistant"},
       .action = bind(this, &Me::endAssistant)},
      documentAct("", "propose",
                  "Prepare the leader's instruction, as head of office or assistant.",
                  directionInput(), proposalErrors, bind(this, &Me::propose)),
      documentAct("/confirmation", "confirmProposal", "Direct exactly as it was prepared.",
                  versionInput(), directionErrors(), bind(this, &Me::confirm)),
      documentAct("/discard", "discardProposal", "Do without what was prepared.", versionInput(),
                  {"proposal.none"}, bind(this, &Me::discard))};
  for (auto& operation : all) {
    if (operation.name != "confirmProposal") continue;
    operation.answer = &directedDocument();
    operation.errors.insert(operation.errors.end(),
                            {"proposal.none", "permission.denied", "document.done_by_you"});
  }
  return all;
}

base::Result<json> LeaderActions::phrases(const Call& call) const {
  json rows = json::array();
  for (const auto& one : parts_.database.read(
           [&](Session& session) { return documents::phrasesFor(session, call.caller()); })) {
    rows.push_back({{"id", one.id}, {"own", one.own}, {"text", one.text}});
  }
  return json{{"phrases", std::move(rows)}};
}

base::Result<json> LeaderActions::addPhrase(const Call& call) const {
  const auto owner = call.body.flag("agency") ? PhraseOwner::Agency : PhraseOwner::Own;
  auto added = documents::addPhrase(parts_.database, parts_.renderer.clock(), call.caller(), owner,
                                    call.body.text("text"));
  if (!added) return tl::unexpected(std::move(added.error()));
  return phrases(call);
}

base::Result<json> LeaderActions::removePhrase(const Call& call) const {
  auto removed = documents::removePhrase(parts_.database, parts_.renderer.clock(), call.caller(),
                                         call.path("id"));
  if (!removed) return tl::unexpected(std::move(removed.error()));
  return phrases(call);
}

base::Result<json> LeaderActions::movePhrase(const Call& call) const {
  const auto where = call.body.text("where") == "up" ? PhraseMove::Up : PhraseMove::Down;
  auto moved = documents::movePhrase(parts_.database, parts_.renderer.clock(), call.caller(),
                                     call.path("id"), where);
  if (!moved) return tl::unexpected(std::move(moved.error()));
  return phrases(call);
}

base::Result<json> LeaderActions::assistants(const Call& call) const {
  return parts_.database.read([&](Session& session) -> json {
    const auto posts = documents::assistantsOf(session, call.caller().post);
    const auto names = directory::postNames(session, posts);
    json rows = json::array();
    for (const auto post : posts) {
      const auto& name = names.at(post);
      rows.push_back({{"post", post.value()}, {"name", name.personName}, {"title", name.title}});
    }
    return {{"assistants", std::move(rows)}};
  });
}

base::Result<json> LeaderActions::nameAssistant(const Call& call) const {
  auto named = parts_.proposals.nameAssistant(call.caller(), PostId(call.body.number("post")));
  if (!named) return tl::unexpected(std::move(named.error()));
  return assistants(call);
}

base::Result<json> LeaderActions::endAssistant(const Call& call) const {
  auto ended = parts_.proposals.endAssistant(call.caller(), PostId(call.path("id")));
  if (!ended) return tl::unexpected(std::move(ended.error()));
  return assistants(call);
}

base::Result<json> LeaderActions::propose(const Call& call) const {
  return stateAfter(parts_, targetOf(call).document,
                    parts_.proposals.propose(call.caller(), instructionOf(call)));
}

base::Result<json> LeaderActions::confirm(const Call& call) const {
  const auto target = targetOf(call);
  auto done = parts_.proposals.confirm(call.caller(), target);
  if (!done) return tl::unexpected(std::move(done.error()));
  return json{{"document", stateAfter(parts_, target.document)},
              {"task", done->task},
              {"due_date", orNull(done->due)}};
}

base::Result<json> LeaderActions::discard(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document, parts_.proposals.discard(call.caller(), target));
}

}  // namespace eoffice::api
