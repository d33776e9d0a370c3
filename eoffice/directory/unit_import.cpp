#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "eoffice/audit/audit_log.h"
#include "eoffice/directory/account_rows.h"
#include "eoffice/directory/bulk.h"
#include "eoffice/directory/import.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/directory/reorganisation.h"
#include "eoffice/directory/snapshot.h"
#include "eoffice/directory/unit_file.h"

namespace eoffice::directory {
namespace {

using base::db::Session;

constexpr std::size_t kMostSteps = 50;  // Of a chain of parents or successors.

// One import: the file laid over the directory as it is.
class UnitImport {
 public:
  UnitImport(const UnitFile& file, Snapshot& directory, ImportFaults& faults)
      : file_(file), directory_(directory), faults_(faults) {}

  void run() {
    indexRows();
    for (const UnitFileRow& row : file_.rows) {
      if (row.isUnit || rowOf(row.code) != &row) continue;
      mergeAgency(row);
    }
    for (const auto& agency : agencies_) checkSuccessors(agency);
    for (const UnitFileRow& row : file_.rows) {
      if (row.isUnit && rowOf(row.code) == &row) mergeUnit(row);
    }
    for (const auto& unit : units_) checkSuccessors(unit);
  }

  ImportCounts apply(Session& session) const {
    insertAgencies(session, createdAgencies_);
    updateAgencies(session, changedAgencies_);
    insertUnits(session, createdUnits_);
    updateUnits(session, changedUnits_);
    ImportCounts counts;
    counts.created = createdAgencies_.size() + createdUnits_.size();
    counts.changed = changedAgencies_.size() + changedUnits_.size();
    counts.unchanged = file_.rows.size() - counts.created - counts.changed;
    if (counts.created + counts.changed > 0) {
      rebuildPredecessors(session);
      endPostsWithTheirPlace(session);
    }
    return counts;
  }

 private:
  const UnitFileRow* rowOf(std::string_view code) const {
    const auto found = rows_.find(codeKey(code));
    return found == rows_.end() ? nullptr : found->second;
  }

  void fault(const UnitFileRow& row, std::string code, std::string column,
             ImportFaults::Facts facts = {}) {
    faults_.add(std::move(code), row.line, std::move(column), std::move(facts));
  }

  // Finds doubles, and gives new rows their ids: every reference can be resolved after this.
  void indexRows() {
    for (const UnitFileRow& row : file_.rows) {
      if (row.code.empty()) continue;
      const auto key = codeKey(row.code);
      const auto [first, fresh] = rows_.emplace(key, &row);
      if (!fresh) {
        fault(row, "import.code_twice", "code",
              {{"code", row.code}, {"first", std::to_string(first->second->line)}});
        continue;
      }
      const bool clash =
          row.isUnit ? directory_.agencies.contains(key) : directory_.units.contains(key);
      if (clash) fault(row, "import.kind_changes", "kind", {{"code", row.code}});
      if (row.isUnit) {
        if (!directory_.units.contains(key)) newUnits_[key] = UnitId(++directory_.lastUnit);
      } else if (!directory_.agencies.contains(key)) {
        newAgencies_[key] = AgencyId(++directory_.lastAgency);
      }
    }
  }

  AgencyId agencyOf(std::string_view code) const {
    const auto key = codeKey(code);
    if (const auto fresh = newAgencies_.find(key); fresh != newAgencies_.end()) {
      return fresh->second;
    }
    const auto known = directory_.agencies.find(key);
    return known == directory_.agencies.end() ? AgencyId() : known->second.id;
  }

  UnitId unitOf(std::string_view code) const {
    const auto key = codeKey(code);
    if (const auto fresh = newUnits_.find(key); fresh != newUnits_.end()) return fresh->second;
    const auto known = directory_.units.find(key);
    return known == directory_.units.end() ? UnitId() : known->second.id;
  }

  int levelOf(std::string_view code) const {
    if (const auto* row = rowOf(code)) return row->values.level;
    const auto known = directory_.agencies.find(codeKey(code));
    return known == directory_.agencies.end() ? 0 : known->second.level;
  }

