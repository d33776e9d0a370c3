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
  auto checked = checkFile(office_, upload.blob, upload.fileName);
  if (!checked) return tl::unexpected(std::move(checked.error()));

  const auto now = office_.clock.now();
  return office_.database.transact([&](base::db::Session& session) -> base::Result<DocumentId> {
    if (const auto earlier = findByRequestKey(session, caller.agency, upload.requestKey)) {
      return *earlier;
    }
    Fields fields;
    fields.pageAmount = checked->facts.pages;
    const auto id = insertDocument(session, caller.agency, Direction::Incoming, State::Arrived,
                                   fields, upload.requestKey, caller.post, now);
    insertIncoming(session, id, {.source = Source::Upload, .receivedAt = now}, {});
    addFile(session, id,
            {.kind = FileKind::Main,
             .name = checked->name,
             .blob = upload.blob,
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
           {{"sha256", upload.blob.sha256}, {"size", std::to_string(upload.blob.size)}});
    return id;
  });
}

}  // namespace eoffice::documents
