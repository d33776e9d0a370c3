// The documents as search reads them (eoffice/search/content.h), who of them a caller may find, and
// the words for their codes. The one place where search's rights are made from document_part and
// the caller's role: the same condition as directory::kDocumentVisible, which
// tests/integration/eoffice/search compares it with.
#pragma once

#include "base/texts.h"
#include "eoffice/directory/caller.h"
#include "eoffice/documents/reading.h"
#include "eoffice/search/content.h"
#include "eoffice/search/query.h"
#include "eoffice/search/searcher.h"

namespace eoffice::documents {

/// Of each document: its fields, notes, instructions, receivers, and the text of the files that
/// count (of several versions the newest).
class SearchContent : public search::ContentSource {
 public:
  [[nodiscard]] std::vector<search::Content> read(
      base::db::Session& session, const std::vector<DocumentId>& ids) const override;
  [[nodiscard]] std::vector<DocumentId> idsBelow(base::db::Session& session, DocumentId below,
                                                 std::size_t most) const override;
  [[nodiscard]] std::int64_t countAbout(base::db::Session& session) const override;
};

/// What the caller may find: their post's documents, and their whole agency's with those that it
/// took over, if their role reads it.
[[nodiscard]] search::Reader searchReader(base::db::Session& session, const Caller& caller);

/// The lines of what was found, in its order. What the caller may not see (any more) is left out,
/// whatever the index said.
[[nodiscard]] std::vector<ListRow> foundRows(base::db::Session& session, const Caller& caller,
                                             const std::vector<DocumentId>& ids);

/// Names of agencies, for the facet of that name.
[[nodiscard]] std::vector<std::pair<AgencyId, std::string>> agencyNames(
    base::db::Session& session, const std::vector<AgencyId>& ids);

/// `hoatoc`, `daxong`, `express` …: the names of both languages and those of the API, folded and
/// without spaces.
[[nodiscard]] search::Vocabulary searchVocabulary(const base::Texts& texts);

}  // namespace eoffice::documents