  void mergeAgency(const UnitFileRow& row) {
    const auto key = codeKey(row.code);
    const auto known = directory_.inFile.find(key);
    const bool exists = known != directory_.inFile.end();
    Agency next = exists ? known->second : row.values;
    overlay(next, row);
    next.id = agencyOf(row.code);
    checkValidity(row, next.validity, next.successor.valid());
    checkQcvn(row, next);
    if (!exists) {
      createdAgencies_.push_back(next);
    } else if (!(next == known->second)) {
      changedAgencies_.push_back(next);
    }
    successors_[next.id.value()] = next.successor.value();
    agencies_.emplace_back(&row, next.id);
  }

  void overlay(Agency& next, const UnitFileRow& row) {
    const Agency& said = row.values;
    next.codeQd20 = said.codeQd20;
    next.level = said.level;
    next.kind = said.kind;
    next.name = said.name;
    next.shortName = said.shortName;
    next.parent = parentAgency(row);
    if (file_.hasQcvn) next.codeQcvn = said.codeQcvn;
    if (file_.hasNotation) next.notation = said.notation;
    if (file_.hasHosted) next.hosted = said.hosted;
    if (file_.hasFrom) next.validity.from = said.validity.from;
    if (file_.hasTo) next.validity.to = said.validity.to;
    if (file_.hasAddress) next.address = said.address;
    if (file_.hasPhone) next.phone = said.phone;
    if (file_.hasMail) next.mail = said.mail;
    if (file_.hasWebsite) next.website = said.website;
    if (file_.hasSuccessor) {
      next.successor = row.successor.empty() ? AgencyId() : agencyOf(row.successor);
      if (!row.successor.empty() && !next.successor.valid()) {
        fault(row, "import.successor_unknown", "successor", {{"code", row.successor}});
      }
    }
  }

  AgencyId parentAgency(const UnitFileRow& row) {
    if (row.parent.empty()) return {};
    const auto parent = agencyOf(row.parent);
    if (!parent.valid()) {
      fault(row, "import.parent_unknown", "parent", {{"code", row.parent}});
    } else if (levelOf(row.parent) >= row.values.level) {
      // Levels grow downwards: no agency can be above itself.
      fault(row, "import.level_not_below_parent", "level", {{"code", row.parent}});
    }
    return parent;
  }

  void checkValidity(const UnitFileRow& row, const Validity& validity, bool hasSuccessor) {
    if (validity.from && validity.to && *validity.to < *validity.from) {
      fault(row, "import.ends_before_it_begins", "valid_to");
    }
    if (hasSuccessor && !validity.to) fault(row, "import.successor_without_end", "successor");
  }

  void checkQcvn(const UnitFileRow& row, const Agency& next) {
    if (next.codeQcvn.empty()) return;
    const auto [owner, fresh] = directory_.byQcvn.emplace(codeKey(next.codeQcvn), next.id);
    if (!fresh && owner->second != next.id) {
      fault(row, "import.code_qcvn_taken", "code_qcvn", {{"code", next.codeQcvn}});
    }
  }

  void checkSuccessors(const std::pair<const UnitFileRow*, AgencyId>& agency) {
    checkLoop(*agency.first, agency.second.value(), successors_, directory_.successors);
  }
  void checkSuccessors(const std::pair<const UnitFileRow*, UnitId>& unit) {
    checkLoop(*unit.first, unit.second.value(), unitSuccessors_, directory_.unitSuccessors);
  }

  using Links = std::unordered_map<std::int64_t, std::int64_t>;
  void checkLoop(const UnitFileRow& row, std::int64_t start, const Links& said,
                 const Links& known) {
    std::int64_t at = start;
    for (std::size_t step = 0; step < kMostSteps; ++step) {
      const auto next = said.find(at);
      const auto old = known.find(at);
      at = next != said.end() ? next->second : old != known.end() ? old->second : 0;
      if (at == 0) return;
      if (at == start) break;
    }
    fault(row, "import.successor_loop", "successor", {{"code", row.code}});
  }

