#include "eoffice/api/outgoing_actions.h"

#include "eoffice/api/document_acts.h"
#include "eoffice/api/schemas.h"

namespace eoffice::api {
namespace {

using base::http::Method;
using documents::urgencyFrom;
using nlohmann::json;

std::vector<Field> draftFields() {
  return {text("type", "Name of the type: see /document-types.", 100),
          text("notation", "What follows the number in the symbol.", 30),
          text("subject", "Abstract.", 500),
          id("signer", "Post of the leader who will sign."),
          optional(choice("urgency", "`thuong` when absent.", schemas::urgencyNames())),
          optional(text("competence", "`KT.` and the like, printed before the signature.", 50)),
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

const Schema& versionInput() {
  static const Schema kSchema{
      .name = "VersionOnly", .side = Schema::Side::Input, .fields = {schemas::version()}};
  return kSchema;
}

const Schema& issueInput() {
  static const Schema kSchema{
      .name = "Issue",
      .side = Schema::Side::Input,
      .fields = {texts("receivers", "Codes of agencies: see /agencies.", 1000),
                 schemas::version()}};
  return kSchema;
}

const Schema& nothingInput() {
  static const Schema kSchema{.name = "Nothing", .side = Schema::Side::Input, .fields = {}};
  return kSchema;
}

documents::NewDraft draftIn(const Call& call, base::BlobRef blob) {
  const auto& body = call.body;
  return {.blob = std::move(blob),
          .fileName = body.object("upload").text("name"),
          .typeName = body.text("type"),
          .notation = body.text("notation"),
          .subject = body.text("subject"),
          .urgency = urgencyFrom(body.text("urgency")).value_or(documents::Urgency::Normal),
          .secrecy = body.text("secrecy"),
          .replyBy = body.date("reply_by"),
          .signer = PostId(body.number("signer")),
          .competence = body.text("competence"),
          .requestKey = {}};
}

Operation outgoingAct(const char* act, const char* name, const char* summary, const Schema& body,
                      std::vector<std::string> errors, Action action) {
  errors.insert(errors.end(), {"permission.denied", "document.unknown", "document.not_yours",
                               "document.changed_meanwhile", "document.wrong_state"});
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

const std::vector<std::string> kDraftErrors{
    "permission.denied", "upload.unknown",     "document.secret_refused", "request.key_reused",
    "draft.no_signer",   "field.unknown_type", "field.date_in_past",      "signing.protected"};
const std::vector<std::string> kKeyErrors{"signing.key_not_found", "signing.wrong_password",
                                          "document.step_closed"};

}  // namespace

Operations OutgoingActions::operations() const {
  using Me = OutgoingActions;
  auto answer = outgoingAct("answer", "answer", "Draft the answer to an incoming document.",
                            newDraft(), kDraftErrors, bind(this, &Me::answer));
  answer.status = 201;
  auto revise =
      outgoingAct("draft", "revise", "Better words, and a better file where one is given.",
                  betterDraft(), kDraftErrors, bind(this, &Me::revise));
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
                  noteInput(), {"draft.no_reviewer"}, bind(this, &Me::sendUp)),
      outgoingAct("return", "returnDraft", "Send the draft back with a remark.", remarkInput(), {},
                  bind(this, &Me::giveBack)),
      outgoingAct("approval", "approve", "Approve the draft: it goes to its signer.",
                  approvalInput(), {}, bind(this, &Me::approve)),
      outgoingAct("signature", "sign", "Sign with the caller's own key.", pinInput(), kKeyErrors,
                  bind(this, &Me::sign)),
      outgoingAct("number", "giveNumber", "Give number and date, after the signature.",
                  versionInput(), {"document.step_closed"}, bind(this, &Me::number)),
      outgoingAct("seal", "seal", "Seal with the agency's key.", pinInput(), kKeyErrors,
                  bind(this, &Me::seal)),
      outgoingAct("issue", "issue", "Send it to its receivers by the axis.", issueInput(),
                  {"issue.no_receiver", "issue.unknown_receiver", "issue.receiver_closed",
                   "issue.receiver_twice", "issue.to_oneself"},
                  bind(this, &Me::issue)),
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
  auto blob = uploadOf(parts_.blobs, call.body.object("upload"));
  if (!blob) return tl::unexpected(std::move(blob.error()));
  auto input = draftIn(call, *blob);
  input.answers = answered;
  input.requestKey = storedKey(call.caller(), "outgoing-" + std::to_string(answered.value()),
                               call.body.text("request_key"));
  auto drafted = parts_.outgoing.draft(call.caller(), input);
  if (!drafted) return tl::unexpected(std::move(drafted.error()));
  return madeBy(parts_, call.caller(), *drafted, *blob);
}

base::Result<json> OutgoingActions::revise(const Call& call) const {
  base::BlobRef blob;
  if (call.body.has("upload")) {
    auto found = uploadOf(parts_.blobs, call.body.object("upload"));
    if (!found) return tl::unexpected(std::move(found.error()));
    blob = std::move(*found);
  }
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.outgoing.revise(call.caller(), target, draftIn(call, blob)));
}

base::Result<json> OutgoingActions::sendUp(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.outgoing.sendUp(call.caller(), target, call.body.text("note")));
}

base::Result<json> OutgoingActions::giveBack(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.outgoing.returnDraft(call.caller(), target, call.body.text("remark")));
}

base::Result<json> OutgoingActions::approve(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.outgoing.approve(call.caller(), target, call.body.text("remark")));
}

base::Result<json> OutgoingActions::sign(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.outgoing.sign(call.caller(), target, call.body.text("pin")));
}

base::Result<json> OutgoingActions::number(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document, parts_.outgoing.giveNumber(call.caller(), target));
}

base::Result<json> OutgoingActions::seal(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.outgoing.seal(call.caller(), target, call.body.text("pin")));
}

base::Result<json> OutgoingActions::issue(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.outgoing.issue(call.caller(), target, call.body.texts("receivers")));
}

base::Result<json> OutgoingActions::retry(const Call& call) const {
  const DocumentId id(call.path("id"));
  return stateAfter(parts_, id,
                    parts_.outgoing.retryDelivery(call.caller(), id, call.path("delivery")));
}

}  // namespace eoffice::api
