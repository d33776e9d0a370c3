-- One receiver of one message: it waits here until the receiver's system says that it has it.
CREATE TABLE IF NOT EXISTS hub_delivery (
  delivery_id BIGINT NOT NULL AUTO_INCREMENT,
  doc_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'the id that the receiver fetches by',
  message_id BIGINT NOT NULL,
  kind TINYINT UNSIGNED NOT NULL,
  to_code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  system_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  state TINYINT UNSIGNED NOT NULL COMMENT '1 initial, 2 processing, 3 done, 4 fail',
  description VARCHAR(500) NOT NULL DEFAULT '',
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  PRIMARY KEY (delivery_id),
  UNIQUE KEY hub_delivery_doc (doc_id),
  UNIQUE KEY hub_delivery_receiver (message_id, to_code),
  KEY hub_delivery_queue (system_id, kind, state, delivery_id),
  KEY hub_delivery_depth (state, kind),
  CONSTRAINT hub_delivery_message FOREIGN KEY (message_id) REFERENCES hub_message (message_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
