-- Which documents lie in which files: one document in many, without a copy (NĐ 30/2020, Phụ lục VI).
CREATE TABLE IF NOT EXISTS case_file_item (
  case_file_id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  added_at DATETIME(6) NOT NULL,
  added_by_post BIGINT NOT NULL,
  PRIMARY KEY (case_file_id, document_id),
  KEY files_of_document (document_id),
  CONSTRAINT item_in_file FOREIGN KEY (case_file_id) REFERENCES case_file (id),
  CONSTRAINT item_is_document FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
