-- An agency that messages come from and go to. Closed ones stay for ever.
CREATE TABLE IF NOT EXISTS hub_agency (
  agency_id BIGINT NOT NULL AUTO_INCREMENT,
  code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL COMMENT 'QD 20 form',
  code102 VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci NULL COMMENT 'QCVN 102 form',
  parent_code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL DEFAULT '',
  name VARCHAR(300) NOT NULL DEFAULT '',
  mail VARCHAR(200) NOT NULL DEFAULT '',
  mobile VARCHAR(50) NOT NULL DEFAULT '',
  fax VARCHAR(50) NOT NULL DEFAULT '',
  system_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'who fetches for it; NULL: not connected',
  closed TINYINT UNSIGNED NOT NULL DEFAULT 0,
  version BIGINT NOT NULL DEFAULT 1,
  modified_at DATETIME(6) NOT NULL,
  PRIMARY KEY (agency_id),
  UNIQUE KEY hub_agency_code (code),
  UNIQUE KEY hub_agency_code102 (code102),
  KEY hub_agency_system (system_id),
  CONSTRAINT hub_agency_system_is FOREIGN KEY (system_id) REFERENCES hub_system (system_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
