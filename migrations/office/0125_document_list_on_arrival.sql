-- An incoming document is sorted by the day on which it was registered, once there is one.
CREATE TRIGGER IF NOT EXISTS document_list_on_arrival AFTER UPDATE ON incoming_document FOR EACH ROW
BEGIN
  IF NEW.arrival_date IS NOT NULL AND NOT (NEW.arrival_date <=> OLD.arrival_date) THEN
    UPDATE document_list SET day = NEW.arrival_date WHERE document_id = NEW.document_id;
  END IF;
END
