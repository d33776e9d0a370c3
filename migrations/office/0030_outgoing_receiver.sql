CREATE TABLE IF NOT EXISTS outgoing_receiver (
  document_id BIGINT NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  agency_code VARCHAR(35) NOT NULL,
  agency_name VARCHAR(300) NOT NULL,
  PRIMARY KEY (document_id, agency_code),
  CONSTRAINT receiver_of_document FOREIGN KEY (document_id) REFERENCES outgoing_document (document_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
