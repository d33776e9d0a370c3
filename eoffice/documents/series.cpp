#include "eoffice/documents/series.h"

#include <algorithm>
#include <map>
#include <set>

#include "base/text.h"
#include "eoffice/documents/field_rules.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Row;
using base::db::Session;

constexpr std::size_t kMostSeries = 60;
constexpr std::size_t kLongestCode = 20;

constexpr const char* kInForce = R"(/* documents.schemeInForce */
SELECT id, effective_from, decided_by, decision, decided_on FROM number_scheme
WHERE agency_id = ? AND direction = ? AND effective_from <= ?
ORDER BY effective_from DESC, id DESC LIMIT 1)";

constexpr const char* kLater = R"(/* documents.schemesAfter */
SELECT id, effective_from, decided_by, decision, decided_on FROM number_scheme
WHERE agency_id = ? AND direction = ? AND effective_from > ?
ORDER BY effective_from, id LIMIT 20)";

constexpr const char* kSeries = R"(/* documents.seriesOfScheme */
SELECT s.code, s.name, s.nature, t.type_name
FROM number_series s LEFT JOIN number_series_type t ON t.series_id = s.id
WHERE s.scheme_id = ? ORDER BY s.position, t.type_name)";

constexpr const char* kInsertScheme = R"(/* documents.insertScheme */
INSERT INTO number_scheme (agency_id, direction, effective_from, decided_by, decision, decided_on,
  created_at, created_by_post)
VALUES (?, ?, ?, ?, ?, ?, ?, ?))";

constexpr const char* kInsertSeries = R"(/* documents.insertSeries */
INSERT INTO number_series (scheme_id, position, code, name, nature) VALUES)";

constexpr const char* kInsertTypes = R"(/* documents.insertSeriesType */
INSERT INTO number_series_type (series_id, type_name) VALUES)";

constexpr const char* kSeriesIds = R"(/* documents.seriesIds */
SELECT code, id FROM number_series WHERE scheme_id = ?)";

// texts: data begin
Series commonOf(Direction direction) {
  return {.code = kCommonSeries, .name = commonName(direction)};
}

Series copies() {
  return {.code = "copies",
          .name = "Bản sao",
          .nature = Nature::Copy,
          .types = {kCopyTypes.begin(), kCopyTypes.end()}};
}
// texts: data end

std::string codeOf(std::string_view name) {
  std::string code;
  for (const char c : base::fold(name)) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (plain) {
      code += c;
    } else if (!code.empty() && code.back() != '-') {
      code += '-';
    }
    if (code.size() == kLongestCode) break;
  }
  while (!code.empty() && code.back() == '-') code.pop_back();
  return code;
}

bool names(const Series& series, std::string_view type) {
  const auto wanted = base::fold(type);
  return std::any_of(series.types.begin(), series.types.end(),
                     [&](const std::string& one) { return base::fold(one) == wanted; });
}

bool named(const Scheme& scheme, std::string_view type) {
  return std::any_of(scheme.series.begin(), scheme.series.end(),
                     [&](const Series& series) { return names(series, type); });
}

// What every scheme has, whatever was decided.
void complete(Scheme& scheme, Direction direction, const DocumentTypes& types) {
  if (scheme.find(kCommonSeries) == nullptr) {
    scheme.series.insert(scheme.series.begin(), commonOf(direction));
  }
  if (direction == Direction::Incoming) return;
  for (const auto& type : types.all()) {
    if (!type.legal || named(scheme, type.name)) continue;
    // R-102: each type of legal documents has its own series.
    scheme.series.push_back({.code = ("legal-" + codeOf(type.code)).substr(0, kLongestCode),
                             .name = type.name,
                             .nature = Nature::Legal,
                             .types = {type.name}});
  }
  if (!named(scheme, kCopyTypes.front())) scheme.series.push_back(copies());  // R-103
}

Scheme readScheme(const Row& row) {
  return {.id = row.integer(0),
          .from = row.date(1),
          .decidedBy = row.text(2),
          .decision = row.text(3),
          .decidedOn = row.maybeDate(4),
          .series = {}};
}

void readSeries(Session& session, Scheme& scheme) {
  for (const auto& row : session.query(kSeries, {scheme.id})) {
    if (scheme.series.empty() || scheme.series.back().code != row.text(0)) {
      scheme.series.push_back(
          {.code = row.text(0), .name = row.text(1), .nature = row.code<Nature>(2), .types = {}});
    }
    if (!row.isNull(3)) scheme.series.back().types.push_back(row.text(3));
  }
}

bool isCopy(std::string_view type) {
  return std::find(kCopyTypes.begin(), kCopyTypes.end(), type) != kCopyTypes.end();
}

