-- A named view of the documents: filter, sort and columns as the query of its address.
CREATE TABLE IF NOT EXISTS saved_view (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  person_id BIGINT NOT NULL COMMENT 'whose it is',
  agency_id BIGINT NOT NULL,
  unit_key BIGINT NOT NULL COMMENT 'unit of the post it was saved in; 0: at the head of the agency',
  shared TINYINT UNSIGNED NOT NULL DEFAULT 0 COMMENT '1: with everybody of that unit',
  name VARCHAR(100) NOT NULL,
  query VARCHAR(1500) NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 1,
  created_at DATETIME(6) NOT NULL,
  updated_at DATETIME(6) NOT NULL,
  UNIQUE KEY name_once (person_id, agency_id, name),
  KEY shared_with (agency_id, unit_key, shared)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
