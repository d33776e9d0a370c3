#include "eoffice/api/incoming_actions.h"

#include "eoffice/api/document_acts.h"
#include "eoffice/api/document_json.h"
#include "eoffice/api/routing_actions.h"
#include "eoffice/api/schemas.h"

namespace eoffice::api {
namespace {

using base::http::Method;
using documents::urgencyFrom;
using nlohmann::json;

const Schema& newIncoming() {
  static const Schema kSchema{
      .name = "NewIncomingDocument",
      .side = Schema::Side::Input,
      .fields = {object("upload", schemas::uploadRef()), schemas::requestKey()}};
  return kSchema;
}

const Schema& registrationInput() {
  static const Schema kSchema{
      .name = "Registration",
      .side = Schema::Side::Input,
      .fields = {text("code_number", "Number of the document.", 11),
                 text("code_notation", "Notation of the document.", 30),
                 date("issued_date", "Of the document."), text("issuer_name", "Issuing body.", 200),
                 text("subject", "Abstract.", 2000),
                 text("type", "Name of the type: see /document-types.", 100),
                 optional(text("signer_name", "Signer.", 50)),
                 optional(text("signer_position", "Signer's position.", 100)),
                 optional(choice("urgency", "`thuong` when absent.", schemas::urgencyNames())),
                 optional(date("due_date", "Reply by.")),
                 optional(text("description", "Description.", 500)),
                 optional(text("to_places", "Receivers as the document names them.", 1000)),
                 optional(text("secrecy", "Leave it out: state secrets are refused.", 50)),
                 optional(text("book",
                               "Code of the book: see /numbering/incoming; the one of its "
                               "type, or the one chosen last, when absent.",
                               20)),
                 optional(flag("duplicate_confirmed",
                               "Register although such a document is in the register.")),
                 optional(flag("secrecy_denied",
                               "The mark of secrecy that was read on a page is none: a person has "
                               "looked.")),
                 schemas::version()}};
  return kSchema;
}

const Schema& refusalInput() {
  static const Schema kSchema{
      .name = "RefusalReason",
      .side = Schema::Side::Input,
      .fields = {text("reason", "For the sender.", 500), schemas::version()}};
  return kSchema;
}

const Schema& submissionInput() {
  static const Schema kSchema{
      .name = "Submission",
      .side = Schema::Side::Input,
      .fields = {id("leader", "Post of a leader."), optional(text("note", "What is proposed.")),
                 optional(flag("away_confirmed",
                               "Submit although the leader is away and nobody stands in.")),
                 schemas::version()}};
  return kSchema;
}

const Schema& completionInput() {
  static const Schema kSchema{.name = "Completion",
                              .side = Schema::Side::Input,
                              .fields = {text("result", "What was done."), schemas::version()}};
  return kSchema;
}

documents::Fields registeredFields(const Values& body) {
  return {.typeName = body.text("type"),
          .codeNumber = body.text("code_number"),
          .codeNotation = body.text("code_notation"),
          .issuedDate = body.date("issued_date"),
          .issuerName = body.text("issuer_name"),
          .subject = body.text("subject"),
          .signerName = body.text("signer_name"),
          .signerPosition = body.text("signer_position"),
          .urgency = urgencyFrom(body.text("urgency")).value_or(documents::Urgency::Normal),
          .dueDate = body.date("due_date"),
          .description = body.text("description"),
          .toPlaces = body.text("to_places")};
}

// One act on an incoming document: they differ in their input and their errors.
Operation incomingAct(const char* act, const char* name, const char* summary, const Schema& body,
                      std::vector<std::string> errors, Action action) {
  errors.insert(errors.end(), {"permission.denied", "document.unknown", "document.not_yours",
                               "document.changed_meanwhile", "document.wrong_state",
                               "document.done_by_you", "document.step_closed"});
  return {.method = Method::Post,
          .path = std::string("/documents/{id}/") + act,
          .name = name,
          .group = "incoming",
          .summary = summary,
          .body = &body,
          .answer = &schemas::documentState(),
          .errors = std::move(errors),
          .action = std::move(action)};
}

}  // namespace

Operations IncomingActions::operations() const {
  using Me = IncomingActions;
  Operations all{
      {.method = Method::Post,
       .path = "/incoming-documents",
       .name = "receive",
       .group = "incoming",
       .summary = "Take in an uploaded file; it waits to be registered.",
       .body = &newIncoming(),
       .answer = &schemas::documentState(),
       .status = 201,
       .errors = {"permission.denied", "upload.unknown", "document.secret_refused",
                  "request.key_reused"},
       .action = bind(this, &Me::receive)},
      incomingAct("registration", "registerIncoming",
                  "Register it: fields, and its number in the register.", registrationInput(),
                  {"document.duplicate", "book.unknown", "book.closed", "book.agency_ended",
                   "document.secret_refused", "document.secret_suspected", "field.date_in_future",
                   "field.due_before_issue", "field.unknown_type"},
                  bind(this, &Me::registerIncoming)),
      incomingAct("refusal", "refuseIncoming", "Send it back to its sender with a reason.",
                  refusalInput(), {}, bind(this, &Me::refuse)),
      incomingAct("submission", "submit", "Put it before a leader.", submissionInput(),
                  {"document.no_leader", "routing.leader_away"}, bind(this, &Me::submit)),
      incomingAct("direction", "direct",
                  "Write the instruction: who leads, who supports, until when. Makes the task.",
                  directionInput(), directionErrors(), bind(this, &Me::direct)),
      incomingAct("completion", "finish", "Report that the work is done, without a document.",
                  completionInput(), {}, bind(this, &Me::finish))};
  for (auto& operation : all) {
    if (operation.name == "direct") operation.answer = &directedDocument();
  }
  return all;
}

base::Result<json> IncomingActions::receive(const Call& call) const {
  auto upload = uploadOf(call.body.object("upload"));
  upload.requestKey = storedKey(call.caller(), "incoming", call.body.text("request_key"));
  auto received = parts_.incoming.receive(call.caller(), upload);
  if (!received) return tl::unexpected(std::move(received.error()));
  return madeBy(parts_, call.caller(), *received, upload);
}

base::Result<json> IncomingActions::registerIncoming(const Call& call) const {
  const auto target = targetOf(call);
  const auto done = parts_.incoming.registerIncoming(
      call.caller(), {.target = target,
                      .fields = registeredFields(call.body),
                      .secrecy = call.body.text("secrecy"),
                      .secrecyDenied = call.body.flag("secrecy_denied"),
                      .duplicateConfirmed = call.body.flag("duplicate_confirmed"),
                      .book = call.body.text("book")});
  return stateAfter(parts_, target.document, done);
}

base::Result<json> IncomingActions::refuse(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(
      parts_, target.document,
      parts_.incoming.refuseIncoming(call.caller(), target, call.body.text("reason")));
}

base::Result<json> IncomingActions::submit(const Call& call) const {
  const auto target = targetOf(call);
  const auto done =
      parts_.incoming.submit(call.caller(), {.target = target,
                                             .leader = PostId(call.body.number("leader")),
                                             .note = call.body.text("note"),
                                             .awayConfirmed = call.body.flag("away_confirmed")});
  return stateAfter(parts_, target.document, done);
}

base::Result<json> IncomingActions::direct(const Call& call) const {
  const auto target = targetOf(call);
  auto done = parts_.incoming.direct(call.caller(), instructionOf(call));
  if (!done) return tl::unexpected(std::move(done.error()));
  return json{{"document", stateAfter(parts_, target.document)},
              {"task", done->task},
              {"due_date", orNull(done->due)}};
}

base::Result<json> IncomingActions::finish(const Call& call) const {
  const auto target = targetOf(call);
  return stateAfter(parts_, target.document,
                    parts_.incoming.finish(call.caller(), target, call.body.text("result")));
}

}  // namespace eoffice::api
