-- Who is signed in. The token itself is nowhere: token_hash is its SHA-256.
CREATE TABLE IF NOT EXISTS session (
  token_hash BINARY(32) NOT NULL,
  id BIGINT NOT NULL AUTO_INCREMENT,
  person_id BIGINT NOT NULL,
  post_id BIGINT NOT NULL,
  created_at DATETIME(6) NOT NULL,
  last_seen_at DATETIME(6) NOT NULL COMMENT 'written at most once a minute',
  expires_at DATETIME(6) NOT NULL,
  address VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL DEFAULT '',
  user_agent VARCHAR(300) NOT NULL DEFAULT '',
  PRIMARY KEY (token_hash),
  UNIQUE KEY session_id (id),
  KEY session_person (person_id),
  KEY session_post (post_id),
  KEY session_expires (expires_at)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
