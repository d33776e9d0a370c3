#include <set>
#include <utility>

#include "eoffice/documents/field_rules.h"
#include "eoffice/web/acts.h"
#include "eoffice/web/forms.h"
#include "eoffice/web/routing_acts.h"
#include "eoffice/web/task_view.h"

namespace eoffice::web {
namespace {

using base::http::Method;
using base::http::Response;

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
          .secrecyDenied = form.value("secrecy_denied") == "1",
          .duplicateConfirmed = form.value("duplicate") == "1",
          .book = form.value("book")};
}

// What is typed as a date and is none, and with it whatever else is wrong: told at once.
std::optional<base::Refusal> badDates(const Visit& visit, base::LocalDate today) {
  std::vector<base::Refusal> faults;
  std::set<std::string> told;
  for (const char* field : {"issued_on", "due_on"}) {
    if (typedDate(visit.form.value(field)).good) continue;
    faults.push_back({base::RefusalKind::Invalid, "field.bad_date", field});
    told.insert(field);
  }
  if (faults.empty()) return std::nullopt;
  auto fields = registrationOf(visit, {}).fields;
  if (auto rest = documents::checkRegistration(fields, today); !rest) {
    auto others = std::exchange(rest.error().others, {});
    others.insert(others.begin(), std::move(rest.error()));
    for (auto& fault : others) {
      if (told.count(pageField(fault.field)) == 0) faults.push_back(std::move(fault));
    }
  }
  return base::refuseAll(std::move(faults)).value();
}

// A lead that is ticked as a support or as informed too leads alone; `days_12` is a deadline of
// their own.
std::vector<documents::Receiver> receiversOf(const Visit& visit, const char* field) {
  const auto lead = visit.form.value("lead");
  std::vector<documents::Receiver> receivers;
  for (const auto& value : visit.form.values(field)) {
    auto receiver = typedReceiver(value);
    if (!receiver.valid() || value == lead) continue;
    const auto days = typedNumber(visit.form.value("days_" + value));
    if (days > 0) receiver.workdays = static_cast<int>(std::min<std::int64_t>(days, 100'000));
    receivers.push_back(receiver);
  }
  return receivers;
}

}  // namespace

documents::Target targetOf(const Visit& visit) {
  return {DocumentId(visit.number("id")),
          static_cast<int>(typedNumber(visit.form.value("version")))};
}

Response doneWith(const Visit& visit, DocumentId id, const std::string& what) {
  return Response::redirect("/documents/" + std::to_string(id.value()) + "?done=" + what +
                            listTail(visit, '&'));
}

base::Result<documents::Upload> fileOf(const Visit& visit, std::uint64_t limit) {
  if (visit.form.files.empty()) {
    return base::refuse(base::RefusalKind::Invalid, "upload.no_file", "file");
  }
  const auto& file = visit.form.files.front();
  if (file.blob.size > limit) {
    return base::refuse(base::RefusalKind::TooLarge, "upload.too_large", "file",
                        {{"most", sizeInWords(limit, visit.language)}});
  }
  return documents::Upload{.blob = file.blob, .fileName = file.name};
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
  post("/incoming/uploads", "incoming.upload", &IncomingActs::upload,
       parts_.uploadLimit + kFormLimit);
  post("/incoming/new", "incoming.upload_and_register", &IncomingActs::uploadAndRegister,
       parts_.uploadLimit + kFormLimit);
  post("/documents/{id}/register", "incoming.register", &IncomingActs::registerIncoming);
  post("/documents/{id}/refuse", "incoming.refuse", &IncomingActs::refuse);
  post("/documents/{id}/submit", "incoming.submit", &IncomingActs::submit);
  post("/documents/{id}/instruct", "incoming.instruct", &IncomingActs::instruct);
  post("/documents/{id}/finish", "incoming.finish", &IncomingActs::finish);
  addPage(router, Method::Get, "/deadline", "incoming.deadline",
          [this](Visit& visit) { return deadline(visit); });
}

// The file of the form: it is safe as soon as it is here, and waits for its fields.
base::Result<DocumentId> IncomingActs::takeIn(const Visit& visit) {
  auto file = fileOf(visit, parts_.uploadLimit);
  if (!file) return tl::unexpected(std::move(file.error()));
  file->requestKey = uploadKey(file->blob, parts_.renderer.clock().today());
  return parts_.incoming.receive(visit.caller(), *file);
}

// The scan alone.
Response IncomingActs::upload(Visit& visit) {
  const auto received = takeIn(visit);
  if (!received) return desk_.showNew(visit, &received.error());
  return Response::redirect("/documents/" + std::to_string(received->value()) +
                            "?list=to-register");
}

// The scan and its fields in one form, as a browser without script sends it.
Response IncomingActs::uploadAndRegister(Visit& visit) {
  const auto received = takeIn(visit);
  if (!received) return desk_.showNew(visit, &received.error());
  if (const auto bad = badDates(visit, parts_.renderer.clock().today())) {
    return desk_.show(visit, *received, {.refused = &*bad});
  }
  const auto registered =
      parts_.incoming.registerIncoming(visit.caller(), registrationOf(visit, {*received, 0}));
  if (!registered) return desk_.show(visit, *received, {.refused = &registered.error()});
  return doneWith(visit, *received, "registered");
}

Response IncomingActs::registerIncoming(Visit& visit) {
  const auto target = targetOf(visit);
  if (const auto bad = badDates(visit, parts_.renderer.clock().today())) {
    return desk_.show(visit, target.document, {.refused = &*bad});
  }
  return after(parts_.incoming.registerIncoming(visit.caller(), registrationOf(visit, target)),
               desk_, visit, target.document, "registered");
}

Response IncomingActs::refuse(Visit& visit) {
  const auto target = targetOf(visit);
  const auto done =
      parts_.incoming.refuseIncoming(visit.caller(), target, visit.form.value("reason"));
  if (!done) return desk_.show(visit, target.document, {.refused = &done.error()});
  return desk_.nextAfter(visit);
}

Response IncomingActs::submit(Visit& visit) {
  const auto target = targetOf(visit);
  return after(parts_.incoming.submit(visit.caller(),
                                      {.target = target,
                                       .leader = PostId(typedNumber(visit.form.value("leader"))),
                                       .note = visit.form.value("note"),
                                       .awayConfirmed = visit.form.value("away") == "1"}),
               desk_, visit, target.document, "submitted");
}

Response IncomingActs::instruct(Visit& visit) {
  const auto target = targetOf(visit);
  const auto workdays = typedNumber(visit.form.value("workdays"));
  documents::Instruction input{.target = target,
                               .text = visit.form.value("text"),
                               .lead = typedReceiver(visit.form.value("lead")),
                               .supports = receiversOf(visit, "support"),
                               .informed = receiversOf(visit, "informed")};
  if (workdays > 0) input.workdays = static_cast<int>(std::min<std::int64_t>(workdays, 100'000));
  const auto done = parts_.incoming.direct(visit.caller(), input);
  if (done && visit.form.value("then") == "next") return desk_.nextAfter(visit);
  return after(done, desk_, visit, target.document, "instructed");
}

Response IncomingActs::finish(Visit& visit) {
  const auto target = targetOf(visit);
  return after(parts_.incoming.finish(visit.caller(), target, visit.form.value("note")), desk_,
               visit, target.document, "finished");
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
