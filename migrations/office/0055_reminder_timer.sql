-- When the engine looks at a task again. No row: closed, reported, or without a deadline.
CREATE TABLE IF NOT EXISTS reminder_timer (
  task_id BIGINT NOT NULL,
  next_fire_at DATETIME(6) NULL COMMENT 'never, unless the clock is set back or the due day moves',
  handled_up_to DATETIME(6) NOT NULL COMMENT 'rungs up to and with this instant are over',
  PRIMARY KEY (task_id),
  KEY reminder_timer_next (next_fire_at, task_id),
  KEY reminder_timer_handled (handled_up_to),
  CONSTRAINT reminder_timer_of FOREIGN KEY (task_id) REFERENCES task (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
