-- Bytes of folded UTF-8: LOCATE on bytes reads the whole national directory five times as fast as LIKE on characters.
ALTER TABLE unit MODIFY search_text VARBINARY(450) NOT NULL DEFAULT ''
