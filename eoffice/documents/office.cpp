#include "eoffice/documents/office.h"

#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/delegation.h"
#include "eoffice/documents/reading.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;

constexpr const char* kLastOfKind = R"(/* documents.lastStepOfKind */
SELECT done_by_post, outcome, done_at FROM document_step WHERE document_id = ? AND kind = ?
ORDER BY id DESC LIMIT 1)";

// When the caller ended the last step of that kind in that way; empty when it was otherwise.
std::optional<base::Instant> doneByCaller(Session& session, const Caller& caller,
                                          DocumentId document,
                                          std::initializer_list<StepEnd> ends) {
  for (const auto& end : ends) {
    const auto row = session.find(kLastOfKind, {document, end.kind});
    if (row && !row->isNull(2) && row->id<PostId>(0) == caller.post &&
        row->code<Outcome>(1) == end.outcome) {
      return row->instant(2);
    }
  }
  return std::nullopt;
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
    case StepKind::Support:
    case StepKind::Read:
      return directory::Scope::Read;
  }
  return directory::Scope::Read;
}

// A signature is never delegated (R-32), and a drafter revises what is theirs.
bool maybeDelegated(StepKind kind) {
  return kind == StepKind::Review || kind == StepKind::Direct || kind == StepKind::Handle ||
         kind == StepKind::Support || kind == StepKind::Read;
}

}  // namespace

base::Result<Document> lockForAct(Session& session, const Caller& caller, const Target& target,
                                  std::initializer_list<State> allowed,
                                  std::initializer_list<StepEnd> ends) {
  auto document = lockDocument(session, target.document);
  if (!document || document->agency != caller.agency || !maySee(session, caller, document->id)) {
    return base::refuse(RefusalKind::NotFound, "document.unknown");
  }
  const bool sameVersion = target.version == 0 || target.version == document->version;
  const bool rightState =
      std::find(allowed.begin(), allowed.end(), document->state) != allowed.end();
  if (sameVersion && rightState) return std::move(*document);
  if (const auto at = doneByCaller(session, caller, document->id, ends)) {
    return base::refuse(RefusalKind::Conflict, "document.done_by_you", {},
                        {{"at", base::viDateTime(*at)}});
  }
  if (!sameVersion) return base::refuse(RefusalKind::Conflict, "document.changed_meanwhile");
  return base::refuse(RefusalKind::Conflict, "document.wrong_state", {},
                      {{"state", std::string(nameOf(document->state))}});
}

base::Result<void> requireForStep(Session& session, const Caller& caller, const Document& document,
                                  StepKind kind, directory::Capability capability) {
  if (directory::may(caller, capability)) return {};
  const auto step = openStepOf(session, document.id, kind);
  if (step && step->delegatePost == caller.post && caller.post.valid()) return {};
  return directory::require(caller, capability);
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

std::int64_t openStepFor(Session& session, const Document& document, StepKind kind, PostId post,
                         const Caller& caller, const std::string& note, base::Instant now) {
  NewStep step{.kind = kind, .post = post, .openedBy = caller.post, .note = note};
  if (maybeDelegated(kind)) {
    const auto holder = directory::holderFor(session, post, scopeOf(kind), base::localDate(now));
    if (holder.onBehalfOf.valid()) {
      step.delegate = holder.holder;
      addPart(session, document.id, document.agency, holder.holder, Part::Delegate);
    }
  }
  return openStep(session, document.id, document.agency, step, now);
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

base::Result<DocumentId> makeOnce(base::db::Database& database, const Caller& caller,
                                  const std::string& requestKey,
                                  const std::function<base::Result<DocumentId>(Session&)>& make) {
  try {
    return database.transact([&](Session& session) -> base::Result<DocumentId> {
      if (const auto earlier = findByRequestKey(session, caller.agency, requestKey)) {
        return *earlier;
      }
      return make(session);
    });
  } catch (const base::db::DuplicateKey&) {
    const auto earlier = database.read(
        [&](Session& session) { return findByRequestKey(session, caller.agency, requestKey); });
    if (!earlier) throw;
    return *earlier;
  }
}

}  // namespace eoffice::documents
