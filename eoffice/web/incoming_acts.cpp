#include "eoffice/web/acts.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/task_view.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;

std::optional<base::Refusal> badDates(const Visit& visit) {
  for (const char* field : {"issued_on", "due_on"}) {
    if (!typedDate(visit.form.value(field)).good) {
      return base::Refusal{base::RefusalKind::Invalid, "field.bad_date", field};
    }
  }
  return std::nullopt;
}

documents::Registration registrationOf(const Visit& visit, const documents::Target& target) {
  const auto& form = visit.form;
  const auto symbol = typedSymbol(form.value("notation"));
  return {.target = target,
          .fields = {.typeName = form.value("type"),
                     .codeNumber = symbol.number,
                     .codeNotation = symbol.notation,
                     .issuedDate = typedDate(form.value("issued_on")).date,
                     .issuerName = form.value("issuer"),
                     .subject = form.value("abstract"),
                     .signerName = form.value("signer"),
                     .urgency = documents::urgencyFrom(form.value("urgency"))
                                    .value_or(documents::Urgency::Normal),
                     .dueDate = typedDate(form.value("due_on")).date},
          .secrecy = form.value("secrecy"),
          .duplicateConfirmed = form.value("duplicate") == "1"};
}

std::vector<PostId> postsOf(const std::vector<std::string>& values, PostId except) {
  std::vector<PostId> posts;
  for (const auto& value : values) {
    const PostId post(typedNumber(value));
    if (post.valid() && post != except) posts.push_back(post);
  }
  return posts;
}

}  // namespace

documents::Target targetOf(const Visit& visit) {
  return {DocumentId(visit.number("id")),
          static_cast<int>(typedNumber(visit.form.value("version")))};
}

Response doneWith(const Visit& visit, DocumentId id, const std::string& what) {
  const auto* list = listOf(visit);
  return Response::redirect("/documents/" + std::to_string(id.value()) + "?done=" + what +
                            (list ? "&list=" + std::string(list->slug) : ""));
}

std::string uploadKey(const base::BlobRef& blob, base::LocalDate day) {
  constexpr std::size_t kEnough = 40;  // hex digits; a request key has 80 characters
  return base::isoDate(day) + "-" + blob.sha256.substr(0, kEnough);
}

void IncomingActs::addRoutes(base::http::Router& router) {
  const auto post = [&](const char* pattern, const char* name, auto member,
                        std::uint64_t limit = kFormLimit) {
    addPage(
        router, Method::Post, pattern, name,
        [this, member](Visit& visit) { return (this->*member)(visit); }, Door::SignedIn, limit);
  };
  post("/incoming/uploads", "incoming.upload", &IncomingActs::upload, parts_.uploadLimit);
  post("/incoming/new", "incoming.upload_and_register", &IncomingActs::uploadAndRegister,
       parts_.uploadLimit);
  post("/documents/{id}/register", "incoming.register", &IncomingActs::registerIncoming);
  post("/documents/{id}/refuse", "incoming.refuse", &IncomingActs::refuse);
  post("/documents/{id}/submit", "incoming.submit", &IncomingActs::submit);
  post("/documents/{id}/instruct", "incoming.instruct", &IncomingActs::instruct);
  post("/documents/{id}/finish", "incoming.finish", &IncomingActs::finish);
  addPage(router, Method::Get, "/deadline", "incoming.deadline",
          [this](Visit& visit) { return deadline(visit); });
}

// The scan alone: it is safe as soon as it is here, and waits for its fields.
Response IncomingActs::upload(Visit& visit) {
  if (visit.form.files.empty()) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::Invalid, "upload.no_file", "file"});
  }
  const auto& file = visit.form.files.front();
  const auto received = parts_.incoming.receive(
      visit.caller(), {.blob = file.blob,
                       .fileName = file.name,
                       .requestKey = uploadKey(file.blob, parts_.renderer.clock().today())});
  if (!received) return parts_.renderer.refusal(visit, received.error());
  return Response::redirect("/documents/" + std::to_string(received->value()) +
                            "?list=to-register");
}

// The scan and its fields in one form, as a browser without script sends it.
Response IncomingActs::uploadAndRegister(Visit& visit) {
  if (visit.form.files.empty()) {
    return parts_.renderer.refusal(visit, {base::RefusalKind::Invalid, "upload.no_file", "file"});
  }
  const auto& file = visit.form.files.front();
  const auto received = parts_.incoming.receive(
      visit.caller(), {.blob = file.blob,
                       .fileName = file.name,
                       .requestKey = uploadKey(file.blob, parts_.renderer.clock().today())});
  if (!received) return parts_.renderer.refusal(visit, received.error());
  if (const auto bad = badDates(visit)) return desk_.show(visit, *received, {.refused = &*bad});
  const auto registered =
      parts_.incoming.registerIncoming(visit.caller(), registrationOf(visit, {*received, 0}));
  if (!registered) return desk_.show(visit, *received, {.refused = &registered.error()});
  return doneWith(visit, *received, "registered");
}

Response IncomingActs::registerIncoming(Visit& visit) {
  const auto target = targetOf(visit);
  if (const auto bad = badDates(visit)) {
    return desk_.show(visit, target.document, {.refused = &*bad});
  }
  const auto done = parts_.incoming.registerIncoming(visit.caller(), registrationOf(visit, target));
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return doneWith(visit, target.document, "registered");
}

Response IncomingActs::refuse(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done =
      parts_.incoming.refuseIncoming(visit.caller(), target, visit.form.value("reason"));
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return desk_.nextAfter(visit, target.document);
}

Response IncomingActs::submit(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done = parts_.incoming.submit(
      visit.caller(), {.target = target,
                       .leader = PostId(typedNumber(visit.form.value("leader"))),
                       .note = visit.form.value("note")});
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return doneWith(visit, target.document, "submitted");
}

Response IncomingActs::instruct(Visit& visit) {
  const auto target = targetOf(visit);
  const auto workdays = typedNumber(visit.form.value("workdays"));
  const PostId lead(typedNumber(visit.form.value("lead")));
  const auto done = parts_.incoming.direct(
      visit.caller(),
      {.target = target,
       .text = visit.form.value("text"),
       .lead = lead,
       .supports = postsOf(visit.form.values("support"), lead),
       .workdays = workdays > 0
                       ? std::optional(static_cast<int>(std::min<std::int64_t>(workdays, 100'000)))
                       : std::nullopt});
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return doneWith(visit, target.document, "instructed");
}

Response IncomingActs::finish(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done = parts_.incoming.finish(visit.caller(), target, visit.form.value("note"));
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return doneWith(visit, target.document, "finished");
}

// The words beside the number of workdays, as plain text.
Response IncomingActs::deadline(Visit& visit) const {
  const int workdays = visit.queryNumber("workdays", 0, 1, 200);
  if (workdays == 0) return Response::text("");
  const auto& renderer = parts_.renderer;
  const auto& calendar = renderer.calendars().of(reminder::ScopeId(visit.caller().agency.value()));
  const auto due =
      reminder::dueOf(reminder::Deadline::inWorkdays(workdays), renderer.clock().today(), calendar);
  if (!due) return Response::text("");
  return Response::text(renderer.text(
      visit, "deadline.until", {{"day", dayInWords(renderer.texts(), visit.language, *due)}}));
}

}  // namespace eoffice::web
