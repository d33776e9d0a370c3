// The kinds of things that the reminder floor names. People and documents are opaque here: an
// office's post, unit, agency, person and document are numbers that only the office can explain.
#pragma once

#include <cstdint>
#include <string>

#include "base/id.h"

namespace reminder {

using TaskId = base::Id<struct TaskTag>;
using HolderId = base::Id<struct HolderTag>;  ///< A post: who it is today is asked when it matters.
using GroupId = base::Id<struct GroupTag>;    ///< A unit. Not valid: a post at the agency's head.
using ScopeId = base::Id<struct ScopeTag>;    ///< An agency: tasks of two scopes never meet.
using ReaderId = base::Id<struct ReaderTag>;  ///< A person, who reads bell and mail.

/// A row of another floor: `{"document", 17}`. An empty kind means none.
struct SourceRef {
  std::string kind = {};  ///< snake_case, at most 32 characters.
  std::int64_t id = 0;

  [[nodiscard]] bool valid() const { return !kind.empty() && id > 0; }
  friend bool operator==(const SourceRef&, const SourceRef&) = default;
};

/// `[1,2,3]`: one parameter of a statement for any number of ids (JSON_TABLE reads it).
template <class Ids>
[[nodiscard]] std::string idList(const Ids& ids) {
  std::string list = "[";
  for (const auto& id : ids) {
    if (list.size() > 1) list += ',';
    list += std::to_string(id.value());
  }
  return list + "]";
}

}  // namespace reminder
