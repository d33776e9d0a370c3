-- The numbers of a book that no document has in the ordinary way: reserved, voided, passed over.
-- Every gap in a register is a row here, with its reason.
CREATE TABLE IF NOT EXISTS book_number (
  book_id BIGINT NOT NULL,
  number INT UNSIGNED NOT NULL,
  state TINYINT UNSIGNED NOT NULL COMMENT '1 reserved, 2 reserved and used, 3 void, 4 passed over',
  reason VARCHAR(500) NOT NULL,
  for_whom VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'of a reserved one',
  use_by DATE NULL COMMENT 'of a reserved one',
  day DATE NOT NULL COMMENT 'when it was set aside',
  document_id BIGINT NULL COMMENT 'that had it or got it',
  symbol VARCHAR(80) NOT NULL DEFAULT '' COMMENT 'of the document that had it',
  by_post BIGINT NULL COMMENT 'NULL: the system',
  ended_on DATE NULL COMMENT 'when a reserved one was used or voided',
  ended_by_post BIGINT NULL,
  PRIMARY KEY (book_id, number),
  KEY in_state (book_id, state),
  KEY of_document (document_id),
  CONSTRAINT number_of_book FOREIGN KEY (book_id) REFERENCES document_book (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
