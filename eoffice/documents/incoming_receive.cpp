// Taking a file in: it waits for registration and obliges nobody yet.
#include "base/text.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/incoming.h"
#include "eoffice/documents/intake.h"

namespace eoffice::documents {

Incoming::Incoming(Office office) : office_(std::move(office)) {}

base::Result<DocumentId> Incoming::receive(const Caller& caller, const Upload& upload) {
  if (auto right = directory::require(caller, directory::Capability::RegisterIncoming); !right) {
    return tl::unexpected(std::move(right.error()));
  }
  if (const auto earlier = madeBefore(office_, caller, upload.requestKey)) return *earlier;
  auto checked = checkFile(office_, caller, upload);
  if (!checked) return tl::unexpected(std::move(checked.error()));

  const auto now = office_.clock.now();
  const auto make = [&](base::db::Session& session) -> base::Result<DocumentId> {
    if (auto own = checkStillOwn(session, caller, upload, now); !own) {
      return tl::unexpected(std::move(own.error()));
    }
    Fields fields;
    fields.pageAmount = checked->facts.pages;
    const auto id = insertDocument(session, caller.agency, Direction::Incoming, State::Arrived,
                                   fields, upload.requestKey, caller.post, now);
    insertIncoming(session, id, {.source = Source::Upload, .receivedAt = now}, {});
    addFile(session, id,
            {.kind = FileKind::Main,
             .name = checked->name,
             .blob = checked->blob,
             .pages = checked->facts.pages,
             .signatureReport = checked->signatureReport,
             .createdBy = caller.post},
            now);
    addPart(session, id, caller.agency, caller.post, Part::Registrar);
    openStep(session, id, caller.agency,
             {.kind = StepKind::Register,
              .role = static_cast<int>(Role::Clerk),
              .openedBy = caller.post},
             now);
    record(session, office_.clock, caller, "document.received", id, {},
           {{"sha256", checked->blob.sha256}, {"size", std::to_string(checked->blob.size)}});
    return id;
  };
  auto id = makeOnce(office_.database, caller, upload.requestKey, make);
  if (id) office_.wakers.filesArrived();
  return id;
}

}  // namespace eoffice::documents
