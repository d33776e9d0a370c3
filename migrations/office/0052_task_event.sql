-- The history of a task, appended in the transaction of each act.
CREATE TABLE IF NOT EXISTS task_event (
  id BIGINT NOT NULL AUTO_INCREMENT,
  task_id BIGINT NOT NULL,
  act TINYINT UNSIGNED NOT NULL COMMENT '1 assigned, 2 received, 3 progress, 4 reported, 5 confirmed, 6 returned, 7 due changed, 8 handed over, 9 cancelled, 10 due reckoned again',
  at DATETIME(6) NOT NULL,
  holder_id BIGINT NULL COMMENT 'post whose right was used; NULL: the system',
  person_id BIGINT NULL,
  delegate_id BIGINT NULL COMMENT 'own post of the person who stood in',
  state_before TINYINT UNSIGNED NOT NULL,
  state_after TINYINT UNSIGNED NOT NULL,
  note TEXT NOT NULL,
  due_before DATE NULL,
  due_after DATE NULL,
  lead_before BIGINT NULL,
  lead_after BIGINT NULL,
  result_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL,
  result_id BIGINT NULL,
  PRIMARY KEY (id),
  KEY task_event_of_task (task_id, id),
  CONSTRAINT task_event_of FOREIGN KEY (task_id) REFERENCES task (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
