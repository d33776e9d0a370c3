-- The change feed: which documents an index has to read again. A row is removed once the index holds the
-- document's new state, so a transaction that commits late is met late and never passed over; the order
-- of ids means nothing. Ids come from UUID_SHORT(), because AUTO_INCREMENT would lock the table for each
-- INSERT ... SELECT.
CREATE TABLE IF NOT EXISTS search_change (
  node_id BIGINT NOT NULL,
  id BIGINT NOT NULL,
  document_id BIGINT NOT NULL,
  changed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (node_id, id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
