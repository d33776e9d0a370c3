-- One receiver of one sent document, and where it stands: derived from delivery_event, kept for lists.
CREATE TABLE IF NOT EXISTS exchange_receiver (
  receiver_id BIGINT NOT NULL AUTO_INCREMENT,
  outbox_id BIGINT NOT NULL,
  organ_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL COMMENT 'as the envelope names it',
  organ_canonical VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  organ_name VARCHAR(500) NOT NULL DEFAULT '',
  state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'see exchange/delivery/states.h',
  state_since DATETIME(6) NOT NULL,
  PRIMARY KEY (receiver_id),
  UNIQUE KEY exchange_receiver_one (outbox_id, organ_canonical),
  KEY exchange_receiver_organ (organ_canonical),
  CONSTRAINT exchange_receiver_outbox FOREIGN KEY (outbox_id) REFERENCES exchange_outbox (outbox_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
