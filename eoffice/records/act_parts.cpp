#include "eoffice/audit/audit_log.h"
#include "eoffice/documents/field_rules.h"
#include "eoffice/records/act_parts_internal.h"

namespace eoffice::records {

void record(base::db::Session& session, const base::Clock& clock, const Caller& caller,
            std::string_view act, std::string_view objectKind, std::int64_t object,
            std::vector<std::pair<std::string, std::string>> detail) {
  audit::write(session, clock,
               {.act = std::string(act),
                .person = caller.person,
                .post = caller.post,
                .agency = caller.agency,
                .objectKind = std::string(objectKind),
                .objectId = object,
                .detail = std::move(detail),
                .requestId = caller.requestId,
                .address = caller.address});
}

base::Result<std::string> reasonOf(std::string text) {
  documents::FieldCheck check;
  check.required(text, "reason", 2000);
  if (auto good = check.result(); !good) return tl::unexpected(good.error());
  return text;
}

}  // namespace eoffice::records
