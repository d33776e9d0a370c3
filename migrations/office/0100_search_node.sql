-- The search indexes that are fed from this database, one for each data directory of an office. Written
-- only under LOCK TABLES (eoffice/search/feed.cpp): every transaction that a trigger below belongs to
-- reads this table, so whoever holds the lock knows that none of them is still under way.
CREATE TABLE IF NOT EXISTS search_node (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(64) NOT NULL COMMENT 'the directory of the index',
  registered_at DATETIME(6) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
