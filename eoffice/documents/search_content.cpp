#include "eoffice/documents/search_content.h"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include "base/db/in_list.h"
#include "base/text.h"
#include "eoffice/directory/permissions.h"
#include "eoffice/documents/list_rows.h"

namespace eoffice::documents {
namespace {

using base::db::InList;
using base::db::Params;
using base::db::Rows;
using base::db::Session;
using search::Content;

constexpr const char* kFields = R"(/* search.fields */
SELECT d.id, d.agency_id, d.direction, d.state, d.urgency,
  COALESCE(i.arrival_date, d.issued_date), d.created_at, d.code_number, d.code_notation,
  i.arrival_number, d.type_code, d.type_name, d.subject, d.description, d.issuer_name,
  d.signer_name, d.signer_position, i.to_places
FROM document d LEFT JOIN incoming_document i ON i.document_id = d.id WHERE d.id IN )";
constexpr const char* kReaders = R"(/* search.readers */
SELECT document_id, post_id FROM document_part WHERE document_id IN )";
constexpr const char* kNotes = R"(/* search.notes */
SELECT document_id, note, remark FROM document_step WHERE document_id IN )";
constexpr const char* kReports = R"(/* search.reports */
SELECT document_id, words FROM instruction_receiver WHERE document_id IN )";
constexpr const char* kInstructions = R"(/* search.instructions */
SELECT document_id, text FROM instruction WHERE document_id IN )";
constexpr const char* kReceivers = R"(/* search.receivers */
SELECT document_id, agency_name FROM outgoing_receiver WHERE document_id IN )";
constexpr const char* kFiles = R"(/* search.files */
SELECT document_id, kind, version, name, sha256 FROM document_file WHERE document_id IN )";
// As much of a text as is indexed; the rest of a book of a thousand pages stays where it is.
constexpr const char* kTexts = R"(/* search.texts */
SELECT sha256, SUBSTRING(text, 1, 400000) FROM blob_text WHERE text IS NOT NULL AND sha256 IN )";

constexpr const char* kIdsBelow = R"(/* search.idsBelow */
SELECT id FROM document WHERE id < ? ORDER BY id DESC LIMIT ?)";
constexpr const char* kCountAbout = R"(/* search.countAbout */
SELECT COALESCE(MAX(id) - MIN(id) + 1, 0) FROM document)";
constexpr const char* kPredecessors = R"(/* search.predecessors */
SELECT predecessor_id FROM agency_predecessor WHERE agency_id = ?)";
constexpr const char* kAgencyNames = R"(/* search.agencyNames */
SELECT id, IF(short_name = '', name, short_name) FROM agency WHERE id IN )";

template <class Ids>
Rows rowsOf(Session& session, const char* sql, const Ids& ids) {
  const InList list(ids);
  return session.query(sql + list.text(), list.params());
}

Content contentOf(const base::db::Row& row) {
  const auto arrival = row.maybeInteger(9);
  const auto signer = row.text(15) + (row.text(16).empty() ? "" : ", " + row.text(16));
  return {.document = row.id<DocumentId>(0),
          .agency = row.id<AgencyId>(1),
          .readers = {},
          .direction = static_cast<int>(row.integer(2)),
          .state = static_cast<int>(row.integer(3)),
          .urgency = static_cast<int>(row.integer(4)),
          .day = row.maybeDate(5).value_or(base::localDate(row.instant(6))),
          .number = row.text(7),
          .symbol = row.text(7).empty() ? row.text(8) : symbolOf(row.text(7), row.text(8)),
          .arrivalNumber = arrival ? std::to_string(*arrival) : std::string(),
          .typeCode = row.text(10),
          .typeName = row.text(11),
          .subject = row.text(12),
          .description = row.text(13),
          .issuer = row.text(14),
          .signer = signer,
          .receivers = row.textOr(17),
          .instructions = {},
          .notes = {},
          .files = {}};
}

// One version of a document's own file: what its signing made of it, not what it was before.
bool isVersion(FileKind kind) {
  return kind == FileKind::Draft || kind == FileKind::Signed || kind == FileKind::Numbered ||
         kind == FileKind::Sealed;
}

struct FileRow {
  FileKind kind = FileKind::Main;
  std::int64_t version = 0;
  std::string name;
  std::string sha256;
};

// The newest of the versions, and everything that is not one.
void keepWhatCounts(std::vector<FileRow>& files) {
  const auto rank = [](const FileRow& file) { return std::tuple(file.kind, file.version); };
  const FileRow* newest = nullptr;
  for (const auto& file : files) {
    if (isVersion(file.kind) && (newest == nullptr || rank(file) > rank(*newest))) newest = &file;
  }
  if (newest == nullptr) return;
  const auto counts = rank(*newest);
  std::erase_if(files,
                [&](const FileRow& file) { return isVersion(file.kind) && rank(file) != counts; });
}

std::map<std::string, std::string> textsOf(Session& session, const std::vector<std::string>& keys) {
  std::map<std::string, std::string> texts;
  if (keys.empty()) return texts;
  for (const auto& row : rowsOf(session, kTexts, keys)) texts.emplace(row.text(0), row.text(1));
  return texts;
}

using Contents = std::map<DocumentId, Content>;

void addFiles(Session& session, Contents& contents, const std::vector<DocumentId>& ids) {
  std::map<DocumentId, std::vector<FileRow>> files;
  for (const auto& row : rowsOf(session, kFiles, ids)) {
    files[row.id<DocumentId>(0)].push_back(
        {row.code<FileKind>(1), row.integer(2), row.text(3), row.text(4)});
  }
  std::vector<std::string> keys;
  for (auto& [document, rows] : files) {
    keepWhatCounts(rows);
    for (const auto& file : rows) keys.push_back(file.sha256);
  }
  const auto texts = textsOf(session, keys);
  for (const auto& [document, rows] : files) {
    const auto content = contents.find(document);
    if (content == contents.end()) continue;
    for (const auto& file : rows) {
      const auto text = texts.find(file.sha256);
      content->second.files.push_back(
          {file.name, text == texts.end() ? std::string() : text->second});
    }
  }
}

