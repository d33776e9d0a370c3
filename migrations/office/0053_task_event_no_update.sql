-- The history feeds the rating of people: it is never rewritten.
CREATE TRIGGER IF NOT EXISTS task_event_no_update BEFORE UPDATE ON task_event
FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'task_event is append-only: UPDATE refused';