  void mergeUnit(const UnitFileRow& row) {
    const auto known = directory_.units.find(codeKey(row.code));
    const bool exists = known != directory_.units.end();
    Unit next = exists ? known->second : Unit{};
    next.id = unitOf(row.code);
    next.code = row.code;
    next.name = row.values.name;
    next.shortName = row.values.shortName;
    next.parent = unitOf(row.parent);
    next.agency = agencyAbove(row);
    if (!exists || file_.hasNotation) next.notation = row.values.notation;
    if (file_.hasFrom) next.validity.from = row.values.validity.from;
    if (file_.hasTo) next.validity.to = row.values.validity.to;
    if (file_.hasSuccessor) next.successor = successorUnit(row);
    checkValidity(row, next.validity, next.successor.valid());
    if (exists && next.agency.valid() && next.agency != known->second.agency) {
      fault(row, "import.unit_changes_agency", "parent", {{"code", row.code}});
    }
    if (!exists) {
      createdUnits_.push_back(next);
    } else if (!(next == known->second)) {
      changedUnits_.push_back(next);
    }
    unitSuccessors_[next.id.value()] = next.successor.value();
    units_.emplace_back(&row, next.id);
  }

  UnitId successorUnit(const UnitFileRow& row) {
    if (row.successor.empty()) return {};
    const auto successor = unitOf(row.successor);
    if (!successor.valid()) {
      fault(row, "import.successor_unknown", "successor", {{"code", row.successor}});
    }
    return successor;
  }

  // The agency at the end of the unit's line of parents.
  AgencyId agencyAbove(const UnitFileRow& row) {
    std::string_view parent = row.parent;
    for (std::size_t step = 0; step < kMostSteps && !parent.empty(); ++step) {
      if (const auto agency = agencyOf(parent); agency.valid()) return agency;
      if (const auto* above = rowOf(parent)) {
        parent = above->parent;
      } else if (const auto known = directory_.units.find(codeKey(parent));
                 known != directory_.units.end()) {
        return known->second.agency;
      } else {
        fault(row, "import.parent_unknown", "parent", {{"code", std::string(parent)}});
        return {};
      }
    }
    if (!row.parent.empty()) fault(row, "import.parent_loop", "parent", {{"code", row.code}});
    return {};
  }

  const UnitFile& file_;
  Snapshot& directory_;
  ImportFaults& faults_;
  std::unordered_map<std::string, const UnitFileRow*> rows_;
  std::unordered_map<std::string, AgencyId> newAgencies_;
  std::unordered_map<std::string, UnitId> newUnits_;
  std::vector<std::pair<const UnitFileRow*, AgencyId>> agencies_;
  std::vector<std::pair<const UnitFileRow*, UnitId>> units_;
  Links successors_;
  Links unitSuccessors_;
  std::vector<Agency> createdAgencies_, changedAgencies_;
  std::vector<Unit> createdUnits_, changedUnits_;
};

std::unordered_set<std::string> codesOf(const UnitFile& file) {
  std::unordered_set<std::string> codes;
  for (const UnitFileRow& row : file.rows) codes.insert(codeKey(row.code));
  return codes;
}

void auditImport(Session& session, const base::Clock& clock, const Actor& actor,
                 const ImportCounts& counts) {
  auto entry = actorEntry("directory.units_imported", actor);
  entry.objectKind = "directory";
  entry.detail.emplace_back("created", std::to_string(counts.created));
  entry.detail.emplace_back("changed", std::to_string(counts.changed));
  audit::write(session, clock, entry);
}

}  // namespace

base::Result<ImportCounts> importUnits(base::db::Database& database, const base::Clock& clock,
                                       const Actor& actor, std::string_view csv) {
  if (!actor.operatorAtConsole()) {
    if (auto allowed = require(actor.caller, Capability::ManageAgencies); !allowed) {
      return tl::unexpected(std::move(allowed.error()));
    }
  }
  ImportFaults formFaults;
  const UnitFile file = readUnitFile(csv, formFaults);
  if (!file.whole) return std::move(formFaults).refuse();
  const auto codes = codesOf(file);
  return database.transact([&](Session& session) -> base::Result<ImportCounts> {
    lockDirectory(session, clock.now());
    auto directory = readSnapshot(session, codes);
    ImportFaults faults = formFaults;
    UnitImport import(file, directory, faults);
    import.run();
    if (faults.any()) return std::move(faults).refuse();
    const auto counts = import.apply(session);
    if (counts.created + counts.changed > 0) auditImport(session, clock, actor, counts);
    return counts;
  });
}

}  // namespace eoffice::directory
