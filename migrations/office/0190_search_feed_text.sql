-- The text of a file, once it is read, for every document that holds the file. Columns of document_file
-- are compared in their own collation, so that the key by_blob is used.
CREATE TRIGGER IF NOT EXISTS search_blob_text_update AFTER UPDATE ON blob_text FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT n.id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, f.document_id, UTC_TIMESTAMP(6)
FROM search_node n JOIN document_file f ON f.sha256 = NEW.sha256 COLLATE ascii_general_ci
WHERE NOT (NEW.text <=> OLD.text)
-- @@
CREATE TRIGGER IF NOT EXISTS search_blob_text_insert AFTER INSERT ON blob_text FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT n.id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, f.document_id, UTC_TIMESTAMP(6)
FROM search_node n JOIN document_file f ON f.sha256 = NEW.sha256 COLLATE ascii_general_ci
WHERE NEW.text IS NOT NULL
