-- A book keeps the name that it was opened under, and why it was closed before the year's end.
ALTER TABLE document_book
  ADD COLUMN IF NOT EXISTS name VARCHAR(100) NOT NULL DEFAULT '' COMMENT 'empty: the common one',
  ADD COLUMN IF NOT EXISTS nature TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT 'of number_series',
  ADD COLUMN IF NOT EXISTS close_reason VARCHAR(500) NOT NULL DEFAULT '',
  ADD COLUMN IF NOT EXISTS closed_by_post BIGINT NULL
