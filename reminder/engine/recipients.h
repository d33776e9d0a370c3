// Who is to be told of the rungs that go out now. Everybody is resolved at that moment: who left is
// not told, who is absent is stood in for. For this folder alone.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/db/database.h"
#include "reminder/engine/engine_rows.h"
#include "reminder/engine/ports.h"
#include "reminder/rules/ladder.h"

namespace reminder {

/// A rung of a task whose time has come.
struct Firing {
  Task task;
  const Rung* rung;
};

struct Addressee {
  Reader reader;
  HolderId holder;
  RecipientRole role;
};

struct Addressed {
  std::vector<Addressee> to;             ///< Each reader once, in the order of the rung's roles.
  std::vector<rows::SilenceRow> silent;  ///< `day` is left to the caller.
  std::string leadName;                  ///< Of who does the task; empty for nobody.
};

/// One answer for each firing, in order. R-76: where nobody holds the lead's post, the head of its
/// unit is told in their place. R-77: one person is told once, whatever roles they have.
[[nodiscard]] std::vector<Addressed> addresseesOf(base::db::Session& session, PeopleBook& people,
                                                  const std::vector<Firing>& firings,
                                                  base::Instant now);

}  // namespace reminder
