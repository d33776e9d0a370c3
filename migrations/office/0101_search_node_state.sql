-- How far an index has come. Apart from search_node, because this row changes all the time.
CREATE TABLE IF NOT EXISTS search_node_state (
  node_id BIGINT NOT NULL PRIMARY KEY,
  generation BIGINT NOT NULL DEFAULT 0 COMMENT 'of the newest commit of the index that is known to be durable',
  seen_at DATETIME(6) NOT NULL COMMENT 'an index that nobody has fed for long is forgotten'
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
