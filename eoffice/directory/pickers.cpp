#include "eoffice/directory/pickers.h"

#include <algorithm>
#include <unordered_set>

#include "base/text.h"
#include "eoffice/directory/agency_words.h"
#include "eoffice/directory/rows.h"

namespace eoffice::directory {
namespace {

using base::db::Row;
using base::db::Session;

constexpr std::size_t kMostHits = 50;
constexpr std::size_t kMostWords = 6;
// A word that more agencies than this have is read in the order of rank instead: so many have it
// that the first page is full soon.
constexpr std::int64_t kRareEnough = 3000;

constexpr std::string_view kCountWord = R"(/* directory.countAgencyWord */
  SELECT COUNT(*) FROM (SELECT 1 FROM agency_word WHERE word LIKE ? LIMIT 3001) counted)";

// Every search looks for six word beginnings; those that it does not need are empty, and are found
// in every text. The columns hold bytes: LOCATE compares bytes.
#define SIX_WORDS(column)                                                 \
  "LOCATE(?, " column ") AND LOCATE(?, " column ") AND LOCATE(?, " column \
  ") AND LOCATE(?, " column ") AND LOCATE(?, " column ") AND LOCATE(?, " column ")"
#define HIT_COLUMNS                                                                         \
  "SELECT STRAIGHT_JOIN a.id, a.code_qd20, a.name, a.short_name, p.name, a.kind, a.hosted," \
  " NOT (? BETWEEN a.valid_from AND a.valid_to) FROM"
#define HIT_ORDER " ORDER BY a.level, a.search_text, a.id"

constexpr std::string_view kByCode =
    "/* directory.findAgenciesByCode */ " HIT_COLUMNS
    " agency a LEFT JOIN agency p ON p.id = a.parent_id"
    " WHERE (a.code_qd20 = ? OR a.code_qcvn = ?) AND (? OR ? BETWEEN a.valid_from AND a.valid_to)"
    " LIMIT 2";
// One short range of the index for each level.
constexpr std::string_view kByBeginning =
    "/* directory.findAgenciesByBeginning */ " HIT_COLUMNS
    " (SELECT id FROM agency FORCE INDEX (agency_rank)"
    "  WHERE level IN (1, 2, 3, 4, 5, 6, 7, 8, 9) AND search_text LIKE ?"
    "  AND (? OR ? BETWEEN valid_from AND valid_to) ORDER BY level, search_text LIMIT ?) w"
    " JOIN agency a ON a.id = w.id LEFT JOIN agency p ON p.id = a.parent_id" HIT_ORDER;
constexpr std::string_view kByWord =
    "/* directory.findAgenciesByWord */ " HIT_COLUMNS
    " (SELECT DISTINCT agency_id FROM agency_word WHERE word LIKE ?) w"
    " JOIN agency a ON a.id = w.agency_id LEFT JOIN agency p ON p.id = a.parent_id"
    " WHERE " SIX_WORDS(
        "a.search_text") " AND (? OR ? BETWEEN a.valid_from AND a.valid_to)" HIT_ORDER " LIMIT ?";
constexpr std::string_view kByRank =
    "/* directory.findAgenciesByRank */ " HIT_COLUMNS
    " (SELECT id FROM agency FORCE INDEX (agency_rank) WHERE " SIX_WORDS("search_text")
    "  AND (? OR ? BETWEEN valid_from AND valid_to) ORDER BY level, search_text LIMIT ?) w"
    " JOIN agency a ON a.id = w.id LEFT JOIN agency p ON p.id = a.parent_id" HIT_ORDER;

constexpr std::string_view kFindUnits =
    "/* directory.findUnits */ SELECT " UNIT_COLUMNS " FROM unit u WHERE u.agency_id = ? AND "
    SIX_WORDS("u.search_text") " AND ? BETWEEN u.valid_from AND u.valid_to"
    " ORDER BY u.search_text LIKE ? DESC, u.name, u.id LIMIT ?";
constexpr std::string_view kFindPeople =
    "/* directory.findPeople */ " POST_CARD_SELECT
    "LEFT JOIN account k ON k.person_id = p.person_id WHERE p.agency_id = ? AND" POST_IS_ACTIVE
    "AND " SIX_WORDS("n.search_text") " ORDER BY n.search_text LIKE ? DESC, n.name, p.id LIMIT ?";

std::vector<std::string> firstWords(std::string_view query) {
  auto words = searchWords(query);
  if (words.size() > kMostWords) words.resize(kMostWords);
  return words;
}

void appendWords(base::db::Params& params, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < kMostWords; ++i) {
    params.emplace_back(i < words.size() ? ' ' + words[i] : std::string());
  }
}

