-- Who has no part left does not find it any more. Parts are added and taken away, never rewritten.
CREATE TRIGGER IF NOT EXISTS document_list_on_part_end AFTER DELETE ON document_part FOR EACH ROW
DELETE FROM document_list WHERE reader = OLD.post_id AND document_id = OLD.document_id
  AND NOT EXISTS (SELECT 1 FROM document_part p WHERE p.document_id = OLD.document_id AND p.post_id = OLD.post_id)
