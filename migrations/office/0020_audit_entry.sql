-- What people and the system did. Append-only (0021, 0022); names as they were at the time.
CREATE TABLE IF NOT EXISTS audit_entry (
  id BIGINT NOT NULL AUTO_INCREMENT,
  at DATETIME(6) NOT NULL,
  act VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  person_id BIGINT NULL,
  post_id BIGINT NULL,
  on_behalf_of_post_id BIGINT NULL,
  agency_id BIGINT NULL,
  object_kind VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  object_id BIGINT NOT NULL DEFAULT 0,
  detail LONGTEXT NOT NULL COMMENT 'JSON object of texts',
  request_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  person_name VARCHAR(200) NOT NULL DEFAULT '',
  post_title VARCHAR(200) NOT NULL DEFAULT '',
  PRIMARY KEY (id),
  KEY audit_entry_object (object_kind, object_id, id),
  KEY audit_entry_person (person_id, at),
  KEY audit_entry_at (at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
