-- A reminder that went out. The unique key is the claim: whoever inserts the row sends it, once.
CREATE TABLE IF NOT EXISTS reminder_fire (
  id BIGINT NOT NULL AUTO_INCREMENT,
  task_id BIGINT NOT NULL,
  rung VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  workday DATE NOT NULL,
  reader_id BIGINT NOT NULL COMMENT 'person',
  holder_id BIGINT NOT NULL COMMENT 'post for which the person is told',
  role TINYINT UNSIGNED NOT NULL COMMENT '1 holder, 2 head of unit, 3 head of office, 4 assigner, 5 support',
  stands_in TINYINT UNSIGNED NOT NULL,
  due_on DATE NOT NULL,
  workdays_left SMALLINT NOT NULL,
  fired_at DATETIME(6) NOT NULL,
  digest_id BIGINT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY reminder_fire_once (task_id, rung, workday, reader_id),
  KEY reminder_fire_digest (digest_id),
  CONSTRAINT reminder_fire_of FOREIGN KEY (task_id) REFERENCES task (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