// The types of one series, as the list writes them.
void checkTypes(FieldCheck& check, Series& series, Direction direction, const DocumentTypes& types,
                std::set<std::string>& taken) {
  if (series.types.empty() && direction == Direction::Outgoing && series.code != kCommonSeries) {
    check.fault("series.no_types", "series", {{"name", series.name}});
  }
  for (auto& name : series.types) {
    const auto* type = types.find(name);
    const bool copy = direction == Direction::Outgoing && isCopy(name);
    const bool ours = type != nullptr &&
                      (direction == Direction::Incoming || (!type->incomingOnly && !type->legal));
    if (!copy && !ours) {
      check.fault("series.unknown_type", "series", {{"type", name}});
      continue;
    }
    if (!copy) name = type->name;
    series.nature = copy ? Nature::Copy : Nature::Administrative;
    if (!taken.insert(base::fold(name)).second) {
      check.fault("series.type_twice", "series", {{"type", name}});
    }
  }
}

}  // namespace

std::string commonName(Direction direction) {
  // texts: data
  return direction == Direction::Incoming ? "Sổ chung" : "Dãy chung";
}

std::string_view nameOf(Nature nature) {
  switch (nature) {
    case Nature::Administrative:
      return "administrative";
    case Nature::Legal:
      return "legal";
    case Nature::Copy:
      return "copy";
  }
  return "administrative";
}

const Series* Scheme::find(std::string_view code) const {
  const auto found = std::find_if(series.begin(), series.end(),
                                  [&](const Series& one) { return one.code == code; });
  return found == series.end() ? nullptr : &*found;
}

Scheme schemeOn(Session& session, const DocumentTypes& types, AgencyId agency, Direction direction,
                base::LocalDate day) {
  Scheme scheme;
  if (const auto row = session.find(kInForce, {agency, direction, day})) {
    scheme = readScheme(*row);
    readSeries(session, scheme);
  }
  complete(scheme, direction, types);
  return scheme;
}

std::vector<Scheme> schemesAfter(Session& session, const DocumentTypes& types, AgencyId agency,
                                 Direction direction, base::LocalDate day) {
  std::vector<Scheme> schemes;
  for (const auto& row : session.query(kLater, {agency, direction, day})) {
    schemes.push_back(readScheme(row));
  }
  for (auto& scheme : schemes) {  // Few: what the head has decided ahead.
    readSeries(session, scheme);
    complete(scheme, direction, types);
  }
  return schemes;
}

const Series& seriesFor(const Scheme& scheme, std::string_view typeName) {
  const auto found = std::find_if(scheme.series.begin(), scheme.series.end(),
                                  [&](const Series& one) { return names(one, typeName); });
  return found == scheme.series.end() ? *scheme.find(kCommonSeries) : *found;
}

std::int64_t insertScheme(Session& session, AgencyId agency, Direction direction,
                          const Scheme& scheme, PostId by, base::Instant now) {
  const auto id = session.insert(kInsertScheme, {agency, direction, scheme.from, scheme.decidedBy,
                                                 scheme.decision, scheme.decidedOn, now, by});
  std::vector<base::db::Params> rows;
  for (const auto& one : scheme.series) {
    rows.push_back({id, rows.size(), one.code, one.name, one.nature});
  }
  session.insertMany(kInsertSeries, rows);
  std::map<std::string, std::int64_t> ids;
  for (const auto& row : session.query(kSeriesIds, {id})) ids[row.text(0)] = row.integer(1);
  std::vector<base::db::Params> typeRows;
  for (const auto& one : scheme.series) {
    for (const auto& type : one.types) typeRows.push_back({ids.at(one.code), type});
  }
  if (!typeRows.empty()) session.insertMany(kInsertTypes, typeRows);
  return id;
}

base::Result<void> checkScheme(Scheme& scheme, Direction direction, const DocumentTypes& types,
                               base::LocalDate today) {
  FieldCheck check;
  check.required(scheme.decidedBy, "decided_by", 200);
  check.optional(scheme.decision, "decision", 100);
  if (!scheme.decidedOn) check.fault("field.missing", "decided_on");
  if (scheme.decidedOn && *scheme.decidedOn > today) {
    check.fault("field.date_in_future", "decided_on");
  }
  // R-104: what was numbered stays as it is.
  if (scheme.from < today) check.fault("series.retroactive", "effective_from");
  if (scheme.series.size() > kMostSeries) {
    check.fault("series.too_many", "series", {{"most", std::to_string(kMostSeries)}});
    return check.result();
  }
  if (scheme.find(kCommonSeries) == nullptr) {
    scheme.series.insert(scheme.series.begin(), commonOf(direction));
  }
  std::set<std::string> nameSet;
  std::set<std::string> codes;
  std::set<std::string> taken;
  for (auto& one : scheme.series) {
    check.required(one.name, "series", 100);
    if (!nameSet.insert(base::fold(one.name)).second && !one.name.empty()) {
      check.fault("series.name_twice", "series", {{"name", one.name}});
    }
    checkTypes(check, one, direction, types, taken);
    const auto wanted = one.code.empty() ? codeOf(one.name) : codeOf(one.code);
    one.code = wanted.empty() ? "s" : wanted;
    for (int next = 2; !codes.insert(one.code).second; ++next) {
      const auto tail = "-" + std::to_string(next);
      one.code = wanted.substr(0, kLongestCode - tail.size()) + tail;
    }
  }
  return check.result();
}

}  // namespace eoffice::documents
