-- The rarer words of an agency's search text, for prefixes. Words that half of all names have stand in no row.
CREATE TABLE IF NOT EXISTS agency_word (
  word VARCHAR(32) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL,
  agency_id BIGINT NOT NULL,
  PRIMARY KEY (word, agency_id),
  KEY agency_word_agency (agency_id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
