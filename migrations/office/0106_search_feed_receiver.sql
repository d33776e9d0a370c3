-- Who it goes to.
CREATE TRIGGER IF NOT EXISTS search_outgoing_receiver_insert AFTER INSERT ON outgoing_receiver FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.document_id, UTC_TIMESTAMP(6) FROM search_node
-- @@
CREATE TRIGGER IF NOT EXISTS search_outgoing_receiver_update AFTER UPDATE ON outgoing_receiver FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.document_id, UTC_TIMESTAMP(6) FROM search_node
-- @@
CREATE TRIGGER IF NOT EXISTS search_outgoing_receiver_delete AFTER DELETE ON outgoing_receiver FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, OLD.document_id, UTC_TIMESTAMP(6) FROM search_node
