-- A post: one person in one agency (and unit) with one role, from its first to its last day.
CREATE TABLE IF NOT EXISTS post (
  id BIGINT NOT NULL AUTO_INCREMENT,
  person_id BIGINT NOT NULL,
  agency_id BIGINT NOT NULL,
  unit_id BIGINT NULL,
  unit_key BIGINT AS (IFNULL(unit_id, 0)) PERSISTENT,
  role TINYINT UNSIGNED NOT NULL,
  title VARCHAR(200) NOT NULL,
  valid_from DATE NOT NULL DEFAULT '1000-01-01',
  valid_to DATE NOT NULL DEFAULT '9999-12-31',
  PRIMARY KEY (id),
  UNIQUE KEY post_once (person_id, agency_id, unit_key, role, valid_from),
  KEY post_agency_role (agency_id, role, valid_to),
  KEY post_unit (unit_id, role),
  CONSTRAINT post_person_is FOREIGN KEY (person_id) REFERENCES person (id),
  CONSTRAINT post_agency_is FOREIGN KEY (agency_id) REFERENCES agency (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
