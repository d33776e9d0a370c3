-- Failed sign-ins in a row. kind: 1 login, 2 address. subject is a SHA-256: people type passwords into the wrong field.
CREATE TABLE IF NOT EXISTS sign_in_failure (
  kind TINYINT UNSIGNED NOT NULL,
  subject BINARY(32) NOT NULL,
  failures INT UNSIGNED NOT NULL,
  last_failure_at DATETIME(6) NOT NULL,
  wait_until DATETIME(6) NOT NULL,
  PRIMARY KEY (kind, subject),
  KEY sign_in_failure_age (last_failure_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
