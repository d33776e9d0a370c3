-- Outgoing documents that were attached to an incoming one as its answer, and taken off again. What was drafted as an answer stands in outgoing_document.
CREATE TABLE IF NOT EXISTS document_answer (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  incoming_id BIGINT NOT NULL,
  outgoing_id BIGINT NOT NULL,
  linked_at DATETIME(6) NOT NULL,
  linked_by_post BIGINT NOT NULL,
  ended_at DATETIME(6) NULL,
  ended_by_post BIGINT NULL,
  reason VARCHAR(1000) NOT NULL DEFAULT '',
  stands TINYINT UNSIGNED AS (IF(ended_at IS NULL, 1, NULL)) PERSISTENT COMMENT 'one link of two documents stands at a time',
  UNIQUE KEY once (incoming_id, outgoing_id, stands),
  KEY of_outgoing (outgoing_id),
  CONSTRAINT answer_to FOREIGN KEY (incoming_id) REFERENCES document (id),
  CONSTRAINT answer_is FOREIGN KEY (outgoing_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
