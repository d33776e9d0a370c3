// What the engine asks of the office: who stands behind a post at the moment a reminder goes out.
// Implemented by eoffice over its directory.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/texts.h"
#include "reminder/ids.h"

namespace reminder {

/// The person who is to be told.
struct Reader {
  ReaderId id;
  std::string name;  ///< `Nguyễn Văn An`
  std::string mail;  ///< Empty: the bell only.
  base::Language language = base::Language::Vi;
  bool standsIn = false;  ///< Delegate of the post's absent person.
};

class PeopleBook {
 public:
  virtual ~PeopleBook() = default;
  /// For each post who answers for it at `at`: its person; their delegate while they are absent;
  /// no entry for a post that is vacant, closed, or whose person is absent without a delegate.
  /// One query for all. Never throws for an unknown post.
  [[nodiscard]] virtual std::map<HolderId, Reader> readersOf(base::db::Session& session,
                                                             const std::vector<HolderId>& holders,
                                                             base::Instant at) = 0;
  /// The post at the head of the unit of each post; its own when it is the head; no entry when
  /// there is none.
  [[nodiscard]] virtual std::map<HolderId, HolderId> headsOfUnit(
      base::db::Session& session, const std::vector<HolderId>& holders, base::Instant at) = 0;
  /// The head of office (chánh văn phòng) of each agency; no entry when there is none.
  [[nodiscard]] virtual std::map<ScopeId, HolderId> headsOfOffice(
      base::db::Session& session, const std::vector<ScopeId>& scopes, base::Instant at) = 0;
};

}  // namespace reminder
