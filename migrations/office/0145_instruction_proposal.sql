-- An instruction as somebody prepared it for the leader who decides.
CREATE TABLE IF NOT EXISTS instruction_proposal (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  document_id BIGINT NOT NULL,
  leader_post BIGINT NOT NULL,
  proposed_by_post BIGINT NOT NULL,
  text VARCHAR(2000) NOT NULL,
  workdays SMALLINT UNSIGNED NULL,
  due_date DATE NULL,
  receivers LONGTEXT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL COMMENT '[{part, post, unit, workdays, due_date}]' CHECK (JSON_VALID(receivers)),
  state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 waits, 2 confirmed, 3 changed, 4 discarded, 5 replaced by a later one',
  proposed_at DATETIME(6) NOT NULL,
  decided_at DATETIME(6) NULL,
  decided_by_post BIGINT NULL,
  KEY of_document (document_id, state),
  CONSTRAINT proposal_of_document FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
