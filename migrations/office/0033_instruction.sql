-- Bút phê: what a leader wrote on a document. The tasks that it made point to it.
CREATE TABLE IF NOT EXISTS instruction (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  document_id BIGINT NOT NULL,
  leader_post BIGINT NOT NULL,
  written_by_post BIGINT NOT NULL COMMENT 'the leader or the delegate',
  text VARCHAR(2000) NOT NULL,
  task_id BIGINT NULL COMMENT 'reminder task',
  due_date DATE NULL,
  created_at DATETIME(6) NOT NULL,
  KEY of_document (document_id, id),
  CONSTRAINT instruction_on_document FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
