-- The bell: one notice to one person. The text is put together from kind and facts when it is shown.
CREATE TABLE IF NOT EXISTS notification (
  id BIGINT NOT NULL AUTO_INCREMENT,
  reader_id BIGINT NOT NULL COMMENT 'person',
  holder_id BIGINT NULL COMMENT 'post for which the person is told',
  kind VARCHAR(60) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  object_id BIGINT NOT NULL,
  facts TEXT NOT NULL COMMENT 'JSON object',
  notice_key VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  created_at DATETIME(6) NOT NULL,
  seen_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY notification_once (reader_id, notice_key),
  KEY notification_unread (reader_id, seen_at, id),
  KEY notification_about (reader_id, object_kind, object_id, seen_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
