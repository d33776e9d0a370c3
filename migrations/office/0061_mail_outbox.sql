-- Mail that waits, is being sent, or was. message_id is given with the row, before the first attempt.
CREATE TABLE IF NOT EXISTS mail_outbox (
  id BIGINT NOT NULL AUTO_INCREMENT,
  mail_key VARCHAR(120) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  message_id VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  to_address VARCHAR(254) NOT NULL,
  to_name VARCHAR(200) NOT NULL,
  subject VARCHAR(500) NOT NULL,
  body MEDIUMTEXT NOT NULL,
  state TINYINT UNSIGNED NOT NULL COMMENT '1 ready, 2 sending, 3 accepted, 4 failed',
  attempts SMALLINT UNSIGNED NOT NULL,
  next_attempt_at DATETIME(6) NULL COMMENT 'while sending: the end of the lease; NULL once settled',
  created_at DATETIME(6) NOT NULL,
  accepted_at DATETIME(6) NULL,
  last_code SMALLINT UNSIGNED NOT NULL,
  last_said VARCHAR(300) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY mail_outbox_once (mail_key),
  UNIQUE KEY mail_outbox_message (message_id),
  KEY mail_outbox_next (next_attempt_at),
  KEY mail_outbox_state (state, id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
