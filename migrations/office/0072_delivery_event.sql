-- What happened to a document on its way to one receiver. Append-only; the same news twice is one row.
CREATE TABLE IF NOT EXISTS delivery_event (
  event_id BIGINT NOT NULL AUTO_INCREMENT,
  receiver_id BIGINT NOT NULL,
  state TINYINT UNSIGNED NOT NULL COMMENT 'see exchange/delivery/states.h',
  status_code VARCHAR(20) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
  told_at DATETIME(6) NOT NULL COMMENT 'as its teller says',
  happened_at DATETIME(6) NOT NULL COMMENT 'the same, between what it answers and its arrival',
  learnt_at DATETIME(6) NOT NULL,
  description VARCHAR(1000) NOT NULL DEFAULT '',
  PRIMARY KEY (event_id),
  UNIQUE KEY delivery_event_once (receiver_id, state, status_code, told_at),
  CONSTRAINT delivery_event_receiver FOREIGN KEY (receiver_id) REFERENCES exchange_receiver (receiver_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
