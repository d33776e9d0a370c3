-- One book or series of a scheme. The same code in the next scheme is the same book: it counts on.
CREATE TABLE IF NOT EXISTS number_series (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  scheme_id BIGINT NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  code VARCHAR(20) NOT NULL COMMENT 'document_book.kind',
  name VARCHAR(100) NOT NULL,
  nature TINYINT UNSIGNED NOT NULL COMMENT '1 administrative, 2 legal (year in the notation), 3 copies',
  UNIQUE KEY code_in_scheme (scheme_id, code),
  CONSTRAINT series_of_scheme FOREIGN KEY (scheme_id) REFERENCES number_scheme (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
