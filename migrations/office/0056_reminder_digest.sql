-- The mail that gathers the reminders of one person and time. open_for is unique: a person has one open digest at the most.
CREATE TABLE IF NOT EXISTS reminder_digest (
  id BIGINT NOT NULL AUTO_INCREMENT,
  reader_id BIGINT NOT NULL COMMENT 'person',
  name VARCHAR(200) NOT NULL,
  mail VARCHAR(254) NOT NULL,
  language TINYINT UNSIGNED NOT NULL,
  opened_at DATETIME(6) NOT NULL,
  open_for BIGINT NULL COMMENT 'reader_id while reminders may still join',
  closed_at DATETIME(6) NULL COMMENT 'then its mail is in mail_outbox under digest-<id>, if anything was left to say',
  PRIMARY KEY (id),
  UNIQUE KEY reminder_digest_open (open_for)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
