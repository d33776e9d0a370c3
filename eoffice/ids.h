// The kinds of rows of the office that more than one folder names.
#pragma once

#include "base/id.h"

namespace eoffice {

using PersonId = base::Id<struct PersonTag>;
using PostId = base::Id<struct PostTag>;
using UnitId = base::Id<struct UnitTag>;
using AgencyId = base::Id<struct AgencyTag>;
using DocumentId = base::Id<struct DocumentTag>;

}  // namespace eoffice
