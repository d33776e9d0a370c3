#include "eoffice/directory/bulk.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "eoffice/directory/agency_words.h"
#include "eoffice/directory/rows.h"

namespace eoffice::directory {
namespace {

using base::db::Param;
using base::db::Params;
using base::db::Session;
using nlohmann::json;

constexpr std::size_t kRowsAtOnce = 2000;

constexpr std::string_view kLock = R"(/* directory.lock */
  INSERT INTO directory_change (id, changed_at) VALUES (1, ?)
  ON DUPLICATE KEY UPDATE changed_at = VALUES(changed_at))";
constexpr std::string_view kInsertAgencies = R"(/* directory.insertAgencies */
  INSERT INTO agency (id, code_qd20, code_qcvn, parent_id, level, kind, name, short_name, notation,
                      search_text, address, phone, mail, website, hosted, valid_from, valid_to,
                      successor_id) VALUES)";
constexpr std::string_view kUpdateAgencies = R"(/* directory.updateAgencies */
  UPDATE agency a JOIN JSON_TABLE(?, '$[*]' COLUMNS (
      id BIGINT PATH '$[0]', code_qd20 VARCHAR(35) PATH '$[1]', code_qcvn CHAR(13) PATH '$[2]',
      parent_id BIGINT PATH '$[3]', level INT PATH '$[4]', kind INT PATH '$[5]',
      name VARCHAR(300) PATH '$[6]', short_name VARCHAR(50) PATH '$[7]',
      notation VARCHAR(30) PATH '$[8]', search_text VARCHAR(450) PATH '$[9]',
      address VARCHAR(300) PATH '$[10]', phone VARCHAR(50) PATH '$[11]',
      mail VARCHAR(200) PATH '$[12]', website VARCHAR(200) PATH '$[13]', hosted INT PATH '$[14]',
      valid_from DATE PATH '$[15]', valid_to DATE PATH '$[16]',
      successor_id BIGINT PATH '$[17]')) j ON j.id = a.id
  SET a.code_qd20 = j.code_qd20, a.code_qcvn = j.code_qcvn, a.parent_id = j.parent_id,
      a.level = j.level, a.kind = j.kind, a.name = j.name, a.short_name = j.short_name,
      a.notation = j.notation, a.search_text = j.search_text, a.address = j.address,
      a.phone = j.phone, a.mail = j.mail, a.website = j.website, a.hosted = j.hosted,
      a.valid_from = j.valid_from, a.valid_to = j.valid_to, a.successor_id = j.successor_id)";
constexpr std::string_view kForgetWords = R"(/* directory.forgetWords */
  DELETE w FROM agency_word w
  JOIN JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT PATH '$[0]')) j ON j.id = w.agency_id)";
constexpr std::string_view kInsertWords =
    "/* directory.insertWords */ INSERT INTO agency_word (word, agency_id) VALUES";
constexpr std::string_view kInsertUnits = R"(/* directory.insertUnits */
  INSERT INTO unit (id, agency_id, parent_id, code, name, short_name, notation, search_text,
                    valid_from, valid_to, successor_id) VALUES)";
constexpr std::string_view kUpdateUnits = R"(/* directory.updateUnits */
  UPDATE unit u JOIN JSON_TABLE(?, '$[*]' COLUMNS (
      id BIGINT PATH '$[0]', agency_id BIGINT PATH '$[1]', parent_id BIGINT PATH '$[2]',
      code VARCHAR(64) PATH '$[3]', name VARCHAR(300) PATH '$[4]',
      short_name VARCHAR(50) PATH '$[5]', notation VARCHAR(30) PATH '$[6]',
      search_text VARCHAR(450) PATH '$[7]', valid_from DATE PATH '$[8]',
      valid_to DATE PATH '$[9]', successor_id BIGINT PATH '$[10]')) j ON j.id = u.id
  SET u.agency_id = j.agency_id, u.parent_id = j.parent_id, u.code = j.code, u.name = j.name,
      u.short_name = j.short_name, u.notation = j.notation, u.search_text = j.search_text,
      u.valid_from = j.valid_from, u.valid_to = j.valid_to, u.successor_id = j.successor_id)";
