#include "eoffice/api/schemas.h"

#include "eoffice/documents/document.h"

namespace eoffice::api::schemas {
namespace {

const Schema& faultSchema() {
  static const Schema kSchema{
      .name = "Fault",
      .fields = {text("code", "Stable: `field.missing`."),
                 text("message", "A sentence in the language of Accept-Language (vi, en)."),
                 text("field", "The input field that it is about; empty for none."),
                 map("details", "The values that the sentence names.")}};
  return kSchema;
}

const Schema& errorContent() {
  static const Schema kSchema{
      .name = "ErrorContent",
      .fields = {
          text("code", "Stable: `document.changed_meanwhile`."),
          text("message", "A sentence in the language of Accept-Language (vi, en)."),
          text("field", "The input field that it is about; empty for none."),
          map("details", "The values that the sentence names."),
          objects("faults", faultSchema(), "All faults of the input, when there are several."),
          text("request_id", "For the log.")}};
  return kSchema;
}

const Schema& auditRecord() {
  static const Schema kSchema{
      .name = "AuditRecord",
      .fields = {id("id", "Grows with time."), instant("at", "When."),
                 text("act", "`document.registered`"),
                 optional(text("person", "Name; null: the system.")),
                 optional(text("post_title", "In which post.")),
                 optional(id("on_behalf_of", "The post whose delegate acted.")),
                 map("detail", "What the act was about."), text("request_id", "For the log.")}};
  return kSchema;
}

}  // namespace

const Schema& error() {
  static const Schema kSchema{.name = "Error", .fields = {object("error", errorContent())}};
  return kSchema;
}

const Schema& namedRef() {
  static const Schema kSchema{.name = "NamedRef",
                              .fields = {id("id", "Id."), text("name", "Name.")}};
  return kSchema;
}

const Schema& post() {
  static const Schema kSchema{
      .name = "Post",
      .fields = {id("id", "What a session acts in, and what steps and tasks are given to."),
                 text("title", "Title."), text("role", "`clerk`, `leader` ..."),
                 object("agency", namedRef()),
                 optional(id("unit", "Null at the head of the agency."))}};
  return kSchema;
}

const Schema& documentState() {
  static const Schema kSchema{
      .name = "DocumentState",
      .fields = {id("id", "Of the document."),
                 choice("direction", "Direction.", {"incoming", "outgoing"}),
                 choice("state", "Where it stands.", stateNames()),
                 number("version", "For the next act.", 1),
                 text("symbol", "Number and notation; empty without a number."),
                 optional(number("arrival_number", "In the register of incoming documents.")),
                 optional(date("arrival_date", "Of the registration.")),
                 optional(date("issued_date", "The document's own date."))}};
  return kSchema;
}

const Schema& listRow() {
  static const Schema kSchema{
      .name = "DocumentRow",
      .fields = {
          id("id", "Of the document."), choice("direction", "Direction.", {"incoming", "outgoing"}),
          choice("state", "Where it stands.", stateNames()),
          text("symbol", "Number and notation; empty without a number."),
          text("subject", "Abstract; empty before registration."),
          text("issuer_name", "Issuing body."),
          optional(date("issued_date", "The document's own date.")),
          choice("urgency", "Urgency.", urgencyNames()), optional(date("due_date", "Reply by.")),
          optional(number("arrival_number", "In the register of incoming documents.")),
          optional(choice("source", "How it came.", {"upload", "exchange"})),
          instant("since", "Arrived at, or waits in the box since.")}};
  return kSchema;
}

const Schema& documentList() {
  static const Schema kSchema{
      .name = "DocumentList",
      .fields = {objects("documents", listRow()), number("size", "Rows asked for.", 1),
                 flag("more", "There is a next page."),
                 optional(text("next", "The next page's `after`.")),
                 optional(number("total",
                                 "Only with total=1; of a list, 1,000 says that many or "
                                 "more."))}};
  return kSchema;
}

const Schema& history() {
  static const Schema kSchema{.name = "History",
                              .fields = {objects("records", auditRecord(), "Oldest first.")}};
  return kSchema;
}

const Schema& uploadRef() {
  static const Schema kSchema{.name = "UploadRef",
                              .side = Schema::Side::Input,
                              .fields = {text("sha256", "As POST /uploads answered it.", 64),
                                         text("name", "The file's name.", 200)}};
  return kSchema;
}

Field requestKey() {
  return text("request_key",
              "Chosen by the client, one for each new document: the same key again is the same "
              "request, and answers with what the first one made.",
              120);
}

Field version() {
  return optional(number(
      "version", "The version that the decision was made on; another one is refused. Absent: any.",
      1, 2'000'000'000));
}

std::vector<Field> keyPaging() {
  return {optional(text("after", "The `next` of the page before; the first page when absent.", 60)),
          optional(number("size", "Rows of a page, 1 to 200; 20 when absent.", 1, 200))};
}

const std::vector<std::string>& stateNames() {
  using documents::State;
  static const std::vector<std::string> kNames = [] {
    std::vector<std::string> names;
    for (int code = 1; code <= static_cast<int>(State::Issued); ++code) {
      const std::string name(documents::nameOf(static_cast<State>(code)));
      if (documents::stateFrom(name)) names.push_back(name);
    }
    return names;
  }();
  return kNames;
}

const std::vector<std::string>& urgencyNames() {
  static const std::vector<std::string> kNames{"thuong", "khan", "thuong_khan", "hoa_toc"};
  return kNames;
}

const std::vector<std::string>& boxNames() {
  static const std::vector<std::string> kNames{
      "to_register", "to_submit", "to_direct", "to_handle", "to_revise",  "to_review",
      "to_sign",     "to_number", "to_seal",   "to_issue",  "to_support", "to_read"};
  return kNames;
}

}  // namespace eoffice::api::schemas
