-- Pages of a file that is being read, so that a reading that was broken off goes on where it was. They go once the whole is read.
CREATE TABLE IF NOT EXISTS blob_text_page (
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
  page INT UNSIGNED NOT NULL,
  source TINYINT UNSIGNED NOT NULL,
  words MEDIUMTEXT NOT NULL COMMENT 'JSON: words with their boxes',
  PRIMARY KEY (sha256, page),
  CONSTRAINT page_of_blob_text FOREIGN KEY (sha256) REFERENCES blob_text (sha256) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
