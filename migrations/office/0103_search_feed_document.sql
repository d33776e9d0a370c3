-- Whatever changes a document is told to the search indexes by the database itself: no act can forget it.
CREATE TRIGGER IF NOT EXISTS search_document_insert AFTER INSERT ON document FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.id, UTC_TIMESTAMP(6) FROM search_node
-- @@
CREATE TRIGGER IF NOT EXISTS search_document_update AFTER UPDATE ON document FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.id, UTC_TIMESTAMP(6) FROM search_node
-- @@
CREATE TRIGGER IF NOT EXISTS search_document_delete AFTER DELETE ON document FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, OLD.id, UTC_TIMESTAMP(6) FROM search_node
