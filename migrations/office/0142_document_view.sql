-- Who opened a document, in which post. One row for each: written when a person opens the page or a file.
CREATE TABLE IF NOT EXISTS document_view (
  document_id BIGINT NOT NULL,
  post_id BIGINT NOT NULL,
  first_seen_at DATETIME(6) NOT NULL,
  last_seen_at DATETIME(6) NOT NULL,
  times INT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'visits, at most one in ten minutes',
  PRIMARY KEY (document_id, post_id),
  CONSTRAINT view_of_document FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
