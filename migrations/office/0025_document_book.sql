-- A register book: one counter for each agency, direction, kind and year (R-1, R-2). The row is locked
-- by whoever takes a number, in the transaction that uses it; numbers therefore have no gaps.
CREATE TABLE IF NOT EXISTS document_book (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  agency_id BIGINT NOT NULL,
  direction TINYINT UNSIGNED NOT NULL COMMENT '1 incoming, 2 outgoing',
  kind VARCHAR(20) NOT NULL DEFAULT 'common',
  year SMALLINT UNSIGNED NOT NULL,
  next_number INT UNSIGNED NOT NULL DEFAULT 1,
  closed_at DATETIME(6) NULL,
  UNIQUE KEY book_of_year (agency_id, direction, kind, year)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
