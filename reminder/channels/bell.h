// The bell: short notices to a person inside the application, with what is unread. Any floor above
// writes them in its own transaction; the text is put together in the reader's language when it is
// shown. Takes a session; keeps nothing. Safe from any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/db/database.h"
#include "base/texts.h"
#include "reminder/ids.h"

namespace reminder {

struct Notice {
  ReaderId reader;
  HolderId holder = {};  ///< The post for which the reader is told.
  std::string kind;      ///< Text key `bell.<kind>`: `task_due`, at most 60 characters.
  SourceRef object;      ///< What it opens: `{"task", 7}`.
  std::vector<std::pair<std::string, std::string>> facts = {};  ///< For the text.
  /// The same key for the same reader is the same notice: the second is not written.
  std::string key;  ///< At most 120 characters.
};

struct StoredNotice {
  std::int64_t id = 0;
  base::Instant at;
  std::optional<base::Instant> seenAt;
  Notice notice;
};

class Bell {
 public:
  /// Returns how many were new.
  static std::uint64_t ring(base::db::Session& session, base::Instant now,
                            const std::vector<Notice>& notices);
  [[nodiscard]] static std::int64_t unread(base::db::Session& session, ReaderId reader);
  /// Newest first; `beforeId` of the page before, 0 for the first.
  [[nodiscard]] static std::vector<StoredNotice> list(base::db::Session& session, ReaderId reader,
                                                      bool unreadOnly, std::size_t limit,
                                                      std::int64_t beforeId = 0);
  /// One notice of this reader; unknown or another's: false.
  static bool markSeen(base::db::Session& session, ReaderId reader, std::int64_t id,
                       base::Instant now);
  /// All up to `lastId`, the newest the reader was shown: what came since stays unread.
  static void markAllSeen(base::db::Session& session, ReaderId reader, std::int64_t lastId,
                          base::Instant now);
  /// What is about `object` is seen once the reader opens it.
  static void markSeenAbout(base::db::Session& session, ReaderId reader, const SourceRef& object,
                            base::Instant now);
  [[nodiscard]] static std::string text(const base::Texts& texts, base::Language language,
                                        const StoredNotice& notice);
};

}  // namespace reminder
