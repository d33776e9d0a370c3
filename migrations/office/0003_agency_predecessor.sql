-- Every agency that another one took over, however many steps back: derived from agency.successor_id.
CREATE TABLE IF NOT EXISTS agency_predecessor (
  agency_id BIGINT NOT NULL,
  predecessor_id BIGINT NOT NULL,
  PRIMARY KEY (agency_id, predecessor_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
