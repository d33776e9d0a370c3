// The shape of one document, whole.
#include "eoffice/api/schemas.h"

namespace eoffice::api::schemas {
namespace {

const Schema& fieldsSchema() {
  static const Schema kSchema{
      .name = "DocumentFields",
      .fields = {text("type", "Name of the type."), text("type_code", "Empty for some types."),
                 text("code_number", "Number."), text("code_notation", "Notation."),
                 optional(date("issued_date", "The document's own date.")),
                 text("issuer_name", "Issuing body."), text("subject", "Abstract."),
                 text("signer_name", "Signer."), text("signer_position", "Signer's position."),
                 choice("urgency", "Urgency.", urgencyNames()), number("pages", "Pages."),
                 optional(date("due_date", "Reply by.")), text("description", "Description."),
                 text("to_places", "Receivers as the document names them.")}};
  return kSchema;
}

const Schema& signatureSchema() {
  static const Schema kSchema{
      .name = "Signature",
      .fields = {flag("valid", "Whether it counts."), text("signer", "Common name."),
                 text("organisation", "Organisation."), text("issuer", "Of the certificate."),
                 text("serial", "Of the certificate, hexadecimal."),
                 optional(instant("time", "As the signature claims.")),
                 texts("faults", "Why it is not valid."), texts("notes", "What else was seen.")}};
  return kSchema;
}

const Schema& placeSchema() {
  static const Schema kSchema{
      .name = "SigningPlace",
      .fields = {
          number("page", "Page.", 1),
          choice("how",
                 "Found in the page's text, the decree's usual place, or over what the draft "
                 "has printed there.",
                 {"found", "default", "replaces"})}};
  return kSchema;
}

const Schema& placesSchema() {
  static const Schema kSchema{
      .name = "SigningPlaces",
      .fields = {object("signature", placeSchema()), object("number", placeSchema()),
                 object("date", placeSchema())}};
  return kSchema;
}

const Schema& fileSchema() {
  static const Schema kSchema{
      .name = "File",
      .fields = {
          id("id", "For /documents/{id}/files/{file}."),
          choice("kind", "Kind.", {"main", "draft", "signed", "numbered", "sealed", "attachment"}),
          number("version", "Of its kind.", 1), text("name", "File name."),
          text("media_type", "Media type."), text("sha256", "Of its bytes."),
          number("size", "Bytes."), number("pages", "Pages."), instant("created_at", "When."),
          optional(objects("signatures", signatureSchema(),
                           "What the check at arrival, signing or sealing found; null: none were "
                           "checked.")),
          optional(object("signing_places", placesSchema(),
                          "Of a draft: where signature, number and date will go."))}};
  return kSchema;
}

const Schema& stepSchema() {
  static const Schema kSchema{
      .name = "Step",
      .fields = {text("kind",
                      "`register`, `submit`, `direct`, `handle`, `revise`, `review`, `sign`, "
                      "`number`, `seal`, `issue`"),
                 optional(text("assigned_to", "Person; null for a role.")),
                 optional(text("assigned_role", "Everybody of this role; null for a person.")),
                 instant("opened_at", "Since when it waits."), text("note", "For whom it waits."),
                 optional(instant("done_at", "Null: it is open.")),
                 optional(text("done_by", "Person.")), optional(text("done_by_title", "Post.")),
                 optional(text("on_behalf_of", "When a delegate acted.")),
                 optional(choice("outcome", "How it ended.", {"done", "returned", "dropped"})),
                 text("remark", "What was said with it.")}};
  return kSchema;
}

const Schema& instructionSchema() {
  static const Schema kSchema{
      .name = "Instruction",
      .fields = {text("leader", "Name."), text("leader_title", "Post."), text("text", "The words."),
                 optional(date("due_date", "Last day.")),
                 optional(id("task", "The task that it made.")), instant("at", "When.")}};
  return kSchema;
}

const Schema& eventSchema() {
  static const Schema kSchema{
      .name = "DeliveryEvent",
      .fields = {text("state", "`accepted`, `sent`, `delivered`, `registered`, `completed` ..."),
                 optional(text("status_code", "As the receiver sent it: 01, 03, 06 ...")),
                 instant("at", "When it happened."), instant("learnt_at", "When we learnt of it."),
                 text("description", "The receiver's words.")}};
  return kSchema;
}

const Schema& receiverSchema() {
  static const Schema kSchema{
      .name = "Receiver",
      .fields = {text("code", "Of the agency."), text("name", "Of the agency."),
                 optional(id("delivery", "For .../deliveries/{delivery}/retry.")),
                 optional(text("state", "The last one.")),
                 optional(instant("since", "Of that state.")),
                 optional(text("waits_for",
                               "`nothing`, `axis`, `receiver`, `clerk`, `handling`, "
                               "`recall_answer`, `sender`")),
                 optional(number("attempts", "Of handing it to the axis.")),
                 optional(instant("next_attempt_at", "While it waits for the axis.")),
                 optional(text("last_error", "Of the last attempt that failed.")),
                 objects("events", eventSchema(), "Oldest first.")}};
  return kSchema;
}

const Schema& envelopeSignatureSchema() {
  static const Schema kSchema{
      .name = "EnvelopeSignature",
      .fields = {choice("verdict",
                        "Signed by the sender and unchanged; not signed; or a signature that "
                        "proves nothing, because the envelope was changed on its way or since, "
                        "or for what `faults` names.",
                        {"valid", "absent", "not_verifiable"}),
                 optional(text("signer", "As its certificate says; only `valid` proves it.")),
                 texts("faults", "`no_signature`, `digest_mismatch`, `chain_not_trusted` ...")}};
  return kSchema;
}

const Schema& incomingPart() {
  static const Schema kSchema{
      .name = "IncomingPart",
      .fields = {choice("source", "How it came.", {"upload", "exchange"}),
                 instant("received_at", "When."),
                 optional(number("arrival_number", "In the register.")),
                 optional(date("arrival_date", "Of the registration.")),
                 optional(text("sender_code", "Of the agency that sent it by the axis.")),
                 optional(object("envelope_signature", envelopeSignatureSchema(),
                                 "Of the envelope that brought it; null: an upload."))}};
  return kSchema;
}

const Schema& outgoingPart() {
  static const Schema kSchema{
      .name = "OutgoingPart",
      .fields = {text("drafter", "Name."), text("reviewer", "Name; empty before."),
                 text("signer", "Name."), id("signer_post", "Post."),
                 text("competence", "`KT.` and the like."), optional(number("number", "Number.")),
                 optional(instant("signed_at", "When.")), optional(instant("numbered_at", "When.")),
                 optional(instant("sealed_at", "When.")), optional(instant("issued_at", "When.")),
                 objects("receivers", receiverSchema())}};
  return kSchema;
}

}  // namespace

const Schema& document() {
  static const Schema kSchema{
      .name = "Document",
      .fields = {id("id", "Id."), choice("direction", "Direction.", {"incoming", "outgoing"}),
                 choice("state", "Where it stands.", stateNames()),
                 number("version", "For the next act.", 1),
                 text("symbol", "Number and notation; empty without a number."),
                 instant("created_at", "When."), object("fields", fieldsSchema()),
                 optional(object("incoming", incomingPart())),
                 optional(object("outgoing", outgoingPart())), objects("files", fileSchema()),
                 objects("steps", stepSchema(), "Oldest first; open ones have no done_at."),
                 objects("instructions", instructionSchema(), "Oldest first."),
                 texts("waits_for_me", "Kinds of the open steps that wait for the caller."),
                 objects("answers", listRow(), "Outgoing documents that answer this one."),
                 optional(object("answered", listRow(), "What this one answers."))}};
  return kSchema;
}

}  // namespace eoffice::api::schemas
