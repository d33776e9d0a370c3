// What search wants to know of a document, and the port through which it asks. Whoever keeps the
// documents implements it (eoffice/documents/search_content.h); search itself knows none of their
// tables. Codes are those of the documents' own enumerations: here they are only compared.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/time.h"
#include "eoffice/ids.h"

namespace eoffice::search {

struct ContentFile {
  std::string name;
  std::string text;  ///< Empty until somebody has read it out of the file.
};

/// Everything that a document is found by, and who may find it.
struct Content {
  DocumentId document;
  AgencyId agency;              ///< Those who read this whole agency may see it ...
  std::vector<PostId> readers;  ///< ... and these posts.
  int direction = 0;
  int state = 0;
  int urgency = 0;
  base::LocalDate day{};  ///< It arrived, was issued, or else was made on this local day.

  std::string number;         ///< `1234`
  std::string symbol;         ///< `1234/UBND-KGVX`
  std::string arrivalNumber;  ///< Empty for one that has none.
  std::string typeCode;
  std::string typeName;
  std::string subject;
  std::string description;
  std::string issuer;
  std::string signer;
  std::string receivers;
  std::vector<std::string> instructions;
  std::vector<std::string> notes;
  std::vector<ContentFile> files;
};

/// The documents, read in batches: never a query for each row.
class ContentSource {
 public:
  virtual ~ContentSource() = default;
  /// Those of the ids that exist, in any order.
  [[nodiscard]] virtual std::vector<Content> read(base::db::Session& session,
                                                  const std::vector<DocumentId>& ids) const = 0;
  /// The next ids below `below`, greatest first; from the greatest one when `below` is not valid.
  [[nodiscard]] virtual std::vector<DocumentId> idsBelow(base::db::Session& session,
                                                         DocumentId below,
                                                         std::size_t most) const = 0;
  /// About how many documents there are: for telling how far a rebuild has come.
  [[nodiscard]] virtual std::int64_t countAbout(base::db::Session& session) const = 0;
};

}  // namespace eoffice::search
