#include "exchange/hub/directory_store.h"

namespace exchange::hub::directory_store {

namespace {

constexpr const char* kFindSystem = R"(/* hub.findSystem */
SELECT system_id, secret, name, administrator FROM hub_system WHERE system_id = ?)";

constexpr const char* kFindAgency = R"(/* hub.findAgency */
SELECT code, system_id, closed FROM hub_agency WHERE code = ?
UNION ALL
SELECT code, system_id, closed FROM hub_agency WHERE code102 = ? AND code <> ?
LIMIT 1)";

constexpr const char* kAgencies = R"(/* hub.agencies */
SELECT a.agency_id, p.agency_id, a.code, a.code102, a.name, a.mail, a.system_id, a.closed,
       a.version, a.modified_at
FROM hub_agency a LEFT JOIN hub_agency p ON p.code = a.parent_code
ORDER BY a.agency_id)";

constexpr const char* kPutSystem = R"(/* hub.putSystem */
INSERT INTO hub_system (system_id, secret, name, administrator, created_at)
VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE secret = VALUES(secret), name = VALUES(name),
  administrator = VALUES(administrator))";

// The version moves only when something else did, so that incremental readers see changes alone.
constexpr const char* kPutAgency = R"(/* hub.putAgency */
INSERT INTO hub_agency (code, code102, parent_code, name, mail, system_id, closed, modified_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE
  version = IF(code102 <=> VALUES(code102) AND parent_code = VALUES(parent_code)
               AND name = VALUES(name) AND mail = VALUES(mail)
               AND system_id <=> VALUES(system_id) AND closed = VALUES(closed), version,
               version + 1),
  modified_at = IF(code102 <=> VALUES(code102) AND parent_code = VALUES(parent_code)
               AND name = VALUES(name) AND mail = VALUES(mail)
               AND system_id <=> VALUES(system_id) AND closed = VALUES(closed), modified_at,
               VALUES(modified_at)),
  code102 = VALUES(code102), parent_code = VALUES(parent_code), name = VALUES(name),
  mail = VALUES(mail), system_id = VALUES(system_id), closed = VALUES(closed))";

constexpr const char* kRegister = R"(/* hub.registerAgency */
INSERT INTO hub_agency (code, parent_code, name, mail, mobile, fax, system_id, modified_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE parent_code = VALUES(parent_code), name = VALUES(name),
  mail = VALUES(mail), mobile = VALUES(mobile), fax = VALUES(fax), closed = 0,
  version = version + 1, modified_at = VALUES(modified_at))";

constexpr const char* kClose = R"(/* hub.closeAgency */
UPDATE hub_agency SET closed = 1, version = version + 1, modified_at = ?
WHERE code = ? AND closed = 0)";

constexpr const char* kClaimRequest = R"(/* hub.claimAdminRequest */
INSERT IGNORE INTO hub_admin_request (system_id, mac, body_sha256, seen_at) VALUES (?, ?, ?, ?))";

constexpr const char* kClaimedBody = R"(/* hub.claimedBody */
SELECT body_sha256 FROM hub_admin_request WHERE system_id = ? AND mac = ?)";

std::optional<std::string> orNull(const std::string& text) {
  return text.empty() ? std::nullopt : std::optional(text);
}

}  // namespace

std::optional<HubSystem> findSystem(base::db::Session& session, const std::string& systemId) {
  const auto row = session.find(kFindSystem, {systemId});
  if (!row) {
    return std::nullopt;
  }
  return HubSystem{.systemId = row->text(0),
                   .secret = row->text(1),
                   .name = row->text(2),
                   .administrator = row->flag(3)};
}

std::optional<AgencyRoute> findAgency(base::db::Session& session, const std::string& code) {
  const auto row = session.find(kFindAgency, {code, code, code});
  if (!row) {
    return std::nullopt;
  }
  return AgencyRoute{.code = row->text(0), .systemId = row->maybeText(1), .closed = row->flag(2)};
}

void streamAgencies(base::db::Session& session,
                    const std::function<void(const AgencyRow&)>& visit) {
  session.stream(kAgencies, {}, [&](const base::db::Row& row) {
    visit(AgencyRow{.id = row.integer(0),
                    .parentId = row.maybeInteger(1),
                    .code = row.text(2),
                    .code102 = row.textOr(3),
                    .name = row.text(4),
                    .mail = row.text(5),
                    .systemId = row.textOr(6),
                    .closed = row.flag(7),
                    .version = row.integer(8),
                    .modifiedAt = row.instant(9)});
    return true;
  });
}

void putSystem(base::db::Session& session, const HubSystem& system, base::Instant now) {
  session.execute(kPutSystem,
                  {system.systemId, system.secret, system.name, system.administrator ? 1 : 0, now});
}

void putAgency(base::db::Session& session, const HubAgency& agency, base::Instant now) {
  session.execute(kPutAgency, {agency.code, orNull(agency.code102), agency.parent, agency.name,
                               agency.mail, orNull(agency.systemId), agency.closed ? 1 : 0, now});
}

void registerAgency(base::db::Session& session, const NewAgency& agency,
                    const std::string& systemId, base::Instant now) {
  session.execute(kRegister, {agency.code, agency.parent, agency.name, agency.mail, agency.mobile,
                              agency.fax, systemId, now});
}

void closeAgency(base::db::Session& session, const std::string& code, base::Instant now) {
  session.execute(kClose, {now, code});
}

bool claimAdminRequest(base::db::Session& session, const std::string& systemId,
                       const std::string& mac, const std::string& bodySha256, base::Instant now) {
  session.execute(kClaimRequest, {systemId, mac, bodySha256, now});
  return session.get(kClaimedBody, {systemId, mac}).text(0) == bodySha256;
}

}  // namespace exchange::hub::directory_store
