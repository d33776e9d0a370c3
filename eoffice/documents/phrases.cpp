#include "eoffice/documents/phrases.h"

#include <algorithm>

#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/field_rules.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Session;
using directory::Capability;

constexpr std::size_t kMostPhrases = 30;
constexpr std::size_t kLongest = 500;

constexpr const char* kPhrasesFor = R"(/* documents.phrasesFor */
SELECT id, post_id, text FROM ready_phrase WHERE agency_id = ? AND post_id IN (?, 0)
ORDER BY post_id = 0, position, id)";
// Who changes a list holds the post that it belongs to: two changes come one after the other.
constexpr const char* kLockOwner = R"(/* documents.lockPhraseOwner */
SELECT id FROM post WHERE id = ? FOR UPDATE)";
constexpr const char* kLockAgency = R"(/* documents.lockPhraseAgency */
SELECT id FROM agency WHERE id = ? FOR UPDATE)";
constexpr const char* kListOf = R"(/* documents.phrasesOf */
SELECT id, text, position FROM ready_phrase WHERE agency_id = ? AND post_id = ? ORDER BY position, id)";
constexpr const char* kAdd = R"(/* documents.addPhrase */
INSERT INTO ready_phrase (agency_id, post_id, position, text) VALUES (?, ?, ?, ?))";
constexpr const char* kFind = R"(/* documents.findPhrase */
SELECT post_id FROM ready_phrase WHERE id = ? AND agency_id = ?)";
constexpr const char* kRemove =
    R"(/* documents.removePhrase */ DELETE FROM ready_phrase WHERE id = ?)";
constexpr const char* kPlace = R"(/* documents.placePhrase */
UPDATE ready_phrase SET position = ? WHERE id = ?)";

struct Line {
  std::int64_t id = 0;
  std::string text;
  int position = 0;
};

std::int64_t ownerOf(const Caller& caller, PhraseOwner owner) {
  return owner == PhraseOwner::Own ? caller.post.value() : 0;
}

base::Result<void> mayKeep(const Caller& caller, PhraseOwner owner) {
  if (owner == PhraseOwner::Own) return directory::require(caller, Capability::Direct);
  return directory::require(caller, Capability::SubmitIncoming);
}

std::vector<Line> lockedList(Session& session, const Caller& caller, PhraseOwner owner) {
  if (owner == PhraseOwner::Own) {
    static_cast<void>(session.find(kLockOwner, {caller.post}));
  } else {
    static_cast<void>(session.find(kLockAgency, {caller.agency}));
  }
  std::vector<Line> lines;
  for (const auto& row : session.query(kListOf, {caller.agency, ownerOf(caller, owner)})) {
    lines.push_back({row.integer(0), row.text(1), static_cast<int>(row.integer(2))});
  }
  return lines;
}

void record(Session& session, const base::Clock& clock, const Caller& caller, const char* act,
            std::int64_t phrase, const std::string& text) {
  audit::write(session, clock,
               {.act = act,
                .person = caller.person,
                .post = caller.post,
                .agency = caller.agency,
                .objectKind = "phrase",
                .objectId = phrase,
                .detail = {{"text", text}},
                .requestId = caller.requestId,
                .address = caller.address});
}

// The list that the phrase stands in, and its place there.
struct Found {
  std::vector<Line> lines;
  std::size_t at = 0;
};
base::Result<Found> findLocked(Session& session, const Caller& caller, std::int64_t phrase) {
  const auto unknown = base::refuse(RefusalKind::NotFound, "phrase.unknown");
  const auto row = session.find(kFind, {phrase, caller.agency});
  if (!row) return unknown;
  const bool agencys = row->integer(0) == 0;
  if (!agencys && row->integer(0) != caller.post.value()) return unknown;
  const auto owner = agencys ? PhraseOwner::Agency : PhraseOwner::Own;
  if (auto right = mayKeep(caller, owner); !right) return tl::unexpected(std::move(right.error()));
  Found found{.lines = lockedList(session, caller, owner)};
  const auto line = std::find_if(found.lines.begin(), found.lines.end(),
                                 [&](const Line& one) { return one.id == phrase; });
  if (line == found.lines.end()) return unknown;
  found.at = static_cast<std::size_t>(line - found.lines.begin());
  return found;
}

}  // namespace

std::vector<Phrase> phrasesFor(Session& session, const Caller& caller) {
  std::vector<Phrase> phrases;
  for (const auto& row : session.query(kPhrasesFor, {caller.agency, caller.post})) {
    phrases.push_back({.id = row.integer(0), .own = row.integer(1) != 0, .text = row.text(2)});
  }
  return phrases;
}

bool keepsAgencyPhrases(const Caller& caller) {
  return directory::may(caller, Capability::SubmitIncoming);
}

base::Result<std::int64_t> addPhrase(base::db::Database& database, const base::Clock& clock,
                                     const Caller& caller, PhraseOwner owner,
                                     const std::string& given) {
  if (auto right = mayKeep(caller, owner); !right) return tl::unexpected(std::move(right.error()));
  auto text = given;
  FieldCheck check;
  check.required(text, "text", kLongest);
  if (auto good = check.result(); !good) return tl::unexpected(std::move(good.error()));
  return database.transact([&](Session& session) -> base::Result<std::int64_t> {
    const auto lines = lockedList(session, caller, owner);
    if (lines.size() >= kMostPhrases) {
      return base::refuse(RefusalKind::Conflict, "phrase.too_many", "text",
                          {{"most", std::to_string(kMostPhrases)}});
    }
    if (std::any_of(lines.begin(), lines.end(),
                    [&](const Line& one) { return one.text == text; })) {
      return base::refuse(RefusalKind::Conflict, "phrase.twice", "text");
    }
    const int last = lines.empty() ? 0 : lines.back().position;
    const auto id = session.insert(kAdd, {caller.agency, ownerOf(caller, owner), last + 1, text});
    record(session, clock, caller, "phrase.added", id, text);
    return id;
  });
}

base::Result<void> removePhrase(base::db::Database& database, const base::Clock& clock,
                                const Caller& caller, std::int64_t phrase) {
  return database.transact([&](Session& session) -> base::Result<void> {
    auto found = findLocked(session, caller, phrase);
    if (!found) return tl::unexpected(std::move(found.error()));
    session.execute(kRemove, {phrase});
    record(session, clock, caller, "phrase.removed", phrase, found->lines[found->at].text);
    return {};
  });
}

base::Result<void> movePhrase(base::db::Database& database, const base::Clock& clock,
                              const Caller& caller, std::int64_t phrase, PhraseMove where) {
  return database.transact([&](Session& session) -> base::Result<void> {
    auto found = findLocked(session, caller, phrase);
    if (!found) return tl::unexpected(std::move(found.error()));
    const auto& lines = found->lines;
    const auto at = found->at;
    const bool up = where == PhraseMove::Up;
    const bool atEnd = up ? at == 0 : at + 1 == lines.size();
    if (!atEnd) {
      const auto other = up ? at - 1 : at + 1;
      session.execute(kPlace, {lines[other].position, lines[at].id});
      session.execute(kPlace, {lines[at].position, lines[other].id});
    }
    record(session, clock, caller, "phrase.moved", phrase, lines[at].text);
    return {};
  });
}

}  // namespace eoffice::documents
