-- What changed of a document changes in every list that it stands in.
CREATE TRIGGER IF NOT EXISTS document_list_on_change AFTER UPDATE ON document FOR EACH ROW
BEGIN
  IF NOT (BINARY NEW.issuer_name = OLD.issuer_name AND BINARY NEW.type_name = OLD.type_name) THEN
    INSERT INTO list_name (name) SELECT v.name
    FROM (SELECT NEW.issuer_name COLLATE utf8mb4_unicode_520_ci name
      UNION SELECT NEW.type_name COLLATE utf8mb4_unicode_520_ci) v
      WHERE NOT EXISTS (SELECT 1 FROM list_name n WHERE n.name = v.name)
      ON DUPLICATE KEY UPDATE name = list_name.name;
  END IF;
  IF NOT (NEW.state = OLD.state AND NEW.urgency = OLD.urgency AND BINARY NEW.type_name = OLD.type_name
      AND BINARY NEW.issuer_name = OLD.issuer_name AND NEW.due_date <=> OLD.due_date
      AND (NEW.direction = 1 OR NEW.issued_date <=> OLD.issued_date)) THEN
    UPDATE document_list l
      JOIN list_name n ON n.name = NEW.issuer_name COLLATE utf8mb4_unicode_520_ci
      JOIN list_name t ON t.name = NEW.type_name COLLATE utf8mb4_unicode_520_ci
      SET l.state = NEW.state, l.urgency = NEW.urgency, l.type = t.id, l.issuer = n.id,
        l.due = COALESCE(NEW.due_date, '9999-12-31'),
        l.day = IF(NEW.direction = 2, COALESCE(NEW.issued_date, DATE(NEW.created_at + INTERVAL 7 HOUR)), l.day)
      WHERE l.document_id = NEW.id;
  END IF;
END
