-- Notes and remarks.
CREATE TRIGGER IF NOT EXISTS search_document_step_insert AFTER INSERT ON document_step FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.document_id, UTC_TIMESTAMP(6) FROM search_node
-- @@
CREATE TRIGGER IF NOT EXISTS search_document_step_update AFTER UPDATE ON document_step FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.document_id, UTC_TIMESTAMP(6) FROM search_node
