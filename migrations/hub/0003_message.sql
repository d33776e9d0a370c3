-- What one system sent. `same_key` is the SHA-256 of sender, kind, receivers and bytes: the second sending finds the first.
CREATE TABLE IF NOT EXISTS hub_message (
  message_id BIGINT NOT NULL AUTO_INCREMENT,
  doc_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  same_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  kind TINYINT UNSIGNED NOT NULL COMMENT '1 document, 2 status',
  system_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  from_code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  document_id VARCHAR(500) NOT NULL DEFAULT '',
  title VARCHAR(500) NOT NULL DEFAULT '',
  notation VARCHAR(200) NOT NULL DEFAULT '',
  blob_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  blob_size BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (message_id),
  UNIQUE KEY hub_message_doc (doc_id),
  UNIQUE KEY hub_message_same (same_key),
  KEY hub_message_sender (system_id, kind, message_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