// ` nha trang%`: texts that begin with the query stand first.
std::string beginsWith(const std::vector<std::string>& words) {
  std::string pattern;
  for (const auto& word : words) pattern += ' ' + word;
  return pattern + '%';
}

AgencyHit readHit(const Row& row) {
  AgencyHit hit;
  hit.agency = row.id<AgencyId>(0);
  hit.code = row.text(1);
  hit.name = row.text(2);
  hit.shortName = row.text(3);
  hit.parentName = row.textOr(4);
  hit.kind = row.code<AgencyKind>(5);
  hit.hosted = row.flag(6);
  hit.closed = row.flag(7);
  return hit;
}

struct AgencySearch {
  std::vector<std::string> words;
  std::string code;  ///< The query as it stands, for the code itself.
  base::LocalDate day{};
  int closedToo = 0;
  std::size_t most = 0;
};

// The word that fewest agencies have, if it is rare enough to start from. Words that stand in no
// row of agency_word, because half of all names have them, never are.
std::optional<std::string> rarestWord(Session& session, const std::vector<std::string>& words) {
  std::optional<std::string> rarest;
  std::int64_t fewest = kRareEnough;
  for (const std::string& word : words) {
    if (beginsCommonWord(word)) continue;
    const auto count = session.get(kCountWord, {indexedWord(word) + "%"}).integer(0);
    if (count > fewest) continue;
    fewest = count;
    rarest = word;
  }
  return rarest;
}

base::db::Rows searchAgencies(Session& session, const AgencySearch& search) {
  base::db::Params params{search.day};
  const auto rarest = rarestWord(session, search.words);
  if (rarest) params.emplace_back(indexedWord(*rarest) + "%");
  appendWords(params, search.words);
  params.emplace_back(search.closedToo);
  params.emplace_back(search.day);
  params.emplace_back(search.most);
  return session.query(rarest ? kByWord : kByRank, params);
}

}  // namespace

std::vector<std::string> searchWords(std::string_view text) {
  const auto isWordCharacter = [](char c) {
    return static_cast<unsigned char>(c) >= 0x80 || (c >= 'a' && c <= 'z') ||
           (c >= '0' && c <= '9') || c == '.';
  };
  std::vector<std::string> words;
  std::string word;
  for (const char c : base::fold(text) + ' ') {
    if (isWordCharacter(c)) {
      word += c;
      continue;
    }
    while (word.ends_with('.')) word.pop_back();
    word.erase(0, word.find_first_not_of('.'));
    if (!word.empty()) words.push_back(std::exchange(word, {}));
    word.clear();
  }
  return words;
}

std::vector<AgencyHit> findAgencies(Session& session, std::string_view query, base::LocalDate day,
                                    std::size_t most, Closed closed) {
  AgencySearch search;
  search.words = firstWords(query);
  if (search.words.empty()) return {};
  search.code = asciiOnly(base::squeezed(query));
  search.day = day;
  search.closedToo = closed == Closed::Shown ? 1 : 0;
  search.most = std::clamp<std::size_t>(most, 1, kMostHits);

  std::vector<AgencyHit> hits;
  std::unordered_set<AgencyId> seen;
  const auto take = [&](const base::db::Rows& rows) {
    for (const Row& row : rows) {
      if (hits.size() == search.most) return;
      if (seen.insert(row.id<AgencyId>(0)).second) hits.push_back(readHit(row));
    }
  };
  take(session.query(kByCode, {day, search.code, search.code, search.closedToo, day}));
  take(session.query(kByBeginning,
                     {day, beginsWith(search.words), search.closedToo, day, search.most}));
  if (hits.size() < search.most) take(searchAgencies(session, search));
  return hits;
}

std::vector<Unit> findUnits(Session& session, const Caller& caller, std::string_view query,
                            base::LocalDate day, std::size_t most) {
  const auto words = firstWords(query);
  base::db::Params params{caller.agency};
  appendWords(params, words);
  params.emplace_back(day);
  params.emplace_back(beginsWith(words));
  params.emplace_back(std::clamp<std::size_t>(most, 1, kMostHits));
  std::vector<Unit> units;
  for (const Row& row : session.query(kFindUnits, params)) units.push_back(readUnit(row));
  return units;
}

std::vector<PostCard> findPeople(Session& session, const Caller& caller, std::string_view query,
                                 base::LocalDate day, std::size_t most) {
  const auto words = firstWords(query);
  auto params = postCardParams(day, {caller.agency, day, day});
  appendWords(params, words);
  params.emplace_back(beginsWith(words));
  params.emplace_back(std::clamp<std::size_t>(most, 1, kMostHits));
  return readPostCards(session.query(kFindPeople, params));
}

}  // namespace eoffice::directory
