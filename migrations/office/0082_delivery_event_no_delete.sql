-- As above.
CREATE TRIGGER IF NOT EXISTS delivery_event_no_delete BEFORE DELETE ON delivery_event
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'delivery_event is append-only: DELETE refused';
