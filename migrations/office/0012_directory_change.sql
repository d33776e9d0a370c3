-- One row: when the directory was changed last. Whoever changes much of it locks this row first.
CREATE TABLE IF NOT EXISTS directory_change (
  id TINYINT UNSIGNED NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
