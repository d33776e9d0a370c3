-- Whoever gets a part in a document finds it in their lists. The last one who was made lead (4) or drafter (7)
-- handles it. A post that already has the part is no new row: then nothing changes.
CREATE TRIGGER IF NOT EXISTS document_list_on_part AFTER INSERT ON document_part FOR EACH ROW
BEGIN
  INSERT IGNORE INTO document_list (reader, document_id, direction, state, urgency, type, day, due, issuer,
      handler_post, handler_unit)
    SELECT NEW.post_id, l.document_id, l.direction, l.state, l.urgency, l.type, l.day, l.due, l.issuer,
      l.handler_post, l.handler_unit
    FROM document d JOIN document_list l ON l.reader = -d.agency_id AND l.document_id = d.id
    WHERE d.id = NEW.document_id;
  IF NEW.part IN (4, 7) THEN
    UPDATE document_list SET handler_post = NEW.post_id,
        handler_unit = (SELECT unit_id FROM post WHERE id = NEW.post_id)
      WHERE document_id = NEW.document_id;
  END IF;
END
