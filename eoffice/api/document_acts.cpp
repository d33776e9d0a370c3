#include "eoffice/api/document_acts.h"

#include <algorithm>

#include "base/crypto/digest.h"
#include "eoffice/api/document_json.h"
#include "eoffice/documents/reading.h"

namespace eoffice::api {
documents::Target targetOf(const Call& call) {
  return {DocumentId(call.path("id")), static_cast<int>(call.body.number("version"))};
}

documents::Upload uploadOf(const Values& upload) {
  return {.blob = {upload.text("sha256"), 0},
          .fileName = upload.text("name"),
          .brought = documents::Brought::Before};
}

std::string storedKey(const Caller& caller, std::string_view kind, const std::string& key) {
  const auto whole = std::string(kind) + "|" + std::to_string(caller.person.value()) + "|" + key;
  return "api-" + base::sha256Hex(whole);
}

base::Result<nlohmann::json> madeBy(const web::PageParts& parts, const Caller& caller,
                                    DocumentId id, const documents::Upload& upload) {
  using Answer = base::Result<nlohmann::json>;
  return parts.database.read([&](base::db::Session& session) -> Answer {
    const auto detail = documents::detail(session, caller, id);
    if (!detail) return base::refuse(base::RefusalKind::NotFound, "document.unknown");
    const auto& files = detail->files;
    const bool same = std::any_of(files.begin(), files.end(), [&](const documents::File& file) {
      return file.blob.sha256 == upload.blob.sha256;
    });
    if (!same) {
      return base::refuse(base::RefusalKind::Conflict, "request.key_reused", "request_key");
    }
    return stateJson(detail->document);
  });
}

nlohmann::json stateAfter(const web::PageParts& parts, DocumentId id) {
  return parts.database.read([&](base::db::Session& session) -> nlohmann::json {
    const auto document = documents::findDocument(session, id);
    return document ? stateJson(*document) : nlohmann::json::object();
  });
}

}  // namespace eoffice::api
