-- Where signature, number and date will go on a draft, found when it was taken in.
ALTER TABLE document_file ADD COLUMN IF NOT EXISTS signing_places VARCHAR(1000) NULL COMMENT 'JSON, of drafts' AFTER signature_report
