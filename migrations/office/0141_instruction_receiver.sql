-- Who received an instruction, as what, until when, and how that ended. One row for each post; a unit that was named stands beside its head.
CREATE TABLE IF NOT EXISTS instruction_receiver (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  document_id BIGINT NOT NULL,
  instruction_id BIGINT NOT NULL,
  post_id BIGINT NOT NULL,
  unit_id BIGINT NULL COMMENT 'the unit that was named, where one was',
  part TINYINT UNSIGNED NOT NULL COMMENT '4 lead, 5 support, 6 informed: eoffice/documents/document.h',
  task_id BIGINT NULL COMMENT 'reminder task: of every lead, and of others with a deadline of their own',
  step_id BIGINT NULL COMMENT 'the last step that was opened for this receiver',
  due_date DATE NULL COMMENT 'of their own, or the lead''s',
  state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 open, 2 passed on, 3 done, 4 returned, 5 taken back, 6 replaced',
  given_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  ended_by_post BIGINT NULL,
  words VARCHAR(2000) NOT NULL DEFAULT '' COMMENT 'the reason, or what was reported',
  KEY of_document (document_id, id),
  KEY of_step (step_id),
  CONSTRAINT receiver_of_instruction FOREIGN KEY (instruction_id) REFERENCES instruction (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
