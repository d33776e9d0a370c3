-- What waits for whom, and what was done about it. A step is opened for a post (and its delegate of
-- that day) or for a role in an agency; it is closed once and never changed afterwards.
CREATE TABLE IF NOT EXISTS document_step (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  document_id BIGINT NOT NULL,
  agency_id BIGINT NOT NULL,
  kind TINYINT UNSIGNED NOT NULL COMMENT 'eoffice/documents/document.h',
  assigned_post BIGINT NULL,
  delegate_post BIGINT NULL COMMENT 'acts for assigned_post; resolved when the step was opened',
  assigned_role TINYINT UNSIGNED NULL COMMENT 'any post of this role in the agency',
  opened_at DATETIME(6) NOT NULL,
  opened_by_post BIGINT NULL,
  note VARCHAR(2000) NOT NULL DEFAULT '',
  done_at DATETIME(6) NULL,
  done_by_post BIGINT NULL,
  outcome TINYINT UNSIGNED NULL,
  remark VARCHAR(2000) NOT NULL DEFAULT '',
  KEY of_document (document_id, id),
  KEY waits_for_post (assigned_post, done_at, kind),
  KEY waits_for_delegate (delegate_post, done_at, kind),
  KEY waits_for_role (agency_id, assigned_role, done_at, kind),
  CONSTRAINT step_of_document FOREIGN KEY (document_id) REFERENCES document (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
