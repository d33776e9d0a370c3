-- A new document stands in the list of its agency. UTC + 7 is the day in Asia/Ho_Chi_Minh, which has no summer time.
CREATE TRIGGER IF NOT EXISTS document_list_on_document AFTER INSERT ON document FOR EACH ROW
BEGIN
  INSERT INTO list_name (name) SELECT v.name
    FROM (SELECT NEW.issuer_name COLLATE utf8mb4_unicode_520_ci name
      UNION SELECT NEW.type_name COLLATE utf8mb4_unicode_520_ci) v
    WHERE NOT EXISTS (SELECT 1 FROM list_name n WHERE n.name = v.name)
    ON DUPLICATE KEY UPDATE name = list_name.name;
  INSERT INTO document_list (reader, document_id, direction, state, urgency, type, day, due, issuer)
    SELECT -NEW.agency_id, NEW.id, NEW.direction, NEW.state, NEW.urgency, t.id,
      COALESCE(IF(NEW.direction = 2, NEW.issued_date, NULL), DATE(NEW.created_at + INTERVAL 7 HOUR)),
      COALESCE(NEW.due_date, '9999-12-31'), n.id
    FROM list_name n, list_name t WHERE n.name = NEW.issuer_name COLLATE utf8mb4_unicode_520_ci
      AND t.name = NEW.type_name COLLATE utf8mb4_unicode_520_ci;
END
