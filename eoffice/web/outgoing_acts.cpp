#include <nlohmann/json.hpp>

#include "eoffice/documents/intake.h"
#include "eoffice/documents/uploads.h"
#include "eoffice/web/acts.h"
#include "eoffice/web/forms.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;

// The file with the request, or the one that examine() has kept and named in the form; of a draft
// that is revised, perhaps none.
base::Result<documents::Upload> draftFile(const Visit& visit, std::uint64_t limit) {
  const auto kept = visit.form.value("upload");
  if (!visit.form.files.empty()) return fileOf(visit, limit);
  if (kept.empty()) return documents::Upload();
  return documents::Upload{.blob = {kept, 0},
                           .fileName = visit.form.value("upload_name"),
                           .brought = documents::Brought::Before};
}

// The notation has a field of its own on these pages.
base::Refusal onPage(base::Refusal why) {
  if (why.field == "notation") why.field = "suffix";
  for (auto& other : why.others) other = onPage(std::move(other));
  return why;
}

}  // namespace

void OutgoingActs::addRoutes(base::http::Router& router) {
  const auto post = [&](const char* pattern, const char* name, auto member,
                        std::uint64_t limit = kFormLimit) {
    addPage(
        router, Method::Post, pattern, name,
        [this, member](Visit& visit) { return (this->*member)(visit); }, Door::SignedIn, limit);
  };
  const auto upload = parts_.uploadLimit + kFormLimit;
  post("/drafts/examination", "outgoing.examine", &OutgoingActs::examine, upload);
  post("/documents/{id}/answer", "outgoing.answer", &OutgoingActs::answer, upload);
  post("/documents/{id}/revise", "outgoing.revise", &OutgoingActs::revise, upload);
  post("/documents/{id}/approve", "outgoing.approve", &OutgoingActs::approve);
  post("/documents/{id}/return", "outgoing.return", &OutgoingActs::returnDraft);
  post("/documents/{id}/sign", "outgoing.sign", &OutgoingActs::sign);
  post("/documents/{id}/number", "outgoing.number", &OutgoingActs::number);
  post("/documents/{id}/seal", "outgoing.seal", &OutgoingActs::seal);
  post("/documents/{id}/issue", "outgoing.issue", &OutgoingActs::issue);
  post("/documents/{id}/deliveries/{delivery}/retry", "outgoing.retry",
       &OutgoingActs::retryDelivery);
}

base::Result<documents::NewDraft> OutgoingActs::draftOf(const Visit& visit) const {
  auto file = draftFile(visit, parts_.uploadLimit);
  if (!file) return tl::unexpected(std::move(file.error()));
  const auto& form = visit.form;
  const auto today = parts_.renderer.clock().today();
  // Two people's drafts never meet, whatever they hold.
  file->requestKey = "draft-" + std::to_string(visit.caller().post.value()) + "-" +
                     std::to_string(visit.number("id")) + "-" + uploadKey(file->blob, today);
  return documents::NewDraft{
      .file = std::move(*file),
      .typeName = form.value("type"),
      .notation = form.value("suffix"),
      .subject = form.value("abstract"),
      .urgency = documents::urgencyFrom(form.value("urgency")).value_or(documents::Urgency::Normal),
      .signer = PostId(typedNumber(form.value("signer"))),
      .competence = form.value("competence"),
      .answers = DocumentId(visit.number("id"))};
}

// Where signature, number and date would go: a part of the page, shown before anything is sent up.
// The file is kept for the form that follows, as this person's.
Response OutgoingActs::examine(Visit& visit) {
  const Speech say(parts_.renderer.texts(), visit.language);
  const auto refused = [&](const base::Refusal& why) {
    auto part = parts_.renderer.part(visit, "parts/signing_places",
                                     {{"problem", problemOf(parts_.renderer, visit.language, why)},
                                      {"look", false},
                                      {"places", nlohmann::json::array()},
                                      {"kept", nullptr}});
    part.status = statusOf(why.kind);
    return part;
  };
  const auto file = draftFile(visit, parts_.uploadLimit);
  if (!file) return refused(file.error());
  if (file->blob.sha256.empty()) {
    return refused({base::RefusalKind::Invalid, "upload.no_file", "file"});
  }
  const auto examined = parts_.outgoing.examine(visit.caller(), *file,
                                                PostId(typedNumber(visit.form.value("signer"))),
                                                visit.form.value("suffix"));
  if (!examined) return refused(examined.error());
  parts_.database.transact([&](base::db::Session& session) {
    documents::noteUpload(session, parts_.renderer.clock(), visit.caller(), examined->blob);
  });
  auto places = placesView(say, documents::toJson(examined->places));
  const bool look = std::any_of(places.begin(), places.end(),
                                [](const auto& place) { return place["kind"] != "good"; });
  return parts_.renderer.part(
      visit, "parts/signing_places",
      {{"problem", nullptr},
       {"look", look},
       {"places", std::move(places)},
       {"kept", {{"sha256", examined->blob.sha256}, {"name", examined->name}}}});
}

