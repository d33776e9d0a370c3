#include "eoffice/documents/office.h"

#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/delegation.h"
#include "eoffice/directory/permissions.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;

const std::string kVisible =
    std::string("/* documents.visible */ SELECT d.id FROM document d WHERE ") +
    std::string(directory::kDocumentVisible) + " AND d.id = ?";

bool visible(Session& session, const Caller& caller, DocumentId id) {
  auto params = directory::documentVisibleParams(caller);
  params.emplace_back(id);
  return session.find(kVisible, params).has_value();
}

directory::Scope scopeOf(StepKind kind) {
  switch (kind) {
    case StepKind::Review:
      return directory::Scope::Approve;
    case StepKind::Direct:
      return directory::Scope::Direct;
    case StepKind::Register:
    case StepKind::Submit:
    case StepKind::Handle:
    case StepKind::Revise:
    case StepKind::Sign:
    case StepKind::Number:
    case StepKind::Seal:
    case StepKind::Issue:
      return directory::Scope::Read;
  }
  return directory::Scope::Read;
}

// A signature is never delegated, and a drafter revises what is theirs.
bool maybeDelegated(StepKind kind) {
  return kind == StepKind::Review || kind == StepKind::Direct || kind == StepKind::Handle;
}

}  // namespace

base::Result<Document> lockForAct(Session& session, const Caller& caller, const Target& target,
                                  std::initializer_list<State> allowed) {
  auto document = lockDocument(session, target.document);
  if (!document || document->agency != caller.agency || !visible(session, caller, document->id)) {
    return base::refuse(RefusalKind::NotFound, "document.unknown");
  }
  if (target.version != 0 && target.version != document->version) {
    return base::refuse(RefusalKind::Conflict, "document.changed_meanwhile");
  }
  if (std::find(allowed.begin(), allowed.end(), document->state) == allowed.end()) {
    return base::refuse(RefusalKind::Conflict, "document.wrong_state", {},
                        {{"state", std::string(nameOf(document->state))}});
  }
  return std::move(*document);
}

base::Result<PostId> closeOwnStep(Session& session, const Caller& caller, const Document& document,
                                  StepKind kind, Outcome outcome, const std::string& remark,
                                  base::Instant now) {
  const auto step = openStepOf(session, document.id, kind);
  if (!step) return base::refuse(RefusalKind::Conflict, "document.step_closed");
  const bool byRole = step->assignedRole == static_cast<int>(caller.role);
  const bool own = step->assignedPost == caller.post && caller.post.valid();
  const bool asDelegate = step->delegatePost == caller.post && caller.post.valid();
  if (!byRole && !own && !asDelegate) {
    return base::refuse(RefusalKind::Forbidden, "document.not_yours");
  }
  closeStep(session, step->id, caller.post, outcome, remark, now);
  return !own && asDelegate ? step->assignedPost : PostId();
}

void openStepFor(Session& session, const Document& document, StepKind kind, PostId post,
                 const Caller& caller, const std::string& note, base::Instant now) {
  NewStep step{.kind = kind, .post = post, .openedBy = caller.post, .note = note};
  if (maybeDelegated(kind)) {
    const auto holder = directory::holderFor(session, post, scopeOf(kind), base::localDate(now));
    if (holder.onBehalfOf.valid()) step.delegate = holder.holder;
  }
  openStep(session, document.id, document.agency, step, now);
}

void openStepForRole(Session& session, const Document& document, StepKind kind, Role role,
                     PostId openedBy, const std::string& note, base::Instant now) {
  openStep(session, document.id, document.agency,
           {.kind = kind, .role = static_cast<int>(role), .openedBy = openedBy, .note = note}, now);
}

void record(Session& session, const base::Clock& clock, const Caller& caller, std::string_view act,
            DocumentId document, PostId onBehalfOf,
            std::vector<std::pair<std::string, std::string>> detail) {
  audit::write(session, clock,
               {.act = std::string(act),
                .person = caller.person,
                .post = caller.post,
                .onBehalfOf = onBehalfOf,
                .agency = caller.agency,
                .objectKind = "document",
                .objectId = document.value(),
                .detail = std::move(detail),
                .requestId = caller.requestId,
                .address = caller.address});
}

}  // namespace eoffice::documents
