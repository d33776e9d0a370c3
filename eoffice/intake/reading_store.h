// The reader's side of blob_text: claims, pages, results. Only for this folder. The caller owns the
// transaction. What a claim no longer holds is left alone: every write asks for the claim.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/time.h"
#include "eoffice/intake/blob_text.h"
#include "eoffice/intake/page_text.h"

namespace eoffice::intake::reading_store {

struct Claim {
  std::string sha256;
  std::string token;  ///< Names the claim.
  Turn turn = Turn::Old;
  int attempts = 0;  ///< This one counted.
};

/// What is due and comes first, or what somebody claimed and left. It is ours until `until`.
[[nodiscard]] std::optional<Claim> claim(base::db::Session& session, const std::string& token,
                                         base::Instant now, base::Instant until);
/// False when the claim is lost.
[[nodiscard]] bool renew(base::db::Session& session, const Claim& claim, base::Instant until);
/// What a process of that name left claimed when it ended.
void releaseClaims(base::db::Session& session, const std::string& node);
/// Does something of a higher turn wait?
[[nodiscard]] bool moreUrgentWaits(base::db::Session& session, Turn turn, base::Instant now);

/// Pages that OCR has read so far, in their order.
[[nodiscard]] std::vector<PageText> pagesSoFar(base::db::Session& session,
                                               const std::string& sha256);
struct Progress {
  int pages = 0;
  int pagesRead = 0;
  std::string findings;  ///< JSON.
};
void keepProgress(base::db::Session& session, const Claim& claim, const Progress& progress);
void keepPage(base::db::Session& session, const Claim& claim, const PageText& page);

/// Waits again, later: `turn` may be another one. An attempt that was broken off by us is not
/// counted.
enum class Attempt : std::uint8_t { Counts, Forgotten };
void putBack(base::db::Session& session, const Claim& claim, Turn turn, Attempt attempt,
             const std::string& errorCode, base::Instant next);

struct Result {
  ReadingState state = ReadingState::Done;
  TextSource source = TextSource::None;
  Progress progress;
  bool cut = false;
  std::string text;
  std::string errorCode;
};
/// When the claim is lost, nothing is stored.
void finish(base::db::Session& session, const Claim& claim, const Result& result,
            base::Instant now);

/// What had no text for want of an OCR program waits again.
void readAgainWithOcr(base::db::Session& session, base::Instant now);

/// Blobs that wait; counted up to a hundred thousand.
[[nodiscard]] std::int64_t waiting(base::db::Session& session);

}  // namespace eoffice::intake::reading_store
