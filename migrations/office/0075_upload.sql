-- Whose a file is that came alone (POST /api/v1/uploads) before the act that uses it: its hash is no secret,
-- so only who brought it may name it. Rows that are older than documents::kUploadLife are purged.
CREATE TABLE IF NOT EXISTS upload (
  person_id BIGINT NOT NULL,
  agency_id BIGINT NOT NULL,
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  size BIGINT UNSIGNED NOT NULL,
  uploaded_at DATETIME(6) NOT NULL,
  PRIMARY KEY (person_id, agency_id, sha256),
  KEY upload_age (uploaded_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
