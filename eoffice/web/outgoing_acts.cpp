#include "eoffice/web/acts.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;

// The form's words, and its file where it brought one.
documents::NewDraft draftOf(const Visit& visit, base::LocalDate today) {
  const auto& form = visit.form;
  const auto file = form.files.empty() ? base::http::UploadedFile() : form.files.front();
  return {
      .blob = file.blob,
      .fileName = file.name,
      .typeName = form.value("type"),
      .notation = form.value("suffix"),
      .subject = form.value("abstract"),
      .urgency = documents::urgencyFrom(form.value("urgency")).value_or(documents::Urgency::Normal),
      .signer = PostId(typedNumber(form.value("signer"))),
      .answers = DocumentId(visit.number("id")),
      .requestKey =
          "draft-" + std::to_string(visit.number("id")) + "-" + uploadKey(file.blob, today)};
}

}  // namespace

void OutgoingActs::addRoutes(base::http::Router& router) {
  const auto post = [&](const char* pattern, const char* name, auto member,
                        std::uint64_t limit = kFormLimit) {
    addPage(
        router, Method::Post, pattern, name,
        [this, member](Visit& visit) { return (this->*member)(visit); }, Door::SignedIn, limit);
  };
  post("/documents/{id}/answer", "outgoing.answer", &OutgoingActs::answer, parts_.uploadLimit);
  post("/documents/{id}/revise", "outgoing.revise", &OutgoingActs::revise, parts_.uploadLimit);
  post("/documents/{id}/approve", "outgoing.approve", &OutgoingActs::approve);
  post("/documents/{id}/return", "outgoing.return", &OutgoingActs::returnDraft);
  post("/documents/{id}/sign", "outgoing.sign", &OutgoingActs::sign);
  post("/documents/{id}/number", "outgoing.number", &OutgoingActs::number);
  post("/documents/{id}/seal", "outgoing.seal", &OutgoingActs::seal);
  post("/documents/{id}/issue", "outgoing.issue", &OutgoingActs::issue);
  post("/documents/{id}/deliveries/{delivery}/retry", "outgoing.retry",
       &OutgoingActs::retryDelivery);
}

// A draft that answers an incoming document, and up with it.
Response OutgoingActs::answer(Visit& visit) {
  const DocumentId answered(visit.number("id"));
  if (visit.form.files.empty()) {
    const base::Refusal why{base::RefusalKind::Invalid, "upload.no_file", "file"};
    return desk_.show(visit, answered, {.refused = &why});
  }
  const auto drafted =
      parts_.outgoing.draft(visit.caller(), draftOf(visit, parts_.renderer.clock().today()));
  if (!drafted) return desk_.show(visit, answered, {.refused = &drafted.error()});
  const auto sent = parts_.outgoing.sendUp(visit.caller(), {*drafted, 0}, visit.form.value("note"));
  // The draft is safe in any case; its own page says what stands in the way.
  if (!sent) return desk_.show(visit, *drafted, {.refused = &sent.error()});
  return doneWith(visit, *drafted, "sent_up");
}

Response OutgoingActs::revise(Visit& visit) {
  const auto target = targetOf(visit);
  const auto revised = parts_.outgoing.revise(visit.caller(), target,
                                              draftOf(visit, parts_.renderer.clock().today()));
  if (!revised) return desk_.show(visit, target.document, {.refused = &revised.error()});
  const auto sent =
      parts_.outgoing.sendUp(visit.caller(), {target.document, 0}, visit.form.value("note"));
  if (!sent) return desk_.show(visit, target.document, {.refused = &sent.error()});
  return doneWith(visit, target.document, "sent_up");
}

Response OutgoingActs::approve(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done = parts_.outgoing.approve(visit.caller(), target, visit.form.value("remark"));
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return doneWith(visit, target.document, "approved");
}

Response OutgoingActs::returnDraft(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done = parts_.outgoing.returnDraft(visit.caller(), target, visit.form.value("remark"));
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return doneWith(visit, target.document, "returned");
}

Response OutgoingActs::sign(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done = parts_.outgoing.sign(visit.caller(), target, visit.form.value("pin"));
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return doneWith(visit, target.document, "signed");
}

Response OutgoingActs::number(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done = parts_.outgoing.giveNumber(visit.caller(), target);
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return doneWith(visit, target.document, "numbered");
}

Response OutgoingActs::seal(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done = parts_.outgoing.seal(visit.caller(), target, visit.form.value("pin"));
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return doneWith(visit, target.document, "sealed");
}

Response OutgoingActs::issue(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done = parts_.outgoing.issue(visit.caller(), target, visit.form.values("receiver"));
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return doneWith(visit, target.document, "issued");
}

Response OutgoingActs::retryDelivery(Visit& visit) {
  const DocumentId id(visit.number("id"));
  const auto done = parts_.outgoing.retryDelivery(visit.caller(), id, visit.number("delivery"));
  if (!done) return desk_.show(visit, id, {.refused = &done.error()});
  return Desk::backTo(visit, id);
}

}  // namespace eoffice::web
