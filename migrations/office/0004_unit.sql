-- A unit inside an agency.
CREATE TABLE IF NOT EXISTS unit (
  id BIGINT NOT NULL AUTO_INCREMENT,
  agency_id BIGINT NOT NULL,
  parent_id BIGINT NULL,
  code VARCHAR(64) CHARACTER SET ascii COLLATE ascii_general_ci NOT NULL,
  name VARCHAR(300) NOT NULL,
  short_name VARCHAR(50) NOT NULL DEFAULT '',
  notation VARCHAR(30) NOT NULL DEFAULT '',
  search_text VARCHAR(450) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL DEFAULT '',
  valid_from DATE NOT NULL DEFAULT '1000-01-01',
  valid_to DATE NOT NULL DEFAULT '9999-12-31',
  successor_id BIGINT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY unit_code (code),
  KEY unit_agency (agency_id),
  KEY unit_parent (parent_id),
  CONSTRAINT unit_agency_is FOREIGN KEY (agency_id) REFERENCES agency (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
