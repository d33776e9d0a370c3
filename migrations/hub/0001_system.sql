-- A system that may speak to the hub. The secret is kept as it is: it is the key of a MAC.
CREATE TABLE IF NOT EXISTS hub_system (
  system_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  secret VARCHAR(200) NOT NULL,
  name VARCHAR(300) NOT NULL DEFAULT '',
  administrator TINYINT UNSIGNED NOT NULL DEFAULT 0,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (system_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
