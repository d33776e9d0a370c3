#include "eoffice/intake/blob_text.h"

namespace eoffice::intake {
namespace {

using base::db::Row;
using base::db::Session;

constexpr const char* kNote = R"(/* intake.noteBlob */
INSERT INTO blob_text (sha256, state, turn, error_code, next_attempt_at, created_at)
VALUES (?, ?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE turn = GREATEST(turn, VALUES(turn)))";

constexpr const char* kHasten = R"(/* intake.hasten */
UPDATE blob_text SET turn = ? WHERE sha256 = ? AND state = 1 AND turn < ?)";

constexpr const char* kReadAgain = R"(/* intake.readAgain */
UPDATE blob_text SET state = 1, turn = ?, attempts = 0, error_code = '', next_attempt_at = ?,
  finished_at = NULL
WHERE sha256 = ? AND state IN (4, 5) AND error_code <> 'reading.not_pdf')";

constexpr const char* kFind = R"(/* intake.findBlobText */
SELECT sha256, state, source, pages, pages_read, is_cut, findings, error_code, attempts,
  turn
FROM blob_text WHERE sha256 = ?)";

constexpr const char* kText = R"(/* intake.textOf */
SELECT text FROM blob_text WHERE sha256 = ?)";

}  // namespace

std::string_view nameOf(ReadingState state) {
  switch (state) {
    case ReadingState::Waiting:
      return "waiting";
    case ReadingState::Reading:
      return "reading";
    case ReadingState::Done:
      return "done";
    case ReadingState::None:
      return "none";
    case ReadingState::Failed:
      return "failed";
  }
  return "";
}

std::string_view nameOf(TextSource source) {
  switch (source) {
    case TextSource::None:
      return "none";
    case TextSource::TextLayer:
      return "text_layer";
    case TextSource::Ocr:
      return "ocr";
    case TextSource::Both:
      return "both";
  }
  return "";
}

void noteBlob(Session& session, const std::string& sha256, std::string_view mediaType, Turn turn,
              base::Instant now) {
  const bool pdf = mediaType == "application/pdf";
  session.execute(kNote, {sha256, pdf ? ReadingState::Waiting : ReadingState::None, turn,
                          pdf ? "" : "reading.not_pdf", now, now});
}

void hasten(Session& session, const std::string& sha256) {
  session.execute(kHasten, {Turn::Opened, sha256, Turn::Opened});
}

bool readAgain(Session& session, const std::string& sha256, base::Instant now) {
  return session.execute(kReadAgain, {Turn::Opened, now, sha256}) > 0;
}

std::optional<BlobText> findBlobText(Session& session, const std::string& sha256) {
  const auto row = session.find(kFind, {sha256});
  if (!row) return std::nullopt;
  return BlobText{.sha256 = row->text(0),
                  .state = row->code<ReadingState>(1),
                  .turn = row->code<Turn>(9),
                  .source = row->code<TextSource>(2),
                  .pages = static_cast<int>(row->integer(3)),
                  .pagesRead = static_cast<int>(row->integer(4)),
                  .cut = row->flag(5),
                  .findings = row->textOr(6),
                  .errorCode = row->text(7),
                  .attempts = static_cast<int>(row->integer(8))};
}

std::string textOf(Session& session, const std::string& sha256) {
  const auto row = session.find(kText, {sha256});
  return row ? row->textOr(0) : std::string();
}

}  // namespace eoffice::intake
