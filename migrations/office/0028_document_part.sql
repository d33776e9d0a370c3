-- Which posts have a part in a document: the rights of every list and page follow from it.
CREATE TABLE IF NOT EXISTS document_part (
  document_id BIGINT NOT NULL,
  post_id BIGINT NOT NULL,
  part TINYINT UNSIGNED NOT NULL COMMENT 'eoffice/documents/document.h',
  agency_id BIGINT NOT NULL,
  PRIMARY KEY (document_id, post_id, part),
  KEY parts_of_post (post_id, document_id),
  CONSTRAINT part_of_document FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