constexpr std::string_view kEndWithAgency = R"(/* directory.endPostsWithAgency */
  UPDATE post p JOIN agency a ON a.id = p.agency_id SET p.valid_to = a.valid_to
  WHERE a.valid_to < p.valid_to)";
constexpr std::string_view kEndWithUnit = R"(/* directory.endPostsWithUnit */
  UPDATE post p JOIN unit u ON u.id = p.unit_id SET p.valid_to = u.valid_to
  WHERE u.valid_to < p.valid_to)";

Param orNull(const std::string& text) { return text.empty() ? Param(nullptr) : Param(text); }

std::string searchTextOf(const Agency& agency) {
  return searchText({agency.name, agency.shortName, agency.codeQd20, agency.codeQcvn});
}

Params paramsOf(const Agency& agency) {
  return {agency.id,
          agency.codeQd20,
          orNull(agency.codeQcvn),
          agency.parent,
          agency.level,
          agency.kind,
          agency.name,
          agency.shortName,
          agency.notation,
          searchTextOf(agency),
          agency.address,
          agency.phone,
          agency.mail,
          agency.website,
          agency.hosted,
          storedFrom(agency.validity),
          storedTo(agency.validity),
          agency.successor};
}

Params paramsOf(const Unit& unit) {
  return {unit.id,
          unit.agency,
          unit.parent,
          unit.code,
          unit.name,
          unit.shortName,
          unit.notation,
          searchText({unit.name, unit.shortName, unit.notation, unit.code}),
          storedFrom(unit.validity),
          storedTo(unit.validity),
          unit.successor};
}

using Word = std::pair<std::string, AgencyId>;
Params paramsOf(const Word& word) { return {word.first, word.second}; }

json jsonOf(const Params& params) {
  auto row = json::array();
  for (const Param& param : params) {
    std::visit([&](const auto& value) { row.push_back(value); }, param.value());
  }
  return row;
}

// Calls `work(first, last)` for each run of at most kRowsAtOnce.
template <class T, class Work>
void inRuns(const std::vector<T>& all, Work work) {
  for (std::size_t at = 0; at < all.size(); at += kRowsAtOnce) {
    const auto end = std::min(at + kRowsAtOnce, all.size());
    work(all.begin() + static_cast<std::ptrdiff_t>(at),
         all.begin() + static_cast<std::ptrdiff_t>(end));
  }
}

template <class T>
void insertAll(Session& session, std::string_view sql, const std::vector<T>& all) {
  inRuns(all, [&](auto first, auto last) {
    std::vector<Params> rows;
    for (; first != last; ++first) rows.push_back(paramsOf(*first));
    session.insertMany(sql, rows);
  });
}

template <class T>
void updateAll(Session& session, std::string_view sql, const std::vector<T>& all) {
  inRuns(all, [&](auto first, auto last) {
    auto rows = json::array();
    for (; first != last; ++first) rows.push_back(jsonOf(paramsOf(*first)));
    session.execute(sql, {rows.dump()});
  });
}

// In the order of the primary key: the pages of the table are written one after the other.
void insertWords(Session& session, const std::vector<Agency>& agencies) {
  std::vector<Word> words;
  for (const Agency& agency : agencies) {
    for (auto& word : indexedWords(searchTextOf(agency))) {
      words.emplace_back(std::move(word), agency.id);
    }
  }
  std::sort(words.begin(), words.end());
  insertAll(session, kInsertWords, words);
}

}  // namespace

void lockDirectory(Session& session, base::Instant now) { session.execute(kLock, {now}); }

void insertAgencies(Session& session, const std::vector<Agency>& agencies) {
  insertAll(session, kInsertAgencies, agencies);
  insertWords(session, agencies);
}

void updateAgencies(Session& session, const std::vector<Agency>& agencies) {
  updateAll(session, kUpdateAgencies, agencies);
  updateAll(session, kForgetWords, agencies);
  insertWords(session, agencies);
}

void insertUnits(Session& session, const std::vector<Unit>& units) {
  insertAll(session, kInsertUnits, units);
}

void updateUnits(Session& session, const std::vector<Unit>& units) {
  updateAll(session, kUpdateUnits, units);
}

void endPostsWithTheirPlace(Session& session) {
  session.execute(kEndWithAgency);
  session.execute(kEndWithUnit);
}

}  // namespace eoffice::directory
