-- One post stands in for another, first_day to last_day inclusive. scope: bits 1 read, 2 direct, 4 approve; never signing.
CREATE TABLE IF NOT EXISTS delegation (
  id BIGINT NOT NULL AUTO_INCREMENT,
  from_post_id BIGINT NOT NULL,
  to_post_id BIGINT NOT NULL,
  first_day DATE NOT NULL,
  last_day DATE NOT NULL,
  scope TINYINT UNSIGNED NOT NULL,
  created_by BIGINT NULL,
  created_at DATETIME(6) NOT NULL,
  revoked_by BIGINT NULL,
  revoked_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  KEY delegation_from (from_post_id, last_day),
  KEY delegation_to (to_post_id, last_day),
  CONSTRAINT delegation_scope_is CHECK (scope BETWEEN 1 AND 7),
  CONSTRAINT delegation_days_are CHECK (first_day <= last_day),
  CONSTRAINT delegation_from_is FOREIGN KEY (from_post_id) REFERENCES post (id),
  CONSTRAINT delegation_to_is FOREIGN KEY (to_post_id) REFERENCES post (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
