-- Who drafts, approves and signs.
CREATE TRIGGER IF NOT EXISTS search_outgoing_document_insert AFTER INSERT ON outgoing_document FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.document_id, UTC_TIMESTAMP(6) FROM search_node
-- @@
CREATE TRIGGER IF NOT EXISTS search_outgoing_document_update AFTER UPDATE ON outgoing_document FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.document_id, UTC_TIMESTAMP(6) FROM search_node
