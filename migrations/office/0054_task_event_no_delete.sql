-- As above.
CREATE TRIGGER IF NOT EXISTS task_event_no_delete BEFORE DELETE ON task_event
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'task_event is append-only: DELETE refused';
