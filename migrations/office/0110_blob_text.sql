-- What the files of documents say: one row for each blob that is some document's file, written with it. The text lives beside the bytes, which nobody changes.
CREATE TABLE IF NOT EXISTS blob_text (
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
  state TINYINT UNSIGNED NOT NULL COMMENT 'eoffice/intake/blob_text.h',
  turn TINYINT UNSIGNED NOT NULL COMMENT 'higher is read first',
  source TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'text layer, OCR, both',
  pages INT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'to be read',
  pages_read INT UNSIGNED NOT NULL DEFAULT 0,
  is_cut TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT 'pages or text left out by a limit',
  text LONGTEXT NULL COMMENT 'once it was read; pages end in a form feed',
  findings TEXT NULL COMMENT 'JSON: fields that were found, with their places',
  error_code VARCHAR(60) NOT NULL DEFAULT '',
  attempts TINYINT UNSIGNED NOT NULL DEFAULT 0,
  next_attempt_at DATETIME(6) NOT NULL,
  claimed_by VARCHAR(60) NULL,
  claimed_until DATETIME(6) NULL,
  created_at DATETIME(6) NOT NULL,
  finished_at DATETIME(6) NULL,
  KEY blob_text_turn (state, turn DESC, next_attempt_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
