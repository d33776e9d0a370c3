#include "eoffice/intake/reading_store.h"

#include <nlohmann/json.hpp>

namespace eoffice::intake::reading_store {
namespace {

using base::Instant;
using base::db::Session;

// In the order of the index blob_text_turn.
constexpr const char* kFindDue = R"(/* intake.findDue */
SELECT sha256, turn, attempts FROM blob_text WHERE state = 1 AND next_attempt_at <= ?
ORDER BY turn DESC, next_attempt_at LIMIT 1 FOR UPDATE SKIP LOCKED)";

constexpr const char* kFindLeft = R"(/* intake.findLeft */
SELECT sha256, turn, attempts FROM blob_text WHERE state = 2 AND claimed_until < ?
LIMIT 1 FOR UPDATE SKIP LOCKED)";

constexpr const char* kClaim = R"(/* intake.claim */
UPDATE blob_text SET state = 2, claimed_by = ?, claimed_until = ?, attempts = attempts + 1
WHERE sha256 = ?)";

constexpr const char* kStillOurs = R"(/* intake.stillOurs */
SELECT 1 FROM blob_text WHERE sha256 = ? AND claimed_by = ? AND state = 2 FOR UPDATE)";

constexpr const char* kRenew = R"(/* intake.renewClaim */
UPDATE blob_text SET claimed_until = ? WHERE sha256 = ? AND claimed_by = ? AND state = 2)";

constexpr const char* kRelease = R"(/* intake.releaseClaims */
UPDATE blob_text SET state = 1, claimed_by = NULL, claimed_until = NULL
WHERE state = 2 AND claimed_by LIKE ?)";

constexpr const char* kMoreUrgent = R"(/* intake.moreUrgentWaits */
SELECT 1 FROM blob_text WHERE state = 1 AND turn > ? AND next_attempt_at <= ? LIMIT 1)";

constexpr const char* kPages = R"(/* intake.pagesSoFar */
SELECT words FROM blob_text_page WHERE sha256 = ? ORDER BY page)";

constexpr const char* kKeepPage = R"(/* intake.keepPage */
REPLACE INTO blob_text_page (sha256, page, source, words) VALUES (?, ?, ?, ?))";

constexpr const char* kProgress = R"(/* intake.keepProgress */
UPDATE blob_text SET pages = ?, pages_read = ?, findings = ?
WHERE sha256 = ? AND claimed_by = ? AND state = 2)";

constexpr const char* kPutBack = R"(/* intake.putBack */
UPDATE blob_text SET state = 1, turn = GREATEST(?, IF(turn > ?, turn, 0)), attempts = attempts - ?,
  error_code = ?, next_attempt_at = ?, claimed_by = NULL, claimed_until = NULL
WHERE sha256 = ? AND claimed_by = ? AND state = 2)";

constexpr const char* kFinish = R"(/* intake.finish */
UPDATE blob_text SET state = ?, source = ?, pages = ?, pages_read = ?, is_cut = ?, text = ?,
  findings = ?, error_code = ?, finished_at = ?, claimed_by = NULL, claimed_until = NULL
WHERE sha256 = ? AND claimed_by = ? AND state = 2)";

constexpr const char* kDropPages = R"(/* intake.dropPages */
DELETE FROM blob_text_page WHERE sha256 = ?)";

constexpr const char* kAgain = R"(/* intake.readAgainWithOcr */
UPDATE blob_text SET state = 1, attempts = 0, error_code = '', next_attempt_at = ?
WHERE state = 4 AND error_code = 'ocr.missing')";

constexpr const char* kWaiting = R"(/* intake.waiting */
SELECT COUNT(*) FROM (SELECT 1 FROM blob_text WHERE state = 1 LIMIT 100000) AS some)";

}  // namespace

std::optional<Claim> claim(Session& session, const std::string& token, Instant now, Instant until) {
  auto row = session.find(kFindDue, {now});
  if (!row) row = session.find(kFindLeft, {now});
  if (!row) return std::nullopt;
  Claim claim{.sha256 = row->text(0),
              .token = token,
              .turn = row->code<Turn>(1),
              .attempts = static_cast<int>(row->integer(2)) + 1};
  session.execute(kClaim, {token, until, claim.sha256});
  return claim;
}

bool renew(Session& session, const Claim& claim, Instant until) {
  if (!session.find(kStillOurs, {claim.sha256, claim.token})) return false;
  session.execute(kRenew, {until, claim.sha256, claim.token});
  return true;
}

void releaseClaims(Session& session, const std::string& node) {
  session.execute(kRelease, {node + "/%"});
}

bool moreUrgentWaits(Session& session, Turn turn, Instant now) {
  return session.find(kMoreUrgent, {turn, now}).has_value();
}

std::vector<PageText> pagesSoFar(Session& session, const std::string& sha256) {
  std::vector<PageText> pages;
  for (const auto& row : session.query(kPages, {sha256})) {
    pages.push_back(pageFromJson(nlohmann::json::parse(row.text(0))));
  }
  return pages;
}

void keepProgress(Session& session, const Claim& claim, const Progress& progress) {
  session.execute(kProgress, {progress.pages, progress.pagesRead, progress.findings, claim.sha256,
                              claim.token});
}

void keepPage(Session& session, const Claim& claim, const PageText& page) {
  session.execute(kKeepPage, {claim.sha256, page.page, page.source, toJson(page).dump()});
}

void putBack(Session& session, const Claim& claim, Turn turn, Attempt attempt,
             const std::string& errorCode, Instant next) {
  // A turn that somebody raised meanwhile stays.
  session.execute(kPutBack, {turn, claim.turn, attempt == Attempt::Forgotten ? 1 : 0, errorCode,
                             next, claim.sha256, claim.token});
}

void finish(Session& session, const Claim& claim, const Result& result, Instant now) {
  const auto changed = session.execute(
      kFinish, {result.state, result.source, result.progress.pages, result.progress.pagesRead,
                result.cut ? 1 : 0, result.text, result.progress.findings, result.errorCode, now,
                claim.sha256, claim.token});
  if (changed > 0) session.execute(kDropPages, {claim.sha256});
}

void readAgainWithOcr(Session& session, Instant now) { session.execute(kAgain, {now}); }

std::int64_t waiting(Session& session) { return session.get(kWaiting).integer(0); }

}  // namespace eoffice::intake::reading_store
