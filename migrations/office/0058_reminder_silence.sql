-- A reminder that did not go out, and the rule that kept it silent.
CREATE TABLE IF NOT EXISTS reminder_silence (
  id BIGINT NOT NULL AUTO_INCREMENT,
  task_id BIGINT NOT NULL,
  rung VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  workday DATE NOT NULL COMMENT 'on which it was to go out',
  reason TINYINT UNSIGNED NOT NULL COMMENT '1 closed, 2 awaiting confirmation, 3 no deadline, 4 quiet hours, 5 superseded, 6 nobody there, 7 same reader, 8 no mail address, 9 due moved',
  holder_id BIGINT NOT NULL COMMENT 'post; 0: the whole rung',
  at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY reminder_silence_once (task_id, rung, workday, reason, holder_id),
  CONSTRAINT reminder_silence_of FOREIGN KEY (task_id) REFERENCES task (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
