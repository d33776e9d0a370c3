-- How the head of an agency divides books and series, from a day on. The newest decision that is in
-- force counts; without one there is one common book. Never changed: a new decision is a new row.
CREATE TABLE IF NOT EXISTS number_scheme (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  agency_id BIGINT NOT NULL,
  direction TINYINT UNSIGNED NOT NULL COMMENT '1 incoming, 2 outgoing',
  effective_from DATE NOT NULL,
  decided_by VARCHAR(200) NOT NULL COMMENT 'the head who decided',
  decision VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'number and notation of the decision',
  decided_on DATE NOT NULL,
  created_at DATETIME(6) NOT NULL,
  created_by_post BIGINT NOT NULL,
  KEY in_force (agency_id, direction, effective_from, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
