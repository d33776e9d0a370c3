-- Files that no message may need any more. Each is looked at again, under a lock, before it goes.
CREATE TABLE IF NOT EXISTS hub_blob_doomed (
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  doomed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (sha256)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
