#include "eoffice/documents/saved_views.h"

#include "base/text.h"
#include "eoffice/audit/audit_log.h"
#include "eoffice/documents/view.h"

namespace eoffice::documents {
namespace {

using base::RefusalKind;
using base::db::Row;
using base::db::Session;

constexpr std::size_t kLongestName = 100;
constexpr std::size_t kLongestQuery = 1500;

constexpr const char* kOfReader = R"(/* views.ofReader */
SELECT v.id, v.name, v.query, v.shared, v.person_id, p.name, v.version
FROM saved_view v JOIN person p ON p.id = v.person_id
WHERE v.person_id = ? AND v.agency_id = ?
UNION ALL
SELECT v.id, v.name, v.query, v.shared, v.person_id, p.name, v.version
FROM saved_view v JOIN person p ON p.id = v.person_id
WHERE v.agency_id = ? AND v.unit_key = ? AND v.shared = 1 AND v.person_id <> ?
ORDER BY 5 = ? DESC, 2)";

// The person's row is the lock: two windows that save at once do not pass the limit.
constexpr const char* kLockOwner = R"(/* views.lockOwner */
SELECT id FROM person WHERE id = ? FOR UPDATE)";

constexpr const char* kOwn = R"(/* views.own */
SELECT id, name, query, shared, version FROM saved_view
WHERE person_id = ? AND agency_id = ?)";

constexpr const char* kInsert = R"(/* views.insert */
INSERT INTO saved_view (person_id, agency_id, unit_key, shared, name, query, created_at, updated_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?))";

constexpr const char* kUpdate = R"(/* views.update */
UPDATE saved_view SET name = ?, query = ?, shared = ?, unit_key = ?, version = version + 1,
  updated_at = ? WHERE id = ?)";

constexpr const char* kDelete = R"(/* views.delete */
DELETE FROM saved_view WHERE id = ?)";

void record(Session& session, const base::Clock& clock, const Caller& caller, const char* act,
            const SavedView& view) {
  audit::write(session, clock,
               {.act = act,
                .person = caller.person,
                .post = caller.post,
                .agency = caller.agency,
                .objectKind = "view",
                .objectId = view.id,
                .detail = {{"name", view.name},
                           {"query", view.query},
                           {"shared", view.shared ? "yes" : "no"}},
                .requestId = caller.requestId,
                .address = caller.address});
}

// What the input means; refused with every fault at once.
base::Result<ViewInput> checked(const ViewInput& input) {
  ViewInput good{.name = base::squeezed(input.name), .shared = input.shared};
  std::vector<base::Refusal> faults;
  if (good.name.empty()) faults.push_back({RefusalKind::Invalid, "field.missing", "name"});
  if (base::firstCharacters(good.name, kLongestName) != good.name) {
    faults.push_back(
        {RefusalKind::Invalid, "field.too_long", "name", {{"most", std::to_string(kLongestName)}}});
  }
  std::vector<std::string> wrong;
  good.query = queryOf(viewFromQuery(input.query, &wrong));
  if (!wrong.empty() || good.query.size() > kLongestQuery) {
    std::string fields;
    for (const auto& name : wrong) fields += (fields.empty() ? "" : ", ") + name;
    faults.push_back({RefusalKind::Invalid, "view.bad_query", "query", {{"fields", fields}}});
  }
  if (!faults.empty()) return base::refuseAll(std::move(faults));
  return good;
}

// The caller's own views, theirs alone until the transaction ends.
std::vector<SavedView> lockOwn(Session& session, const Caller& caller) {
  (void)session.find(kLockOwner, {caller.person});
  std::vector<SavedView> views;
  for (const auto& row : session.query(kOwn, {caller.person, caller.agency})) {
    views.push_back({.id = row.integer(0),
                     .name = row.text(1),
                     .query = row.text(2),
                     .shared = row.flag(3),
                     .ownerName = caller.name,
                     .version = static_cast<int>(row.integer(4))});
  }
  return views;
}

bool isTaken(const std::vector<SavedView>& views, const std::string& name, std::int64_t except) {
  for (const auto& view : views) {
    if (view.id != except && base::fold(view.name) == base::fold(name)) return true;
  }
  return false;
}

const SavedView* findIn(const std::vector<SavedView>& views, std::int64_t id) {
  for (const auto& view : views) {
    if (view.id == id) return &view;
  }
  return nullptr;
}

tl::unexpected<base::Refusal> unknownView() {
  return base::refuse(RefusalKind::NotFound, "view.unknown");
}

}  // namespace

std::vector<SavedView> savedViews(Session& session, const Caller& caller) {
  std::vector<SavedView> views;
  for (const auto& row :
       session.query(kOfReader, {caller.person, caller.agency, caller.agency, caller.unit.value(),
                                 caller.person, caller.person})) {
    views.push_back({.id = row.integer(0),
                     .name = row.text(1),
                     .query = row.text(2),
                     .shared = row.flag(3),
                     .own = row.id<PersonId>(4) == caller.person,
                     .ownerName = row.text(5),
                     .version = static_cast<int>(row.integer(6))});
  }
  return views;
}

base::Result<SavedView> saveView(Session& session, const base::Clock& clock, const Caller& caller,
                                 const ViewInput& input) {
  const auto good = checked(input);
  if (!good) return tl::unexpected(good.error());
  const auto own = lockOwn(session, caller);
  if (own.size() >= kMostViews) {
    return base::refuse(RefusalKind::Conflict, "view.too_many", "",
                        {{"most", std::to_string(kMostViews)}});
  }
  if (isTaken(own, good->name, 0)) {
    return base::refuse(RefusalKind::Conflict, "view.name_taken", "name");
  }
  SavedView view{.name = good->name, .query = good->query, .shared = good->shared};
  view.ownerName = caller.name;
  const auto now = clock.now();
  view.id = session.insert(kInsert, {caller.person, caller.agency, caller.unit.value(), view.shared,
                                     view.name, view.query, now, now});
  record(session, clock, caller, "view.saved", view);
  return view;
}

base::Result<SavedView> changeView(Session& session, const base::Clock& clock, const Caller& caller,
                                   std::int64_t id, int version, const ViewInput& input) {
  const auto own = lockOwn(session, caller);
  const auto* stands = findIn(own, id);
  if (stands == nullptr) return unknownView();
  if (version != 0 && version != stands->version) {
    return base::refuse(RefusalKind::Conflict, "view.changed_meanwhile");
  }
  const auto good = checked(input);
  if (!good) return tl::unexpected(good.error());
  if (isTaken(own, good->name, id)) {
    return base::refuse(RefusalKind::Conflict, "view.name_taken", "name");
  }
  auto view = *stands;
  view.name = good->name;
  view.query = good->query;
  view.shared = good->shared;
  ++view.version;
  session.execute(kUpdate,
                  {view.name, view.query, view.shared, caller.unit.value(), clock.now(), id});
  record(session, clock, caller, "view.changed", view);
  return view;
}

base::Result<void> removeView(Session& session, const base::Clock& clock, const Caller& caller,
                              std::int64_t id) {
  const auto own = lockOwn(session, caller);
  const auto* view = findIn(own, id);
  if (view == nullptr) return unknownView();
  session.execute(kDelete, {id});
  record(session, clock, caller, "view.removed", *view);
  return {};
}

}  // namespace eoffice::documents