void addWords(Session& session, Contents& contents, const std::vector<DocumentId>& ids) {
  const auto each = [&](const char* sql, auto add) {
    for (const auto& row : rowsOf(session, sql, ids)) {
      const auto content = contents.find(row.id<DocumentId>(0));
      if (content != contents.end()) add(content->second, row);
    }
  };
  const auto note = [](std::vector<std::string>& notes, const std::string& text) {
    if (!text.empty()) notes.push_back(text);
  };
  each(kReaders, [](Content& content, const base::db::Row& row) {
    content.readers.push_back(row.id<PostId>(1));
  });
  each(kNotes, [&](Content& content, const base::db::Row& row) {
    note(content.notes, row.text(1));
    note(content.notes, row.text(2));
  });
  each(kReports,
       [&](Content& content, const base::db::Row& row) { note(content.notes, row.text(1)); });
  each(kInstructions, [&](Content& content, const base::db::Row& row) {
    note(content.instructions, row.text(1));
  });
  each(kReceivers, [](Content& content, const base::db::Row& row) {
    content.receivers += (content.receivers.empty() ? "" : "; ") + row.text(1);
  });
}

const std::string kFoundRows = "/* search.foundRows */ SELECT " + std::string(kRowColumns) +
                               R"(, d.created_at FROM document d
LEFT JOIN incoming_document i ON i.document_id = d.id WHERE )" +
                               std::string(directory::kDocumentVisible) + " AND d.id IN ";

void addWord(std::map<std::string, int, std::less<>>& words, std::string_view text, int code) {
  auto key = search::foldedWords(text);
  std::erase(key, ' ');
  if (!key.empty()) words.emplace(std::move(key), code);
}

template <class Enum>
void addNames(std::map<std::string, int, std::less<>>& words, const base::Texts& texts,
              const std::string& area) {
  constexpr int kMostCodes = 255;
  for (int code = 0; code <= kMostCodes; ++code) {
    const auto name = nameOf(static_cast<Enum>(code));
    if (name == "unknown") continue;
    addWord(words, name, code);
    const auto key = area + "." + std::string(name);
    if (!texts.has(key)) continue;
    for (const auto language : {base::Language::Vi, base::Language::En}) {
      addWord(words, texts.get(language, key), code);
    }
  }
}

}  // namespace

std::vector<Content> SearchContent::read(Session& session,
                                         const std::vector<DocumentId>& ids) const {
  Contents contents;
  for (const auto& row : rowsOf(session, kFields, ids)) {
    auto content = contentOf(row);
    contents.emplace(content.document, std::move(content));
  }
  addWords(session, contents, ids);
  addFiles(session, contents, ids);
  std::vector<Content> list;
  list.reserve(contents.size());
  for (auto& [id, content] : contents) list.push_back(std::move(content));
  return list;
}

std::vector<DocumentId> SearchContent::idsBelow(Session& session, DocumentId below,
                                                std::size_t most) const {
  const auto limit = below.valid() ? below.value() : std::numeric_limits<std::int64_t>::max();
  std::vector<DocumentId> ids;
  for (const auto& row : session.query(kIdsBelow, {limit, most})) {
    ids.push_back(row.id<DocumentId>(0));
  }
  return ids;
}

std::int64_t SearchContent::countAbout(Session& session) const {
  return session.get(kCountAbout).integer(0);
}

// R-160: found is what kDocumentVisible lets the caller see, no more and no less.
search::Reader searchReader(Session& session, const Caller& caller) {
  search::Reader reader{.post = caller.post, .agencies = {}};
  if (!directory::may(caller, directory::Capability::ReadAgency)) return reader;
  reader.agencies.push_back(caller.agency);
  for (const auto& row : session.query(kPredecessors, {caller.agency})) {
    reader.agencies.push_back(row.id<AgencyId>(0));
  }
  return reader;
}

std::vector<ListRow> foundRows(Session& session, const Caller& caller,
                               const std::vector<DocumentId>& ids) {
  const InList list(ids);
  auto params = directory::documentVisibleParams(caller);
  list.appendTo(params);
  std::map<DocumentId, ListRow> rows;
  for (const auto& row : session.query(kFoundRows + list.text(), params)) {
    auto line = readRow(row, row.instant(kSinceColumn));
    rows.emplace(line.id, std::move(line));
  }
  std::vector<ListRow> ordered;
  for (const auto& id : ids) {
    if (const auto row = rows.find(id); row != rows.end()) ordered.push_back(row->second);
  }
  return ordered;
}

std::vector<std::pair<AgencyId, std::string>> agencyNames(Session& session,
                                                          const std::vector<AgencyId>& ids) {
  std::vector<std::pair<AgencyId, std::string>> names;
  for (const auto& row : rowsOf(session, kAgencyNames, ids)) {
    names.emplace_back(row.id<AgencyId>(0), row.text(1));
  }
  return names;
}

search::Vocabulary searchVocabulary(const base::Texts& texts) {
  search::Vocabulary vocabulary;
  // texts: state.* urgency.* direction.*
  addNames<State>(vocabulary.states, texts, "state");
  addNames<Urgency>(vocabulary.urgencies, texts, "urgency");
  addNames<Direction>(vocabulary.directions, texts, "direction");
  return vocabulary;
}

}  // namespace eoffice::documents
