-- What lists sort and filter by, once for each reader of a document, so that any page of any list is a short walk of
-- one index. Kept by the triggers of 0123 to 0127 in the transaction that changes the document; nothing else writes it.
CREATE TABLE IF NOT EXISTS document_list (
  reader BIGINT NOT NULL COMMENT 'a post with a part in it; below zero: whoever reads all of that agency',
  document_id BIGINT NOT NULL,
  direction TINYINT UNSIGNED NOT NULL,
  state TINYINT UNSIGNED NOT NULL,
  urgency TINYINT UNSIGNED NOT NULL,
  type INT UNSIGNED NOT NULL COMMENT 'list_name',
  day DATE NOT NULL COMMENT 'of arrival, of issue, or until then of its making; local',
  due DATE NOT NULL COMMENT '9999-12-31: none',
  issuer INT UNSIGNED NOT NULL COMMENT 'list_name',
  handler_post BIGINT NULL COMMENT 'who leads; of an outgoing document, who drafted it',
  handler_unit BIGINT NULL COMMENT 'their unit',
  PRIMARY KEY (reader, document_id),
  KEY of_document (document_id),
  KEY by_state (reader, direction, state, document_id),
  KEY by_day (reader, day, document_id, direction, state),
  KEY by_due (reader, due, document_id, direction, state)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
