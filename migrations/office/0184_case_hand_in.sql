-- Files that were handed in to the archive together: what both lists and the record of it are made of.
CREATE TABLE IF NOT EXISTS case_hand_in (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  agency_id BIGINT NOT NULL,
  state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 waits for the archive, 2 accepted, 3 returned',
  handed_in_at DATETIME(6) NOT NULL,
  handed_in_by_post BIGINT NOT NULL,
  answered_at DATETIME(6) NULL,
  answered_by_post BIGINT NULL,
  remark VARCHAR(2000) NOT NULL DEFAULT '',
  KEY of_agency (agency_id, state, id),
  KEY of_post (handed_in_by_post, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
