-- What receivers of an instruction reported, or why they returned it.
CREATE TRIGGER IF NOT EXISTS search_instruction_receiver_insert AFTER INSERT ON instruction_receiver FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.document_id, UTC_TIMESTAMP(6) FROM search_node
-- @@
CREATE TRIGGER IF NOT EXISTS search_instruction_receiver_update AFTER UPDATE ON instruction_receiver FOR EACH ROW
INSERT INTO search_change (node_id, id, document_id, changed_at)
SELECT id, UUID_SHORT() & 0x7FFFFFFFFFFFFFFF, NEW.document_id, UTC_TIMESTAMP(6) FROM search_node
