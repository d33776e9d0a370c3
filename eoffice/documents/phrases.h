// Sentences that are ready for an instruction: each leader's own, in the order they chose, and
// those of the whole agency, which the head of office keeps. Each act leaves its audit entry.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/db/database.h"
#include "base/result.h"
#include "eoffice/directory/caller.h"

namespace eoffice::documents {

struct Phrase {
  std::int64_t id = 0;
  bool own = true;  ///< Else the agency's.
  std::string text;
};

enum class PhraseOwner : std::uint8_t { Own, Agency };
enum class PhraseMove : std::uint8_t { Up, Down };

/// The caller's own in their order, then the agency's.
[[nodiscard]] std::vector<Phrase> phrasesFor(base::db::Session& session, const Caller& caller);
/// May the caller change the agency's?
[[nodiscard]] bool keepsAgencyPhrases(const Caller& caller);

// By who may direct; the agency's by the head of office: `permission.denied`.

/// At the end. Refuses `field.*`, `phrase.too_many` (30), `phrase.twice`.
[[nodiscard]] base::Result<std::int64_t> addPhrase(base::db::Database& database,
                                                   const base::Clock& clock, const Caller& caller,
                                                   PhraseOwner owner, const std::string& text);
/// Refuses `phrase.unknown`, of others' too.
[[nodiscard]] base::Result<void> removePhrase(base::db::Database& database,
                                              const base::Clock& clock, const Caller& caller,
                                              std::int64_t phrase);
/// One place up or down; at the end of the list nothing changes. Refuses `phrase.unknown`.
[[nodiscard]] base::Result<void> movePhrase(base::db::Database& database, const base::Clock& clock,
                                            const Caller& caller, std::int64_t phrase,
                                            PhraseMove where);

}  // namespace eoffice::documents
