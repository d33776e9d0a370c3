-- Every version of every file: drafts, the signed, numbered and sealed ones. Bytes are in the blob store.
CREATE TABLE IF NOT EXISTS document_file (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  document_id BIGINT NOT NULL,
  kind TINYINT UNSIGNED NOT NULL COMMENT 'eoffice/documents/document.h',
  version SMALLINT UNSIGNED NOT NULL,
  name VARCHAR(255) NOT NULL,
  media_type VARCHAR(100) NOT NULL,
  sha256 CHAR(64) CHARACTER SET ascii NOT NULL,
  size BIGINT UNSIGNED NOT NULL,
  pages SMALLINT UNSIGNED NOT NULL DEFAULT 0,
  signature_report MEDIUMTEXT NULL COMMENT 'JSON: what the check at arrival found',
  created_at DATETIME(6) NOT NULL,
  created_by_post BIGINT NULL,
  UNIQUE KEY version_of_kind (document_id, kind, version),
  KEY by_blob (sha256),
  CONSTRAINT file_of_document FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
