-- Who takes part in a task, as the index of every reader's lists. lead_of makes a second lead impossible.
CREATE TABLE IF NOT EXISTS task_part (
  task_id BIGINT NOT NULL,
  part TINYINT UNSIGNED NOT NULL COMMENT '1 lead, 2 support, 3 follower, 4 assigner',
  holder_id BIGINT NOT NULL COMMENT 'post',
  group_id BIGINT NULL COMMENT 'unit',
  is_open TINYINT UNSIGNED NOT NULL COMMENT 'as the task',
  seen_at DATETIME(6) NULL,
  lead_of BIGINT AS (CASE part WHEN 1 THEN task_id END) PERSISTENT,
  PRIMARY KEY (task_id, part, holder_id),
  UNIQUE KEY task_part_one_lead (lead_of),
  KEY task_part_holder (holder_id, is_open, task_id, part),
  KEY task_part_group (group_id, is_open, task_id),
  CONSTRAINT task_part_of FOREIGN KEY (task_id) REFERENCES task (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
