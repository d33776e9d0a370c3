-- Number and notation are given once in an agency and year, whatever the series (R-101): the key holds
-- where two series would give the same at the same moment. Empty for what was numbered before.
ALTER TABLE outgoing_document
  ADD COLUMN IF NOT EXISTS symbol_key VARCHAR(110) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NULL
    COMMENT 'agency/year/symbol',
  ADD UNIQUE KEY IF NOT EXISTS symbol_once (symbol_key)
