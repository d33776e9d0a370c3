-- Posts that follow a document although nothing waits for them.
CREATE TABLE IF NOT EXISTS document_follower (
  document_id BIGINT NOT NULL,
  post_id BIGINT NOT NULL,
  since DATETIME(6) NOT NULL,
  PRIMARY KEY (document_id, post_id),
  KEY of_post (post_id, document_id),
  CONSTRAINT follower_of_document FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
