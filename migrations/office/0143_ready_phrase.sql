-- Sentences that are ready for an instruction: of one post, or of the whole agency.
CREATE TABLE IF NOT EXISTS ready_phrase (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  agency_id BIGINT NOT NULL,
  post_id BIGINT NOT NULL DEFAULT 0 COMMENT '0: the agency''s',
  position INT NOT NULL,
  text VARCHAR(500) NOT NULL,
  KEY of_owner (agency_id, post_id, position)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
