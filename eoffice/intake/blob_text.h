// The rows of what the files of documents say (tables blob_text and blob_text_page): one for each
// blob, written in the transaction that gives the blob to a document, then filled in by the reader.
// Knows nothing of documents and of rights: whoever shows a text has asked for the file before.
// The caller owns the transaction.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/db/database.h"
#include "base/time.h"

namespace eoffice::intake {

/// Stored in `blob_text.state`: never renumber.
enum class ReadingState : std::uint8_t {
  Waiting = 1,
  Reading = 2,
  Done = 3,   ///< `text` holds what was found; it may be empty (blank pages).
  None = 4,   ///< No text can be had: no PDF, or a scan where no OCR is installed.
  Failed = 5  ///< Given up; `errorCode` says why. A person may ask again.
};

/// Stored in `blob_text.source` and `blob_text_page.source`.
enum class TextSource : std::uint8_t { None = 0, TextLayer = 1, Ocr = 2, Both = 3 };

/// Stored in `blob_text.turn`: what is read first.
enum class Turn : std::uint8_t { Old = 0, Usual = 1, Incoming = 2, Opened = 3 };

struct BlobText {
  std::string sha256;
  ReadingState state = ReadingState::Waiting;
  Turn turn = Turn::Old;
  TextSource source = TextSource::None;
  int pages = 0;         ///< That are to be read; 0 while nobody has looked.
  int pagesRead = 0;     ///< Of these.
  bool cut = false;      ///< Pages or text were left out by a limit.
  std::string findings;  ///< JSON (findings.h); empty until the first page was read.
  std::string errorCode;
  int attempts = 0;
};

/// `reading`, `done` ... for JSON and text keys.
[[nodiscard]] std::string_view nameOf(ReadingState state);
[[nodiscard]] std::string_view nameOf(TextSource source);

/// A document got this blob. The second time nothing happens, but that its turn may come earlier.
void noteBlob(base::db::Session& session, const std::string& sha256, std::string_view mediaType,
              Turn turn, base::Instant now);
/// Somebody has it open: it is read next, if it waits. Cheap when there is nothing to do.
void hasten(base::db::Session& session, const std::string& sha256);
/// Failed or None waits again, from its first attempt. False when it is in another state.
[[nodiscard]] bool readAgain(base::db::Session& session, const std::string& sha256,
                             base::Instant now);

/// Without the text.
[[nodiscard]] std::optional<BlobText> findBlobText(base::db::Session& session,
                                                   const std::string& sha256);
/// The whole text, pages parted by form feeds; empty while it is not read or when there is none.
[[nodiscard]] std::string textOf(base::db::Session& session, const std::string& sha256);

}  // namespace eoffice::intake
