-- What happened to a document on its way is evidence: it is never rewritten.
CREATE TRIGGER IF NOT EXISTS delivery_event_no_update BEFORE UPDATE ON delivery_event
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'delivery_event is append-only: UPDATE refused';
