// What a person may do: by post and role (capabilities, pure) and by part in a document (a
// condition inside the query, so that no list reads a row and then asks). Administrators have no
// capability that reads contents. Knows the tables document, document_part and
// agency_predecessor by name, and nothing of documents otherwise.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/db/value.h"
#include "base/result.h"
#include "eoffice/directory/caller.h"

namespace eoffice::directory {

/// A kind of act. Not stored.
enum class Capability : std::uint8_t {
  RegisterIncoming,   ///< Take in, number in the book, return to sender.
  SubmitIncoming,     ///< Submit a registered document to a leader.
  Direct,             ///< Write an instruction, name lead and supports, set deadlines.
  Draft,              ///< Answer, draft, report on a task.
  Approve,            ///< Approve or return what was sent up.
  Sign,               ///< With one's own key, for the agency.
  GiveNumber,         ///< Number and date a signed document.
  Seal,               ///< With the agency's key.
  Issue,              ///< Send out.
  FollowTasks,        ///< See all tasks of the agency, extend, confirm completion.
  ReadAgency,         ///< Read every document of the agency and of those that it took over.
  KeepRecords,        ///< Case files, archive.
  ManagePeople,       ///< People, posts, units and accounts of the own agency.
  ManageAgencies,     ///< The whole directory.
  ManageDelegations,  ///< For others of the own agency.
  ManageBooks,        ///< How books and series are divided; close one.
};

[[nodiscard]] bool may(Role role, Capability capability);
[[nodiscard]] inline bool may(const Caller& caller, Capability capability) {
  return may(caller.role, capability);
}
/// `permission.denied` unless may().
[[nodiscard]] base::Result<void> require(const Caller& caller, Capability capability);

/// A condition on `document d` for a WHERE clause: the caller's post has a part in it, or the
/// caller's role reads the whole agency that it belongs to (or that agency's predecessors). Takes
/// the values of documentVisibleParams() at its place. Build statements of it once:
///   const std::string kList = std::string("/* document.list */ SELECT … WHERE ") +
///                             std::string(kDocumentVisible) + " AND d.state = ?";
inline constexpr std::string_view kDocumentVisible =
    "(EXISTS (SELECT 1 FROM document_part part_seen WHERE part_seen.post_id = ?"
    " AND part_seen.document_id = d.id)"
    " OR d.agency_id = ?"
    " OR d.agency_id IN (SELECT predecessor_id FROM agency_predecessor WHERE agency_id = ?))";
[[nodiscard]] base::db::Params documentVisibleParams(const Caller& caller);

/// Appends `more` to `params`.
void append(base::db::Params& params, base::db::Params more);

}  // namespace eoffice::directory
