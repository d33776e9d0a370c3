-- Who may see it: rights are terms of the index.
CREATE TRIGGER IF NOT EXISTS search_document_part_insert AFTER INSERT ON document_part FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.document_id, UTC_TIMESTAMP(6) FROM search_node
-- @@
CREATE TRIGGER IF NOT EXISTS search_document_part_update AFTER UPDATE ON document_part FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.document_id, UTC_TIMESTAMP(6) FROM search_node
-- @@
CREATE TRIGGER IF NOT EXISTS search_document_part_delete AFTER DELETE ON document_part FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, OLD.document_id, UTC_TIMESTAMP(6) FROM search_node
