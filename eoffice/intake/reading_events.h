// Told by the reader, in the transaction that stores it, that a blob's text is there: whoever keeps
// something that depends on texts (the search) enters it here.
#pragma once

#include <string>

#include "base/db/database.h"

namespace eoffice::intake {

class ReadingEvents {
 public:
  virtual ~ReadingEvents() = default;
  virtual void textIsThere(base::db::Session& session, const std::string& sha256) = 0;
};

}  // namespace eoffice::intake
