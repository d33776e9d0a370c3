CREATE TABLE IF NOT EXISTS incoming_document (
  document_id BIGINT NOT NULL PRIMARY KEY,
  source TINYINT UNSIGNED NOT NULL COMMENT '1 upload, 2 exchange',
  received_at DATETIME(6) NOT NULL,
  book_id BIGINT NULL COMMENT 'NULL until it is registered',
  arrival_number INT UNSIGNED NULL COMMENT 'số đến',
  arrival_date DATE NULL,
  to_places VARCHAR(1000) NOT NULL DEFAULT '',
  sender_code VARCHAR(35) NOT NULL DEFAULT '' COMMENT 'OrganId of the sender',
  inbox_id BIGINT NULL COMMENT 'exchange inbox row',
  UNIQUE KEY number_in_book (book_id, arrival_number),
  UNIQUE KEY inbox_row (inbox_id),
  CONSTRAINT incoming_of_document FOREIGN KEY (document_id) REFERENCES document (id),
  CONSTRAINT incoming_in_book FOREIGN KEY (book_id) REFERENCES document_book (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
