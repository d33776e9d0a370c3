-- The files that were here before: read when nothing else waits.
INSERT IGNORE INTO blob_text (sha256, state, turn, next_attempt_at, created_at)
SELECT sha256, 1, 0, UTC_TIMESTAMP(6), MIN(created_at) FROM document_file WHERE media_type = 'application/pdf' GROUP BY sha256
