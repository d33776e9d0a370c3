// The append-only log of what people and the system did: part of the record, kept as long as it (NĐ
// 30, Phụ lục VI). Written in the transaction of the act itself. Rows are never changed: triggers
// refuse it.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/db/database.h"
#include "eoffice/ids.h"

namespace eoffice::audit {

struct Entry {
  std::string act;       ///< Fixed snake_case name: `document.registered`, `sign_in.refused`.
  PersonId person = {};  ///< Not valid: the system itself.
  PostId post = {};
  PostId onBehalfOf = {};  ///< The post whose delegate acted.
  AgencyId agency = {};
  std::string objectKind = {};  ///< `document`, `task`, `person` ...
  std::int64_t objectId = 0;
  std::vector<std::pair<std::string, std::string>> detail = {};  ///< Stored as a JSON object.
  std::string requestId = {};
  std::string address = {};
};

struct Record {
  std::int64_t id = 0;
  base::Instant at;
  Entry entry;
  std::string personName;
  std::string postTitle;
  std::string onBehalfOfName;  ///< Empty: in their own post.
};

/// One row, in the caller's transaction.
void write(base::db::Session& session, const base::Clock& clock, const Entry& entry);

/// The history of one thing, oldest first. Rights are the caller's business.
[[nodiscard]] std::vector<Record> history(base::db::Session& session, std::string_view objectKind,
                                          std::int64_t objectId);

/// What one person did from `from` (inclusive) to `to` (exclusive), newest first, at most `most`.
[[nodiscard]] std::vector<Record> actsOf(base::db::Session& session, PersonId person,
                                         base::Instant from, base::Instant to, std::size_t most);

}  // namespace eoffice::audit
