#include "eoffice/api/numbering_schemas.h"

#include "eoffice/api/schemas.h"

namespace eoffice::api::schemas {
namespace {

const Schema& series() {
  static const Schema kSchema{
      .name = "Series",
      .fields = {text("code", "Names it in this API."), text("name", "As people call it."),
                 choice("nature", "What it numbers.", {"administrative", "legal", "copy"}),
                 texts("types", "Types of documents; empty: all that no other series names."),
                 number("next", "The next number."),
                 optional(id("book", "This year's book; null before its first number.")),
                 flag("closed", "It gives no number any more this year.")}};
  return kSchema;
}

const Schema& aside() {
  static const Schema kSchema{
      .name = "NumberAside",
      .fields = {
          id("book", "Its book."), number("number", "The number."),
          choice("state", "Why no document has it.", {"reserved", "used", "void", "passed_over"}),
          text("reason", "Why."), text("for_whom", "Of a reserved one."),
          optional(date("use_by", "Of a reserved one.")), date("day", "Since when."),
          optional(id("document", "That had it or got it.")),
          text("symbol", "Of the document that had it.")}};
  return kSchema;
}

const Schema& seriesInput() {
  static const Schema kSchema{
      .name = "SeriesInput",
      .side = Schema::Side::Input,
      .fields = {
          text("name", "As people call it.", 100),
          optional(text("code", "To go on with the book of that code.", 20)),
          optional(texts(
              "types", "Names of types: see /document-types; or of the copies, as GET shows them.",
              100))}};
  return kSchema;
}

const Schema& line() {
  static const Schema kSchema{
      .name = "RegisterLine",
      .fields = {optional(id("document", "Null: a number that no document has.")),
                 number("number", "In the register."), date("day", "Of the entry."),
                 text("issuer_name", "Issuing body."), text("symbol", "Number and notation."),
                 optional(date("issued_date", "The document's own date.")), text("type", "Type."),
                 text("subject", "Abstract."), text("signer_name", "Signer."),
                 text("receivers", "Who it went to; of a reserved number, for whom."),
                 optional(date("handed_on", "When it was handed on.")),
                 number("copies", "Of an outgoing document."),
                 optional(date("due", "Handling: the deadline.")),
                 optional(date("finished_on", "Handling: when it was done.")),
                 text("answers", "Handling: symbols of the answers."),
                 optional(text("aside", "`reserved`, `void` or `passed_over`.")),
                 text("reason", "Why no document has the number.")}};
  return kSchema;
}

}  // namespace

const Schema& numbering() {
  static const Schema kSchema{
      .name = "Numbering",
      .fields = {text("decided_by", "Who decided; empty: nobody, there is one common series."),
                 text("decision", "Number and notation of the decision."),
                 optional(date("effective_from", "Since when.")),
                 objects("series", series(), "The common one first."),
                 objects("aside", aside(), "Of this year's books, by number.")}};
  return kSchema;
}

const Schema& division() {
  static const Schema kSchema{
      .name = "Division",
      .side = Schema::Side::Input,
      .fields = {date("effective_from", "Today or later: numbers that were given stay."),
                 text("decided_by", "The head of the agency.", 200),
                 optional(text("decision", "Number and notation of the decision.", 100)),
                 date("decided_on", "When."),
                 objects("series", seriesInput(),
                         "Beside the common one, which is always there; "
                         "so are those of legal documents and copies.")}};
  return kSchema;
}

const Schema& reservation() {
  static const Schema kSchema{
      .name = "NumberReservation",
      .side = Schema::Side::Input,
      .fields = {text("reason", "Why.", 500), text("for_whom", "For whom.", 200),
                 optional(date("use_by", "Of this year.")),
                 optional(number("expected",
                                 "The number that was seen as the next; with it the "
                                 "same request is carried out once.",
                                 1, 10'000'000))}};
  return kSchema;
}

const Schema& voidedNext() {
  static const Schema kSchema{
      .name = "NumberVoid",
      .side = Schema::Side::Input,
      .fields = {text("reason", "Why: the register shows it.", 500),
                 optional(number("expected",
                                 "The number that was seen as the next; with it the "
                                 "same request is carried out once.",
                                 1, 10'000'000))}};
  return kSchema;
}

const Schema& reasonOnly() {
  static const Schema kSchema{
      .name = "BookReason", .side = Schema::Side::Input, .fields = {text("reason", "Why.", 500)}};
  return kSchema;
}

const Schema& reasonWithVersion() {
  static const Schema kSchema{.name = "NumberVoidOfDocument",
                              .side = Schema::Side::Input,
                              .fields = {text("reason", "Why.", 500), version()}};
  return kSchema;
}

const Schema& numberSetAside() {
  static const Schema kSchema{.name = "NumberSetAside",
                              .fields = {id("book", "Its book."), number("number", "The number.")}};
  return kSchema;
}

const Schema& registerPage() {
  static const Schema kSchema{
      .name = "Register",
      .fields = {text("form", "`incoming`, `outgoing` or `handling`."), number("year", "Year."),
                 optional(id("book", "Null: the year has no book yet.")),
                 text("book_name", "Its name."), number("first", "The first number of this time."),
                 number("last", "The last number of this time."),
                 number("total", "Documents in this time."),
                 objects("lines", line(), "In the order of their numbers.")}};
  return kSchema;
}

}  // namespace eoffice::api::schemas