// A draft that answers an incoming document, and up with it.
Response OutgoingActs::answer(Visit& visit) {
  const DocumentId answered(visit.number("id"));
  const auto draft = draftOf(visit);
  if (!draft) return desk_.show(visit, answered, {.refused = &draft.error()});
  if (draft->file.blob.sha256.empty()) {
    const base::Refusal why{base::RefusalKind::Invalid, "upload.no_file", "file"};
    return desk_.show(visit, answered, {.refused = &why});
  }
  const auto drafted = parts_.outgoing.draft(visit.caller(), *draft);
  if (!drafted) {
    const auto why = onPage(drafted.error());
    return desk_.show(visit, answered, {.refused = &why});
  }
  const auto sent = parts_.outgoing.sendUp(visit.caller(), {*drafted, 0}, visit.form.value("note"));
  // The draft is safe in any case; its own page says what stands in the way.
  if (!sent) return desk_.show(visit, *drafted, {.refused = &sent.error()});
  return doneWith(visit, *drafted, "sent_up");
}

Response OutgoingActs::revise(Visit& visit) {
  const auto target = targetOf(visit);
  const auto draft = draftOf(visit);
  if (!draft) return desk_.show(visit, target.document, {.refused = &draft.error()});
  const auto revised = parts_.outgoing.revise(visit.caller(), target, *draft);
  if (!revised) {
    const auto why = onPage(revised.error());
    return desk_.show(visit, target.document, {.refused = &why});
  }
  const auto sent =
      parts_.outgoing.sendUp(visit.caller(), {target.document, 0}, visit.form.value("note"));
  if (!sent) return desk_.show(visit, target.document, {.refused = &sent.error()});
  return doneWith(visit, target.document, "sent_up");
}

Response OutgoingActs::approve(Visit& visit) {
  const auto target = targetOf(visit);
  return after(parts_.outgoing.approve(visit.caller(), target, visit.form.value("remark")), desk_,
               visit, target.document, "approved");
}

Response OutgoingActs::returnDraft(Visit& visit) {
  const auto target = targetOf(visit);
  return after(parts_.outgoing.returnDraft(visit.caller(), target, visit.form.value("remark")),
               desk_, visit, target.document, "returned");
}

Response OutgoingActs::sign(Visit& visit) {
  const auto target = targetOf(visit);
  return after(parts_.outgoing.sign(visit.caller(), target, visit.form.value("pin")), desk_, visit,
               target.document, "signed");
}

Response OutgoingActs::number(Visit& visit) {
  const auto target = targetOf(visit);
  const auto reserved = static_cast<int>(typedNumber(visit.form.value("reserved")));
  return after(parts_.outgoing.giveNumber(visit.caller(), target, reserved), desk_, visit,
               target.document, "numbered");
}

Response OutgoingActs::seal(Visit& visit) {
  const auto target = targetOf(visit);
  return after(parts_.outgoing.seal(visit.caller(), target, visit.form.value("pin")), desk_, visit,
               target.document, "sealed");
}

Response OutgoingActs::issue(Visit& visit) {
  const auto target = targetOf(visit);
  const auto replyBy = typedDate(visit.form.value("due_on"));
  if (!replyBy.good) {
    const base::Refusal why{base::RefusalKind::Invalid, "field.bad_date", "reply_by"};
    return desk_.show(visit, target.document, {.refused = &why});
  }
  return after(
      parts_.outgoing.issue(visit.caller(), target,
                            {.receivers = visit.form.values("receiver"), .replyBy = replyBy.date}),
      desk_, visit, target.document, "issued");
}

Response OutgoingActs::retryDelivery(Visit& visit) {
  const DocumentId id(visit.number("id"));
  const auto done = parts_.outgoing.retryDelivery(visit.caller(), id, visit.number("delivery"));
  if (!done) return desk_.show(visit, id, {.refused = &done.error()});
  return Desk::backTo(visit, id);
}

}  // namespace eoffice::web
