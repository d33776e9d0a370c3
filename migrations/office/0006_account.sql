-- How a person signs in. password_hash is NULL until a first password is given.
CREATE TABLE IF NOT EXISTS account (
  person_id BIGINT NOT NULL,
  login VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  password_hash VARCHAR(128) CHARACTER SET ascii COLLATE ascii_bin NULL,
  must_change TINYINT UNSIGNED NOT NULL DEFAULT 0,
  locked TINYINT UNSIGNED NOT NULL DEFAULT 0,
  password_changed_at DATETIME(6) NULL,
  last_sign_in_at DATETIME(6) NULL,
  last_post_id BIGINT NULL,
  PRIMARY KEY (person_id),
  UNIQUE KEY account_login (login),
  CONSTRAINT account_person_is FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
