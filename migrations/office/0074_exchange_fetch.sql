-- Who is fetching which message now, and how often it went wrong. The row goes when the message is acknowledged.
CREATE TABLE IF NOT EXISTS exchange_fetch (
  axis_doc_id VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  claimed_by VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NULL,
  claimed_until DATETIME(6) NOT NULL,
  attempts INT NOT NULL DEFAULT 0,
  unreadable INT NOT NULL DEFAULT 0 COMMENT 'how often the same bytes could not be read',
  unreadable_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  PRIMARY KEY (axis_doc_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
