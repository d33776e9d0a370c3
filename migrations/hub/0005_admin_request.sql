-- Requests whose body no MAC covers: the headers of one cannot be used for another body.
CREATE TABLE IF NOT EXISTS hub_admin_request (
  system_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  mac CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  body_sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  seen_at DATETIME(6) NOT NULL,
  PRIMARY KEY (system_id, mac)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
