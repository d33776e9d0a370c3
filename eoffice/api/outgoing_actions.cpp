#include "eoffice/api/outgoing_actions.h"

#include "eoffice/api/document_acts.h"
#include "eoffice/api/schemas.h"

namespace eoffice::api {
namespace {

using base::http::Method;
using documents::urgencyFrom;
using nlohmann::json;

std::vector<Field> draftFields() {
  return {
      text("type", "Name of the type: see /document-types.", 100),
      text("notation", "What follows the number in the symbol.", 30),
      text("subject", "Abstract.", 500),
      id("signer", "Post of the leader who will sign."),
      optional(choice("urgency", "`thuong` when absent.", schemas::urgencyNames())),
      optional(text("competence",
                    "In which capacity: `TM.`, `KT.`, `TL.`, `TUQ.` or `Q.`, alone or with the "
                    "position that follows it; absent when the signer signs in their own right.",
                    50)),
      optional(date("reply_by", "When an answer is asked for.")),
      optional(text("secrecy", "Leave it out: state secrets are refused.", 50))};
}

const Schema& newDraft() {
  static const Schema kSchema = [] {
    Schema schema{.name = "NewDraft", .side = Schema::Side::Input, .fields = draftFields()};
    schema.fields.push_back(object("upload", schemas::uploadRef()));
    schema.fields.push_back(schemas::requestKey());
    return schema;
  }();
  return kSchema;
}

const Schema& betterDraft() {
  static const Schema kSchema = [] {
    Schema schema{.name = "BetterDraft", .side = Schema::Side::Input, .fields = draftFields()};
    schema.fields.push_back(
        optional(object("upload", schemas::uploadRef(), "Absent: the file stays.")));
    schema.fields.push_back(schemas::version());
    return schema;
  }();
  return kSchema;
}

const Schema& noteInput() {
  static const Schema kSchema{
      .name = "Note",
      .side = Schema::Side::Input,
      .fields = {optional(text("note", "For the reviewer.")), schemas::version()}};
  return kSchema;
}

const Schema& remarkInput() {
  static const Schema kSchema{.name = "Remark",
                              .side = Schema::Side::Input,
                              .fields = {text("remark", "For the drafter."), schemas::version()}};
  return kSchema;
}

const Schema& approvalInput() {
  static const Schema kSchema{
      .name = "Approval",
      .side = Schema::Side::Input,
      .fields = {optional(text("remark", "For the signer.")), schemas::version()}};
  return kSchema;
}

const Schema& pinInput() {
  static const Schema kSchema{
      .name = "Pin",
      .side = Schema::Side::Input,
      .fields = {secret("pin", "Opens the key for this one act."), schemas::version()}};
  return kSchema;
}

const Schema& numberInput() {
  static const Schema kSchema{
      .name = "NumberInput",
      .side = Schema::Side::Input,
      .fields = {
          optional(number("reserved", "A reserved number of its series, instead of the next.", 1,
                          10'000'000)),
          schemas::version()}};
  return kSchema;
}

const Schema& issueInput() {
  static const Schema kSchema{
      .name = "Issue",
      .side = Schema::Side::Input,
      .fields = {texts("receivers", "Codes of agencies: see /agencies.", 1000),
                 optional(date("reply_by", "Instead of the draft's; absent: as the draft says.")),
                 schemas::version()}};
  return kSchema;
}

const Schema& nothingInput() {
  static const Schema kSchema{.name = "Nothing", .side = Schema::Side::Input, .fields = {}};
  return kSchema;
}

documents::NewDraft draftIn(const Call& call) {
  const auto& body = call.body;
  return {.file = body.has("upload") ? uploadOf(body.object("upload")) : documents::Upload(),
          .typeName = body.text("type"),
          .notation = body.text("notation"),
          .subject = body.text("subject"),
          .urgency = urgencyFrom(body.text("urgency")).value_or(documents::Urgency::Normal),
          .secrecy = body.text("secrecy"),
          .replyBy = body.date("reply_by"),
          .signer = PostId(body.number("signer")),
          .competence = body.text("competence")};
}

documents::Issue issueIn(const Call& call) {
  documents::Issue issue{.receivers = call.body.texts("receivers"), .replyBy = std::nullopt};
  if (const auto day = call.body.date("reply_by")) issue.replyBy.emplace(day);
  return issue;
}

Operation outgoingAct(const char* act, const char* name, const char* summary, const Schema& body,
                      std::vector<std::string> errors, Action action) {
  errors.insert(errors.end(),
                {"permission.denied", "document.unknown", "document.not_yours",
                 "document.changed_meanwhile", "document.wrong_state", "document.done_by_you"});
  return {.method = Method::Post,
          .path = std::string("/documents/{id}/") + act,
          .name = name,
          .group = "outgoing",
          .summary = summary,
          .body = &body,
          .answer = &schemas::documentState(),
          .errors = std::move(errors),
          .action = std::move(action)};
}

const std::vector<std::string> kDraftErrors{"permission.denied",        "upload.unknown",
                                            "document.secret_refused",  "request.key_reused",
                                            "draft.no_signer",          "field.unknown_type",
                                            "field.date_in_past",       "signing.protected",
                                            "field.unknown_competence", "field.bad_notation"};
const std::vector<std::string> kKeyErrors{"signing.key_not_found", "signing.wrong_password",
                                          "document.step_closed"};

}  // namespace

Operations OutgoingActions::operations() const {
  using Me = OutgoingActions;
  // An act on the document of the path: done by `act`, answered with where it stands then.
  const auto does = [this](auto act) -> Action {
    return [this, act](const Call& call) -> base::Result<Output> {
      auto state = stateAfter(parts_, DocumentId(call.path("id")), act(parts_.outgoing, call));
      if (!state) return tl::unexpected(std::move(state.error()));
      return Output(std::move(*state));
    };
  };
  auto answer = outgoingAct("answer", "answer", "Draft the answer to an incoming document.",
                            newDraft(), kDraftErrors, bind(this, &Me::answer));
  answer.status = 201;
  auto revise = outgoingAct("draft", "revise",
                            "Better words, and a better file where one is given.", betterDraft(),
                            kDraftErrors, does([](documents::Outgoing& outgoing, const Call& call) {
                              return outgoing.revise(call.caller(), targetOf(call), draftIn(call));
                            }));
  revise.method = Method::Put;
  return {
      {.method = Method::Post,
       .path = "/outgoing-documents",
       .name = "draft",
       .group = "outgoing",
       .summary = "Draft a document that answers none.",
       .body = &newDraft(),
       .answer = &schemas::documentState(),
       .status = 201,
       .errors = kDraftErrors,
       .action = bind(this, &Me::draft)},
      std::move(answer),
      std::move(revise),
      outgoingAct("review-request", "sendUp", "Send the draft up to the head of the unit.",
                  noteInput(), {"draft.no_reviewer"},
                  does([](documents::Outgoing& outgoing, const Call& call) {
                    return outgoing.sendUp(call.caller(), targetOf(call), call.body.text("note"));
                  })),
      outgoingAct("return", "returnDraft", "Send the draft back with a remark.", remarkInput(), {},
                  does([](documents::Outgoing& outgoing, const Call& call) {
                    return outgoing.returnDraft(call.caller(), targetOf(call),
                                                call.body.text("remark"));
                  })),
      outgoingAct("approval", "approve", "Approve the draft: it goes to its signer.",
                  approvalInput(), {}, does([](documents::Outgoing& outgoing, const Call& call) {
                    return outgoing.approve(call.caller(), targetOf(call),
                                            call.body.text("remark"));
                  })),
      outgoingAct("signature", "sign", "Sign with the caller's own key.", pinInput(), kKeyErrors,
                  does([](documents::Outgoing& outgoing, const Call& call) {
                    return outgoing.sign(call.caller(), targetOf(call), call.body.text("pin"));
                  })),
      outgoingAct("number", "giveNumber", "Give number and date, after the signature.",
                  numberInput(),
                  {"document.step_closed", "book.closed", "book.agency_ended",
                   "number.not_reserved", "number.symbol_given"},
                  does([](documents::Outgoing& outgoing, const Call& call) {
                    return outgoing.giveNumber(call.caller(), targetOf(call),
                                               static_cast<int>(call.body.number("reserved")));
                  })),
      outgoingAct("seal", "seal", "Seal with the agency's key.", pinInput(), kKeyErrors,
                  does([](documents::Outgoing& outgoing, const Call& call) {
                    return outgoing.seal(call.caller(), targetOf(call), call.body.text("pin"));
                  })),
      outgoingAct("issue", "issue", "Send it to its receivers by the axis.", issueInput(),
                  {"issue.no_receiver", "issue.unknown_receiver", "issue.receiver_closed",
                   "issue.receiver_twice", "issue.to_oneself", "field.date_in_past"},
                  does([](documents::Outgoing& outgoing, const Call& call) {
                    return outgoing.issue(call.caller(), targetOf(call), issueIn(call));
                  })),
      outgoingAct("deliveries/{delivery}/retry", "retryDelivery",
                  "Try a delivery again that was given up.", nothingInput(),
                  {"delivery.unknown_delivery", "delivery.not_failed"}, bind(this, &Me::retry))};
}

base::Result<json> OutgoingActions::draft(const Call& call) const { return draftFor(call, {}); }

base::Result<json> OutgoingActions::answer(const Call& call) const {
  const DocumentId answered(call.path("id"));
  if (!answered.valid()) return base::refuse(base::RefusalKind::NotFound, "document.unknown");
  return draftFor(call, answered);
}

base::Result<json> OutgoingActions::draftFor(const Call& call, DocumentId answered) const {
  auto input = draftIn(call);
  input.answers = answered;
  input.file.requestKey = storedKey(call.caller(), "outgoing-" + std::to_string(answered.value()),
                                    call.body.text("request_key"));
  auto drafted = parts_.outgoing.draft(call.caller(), input);
  if (!drafted) return tl::unexpected(std::move(drafted.error()));
  return madeBy(parts_, call.caller(), *drafted, input.file);
}

base::Result<json> OutgoingActions::retry(const Call& call) const {
  const DocumentId id(call.path("id"));
  return stateAfter(parts_, id,
                    parts_.outgoing.retryDelivery(call.caller(), id, call.path("delivery")));
}

}  // namespace eoffice::api
