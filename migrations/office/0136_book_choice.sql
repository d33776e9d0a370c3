-- The book that a clerk chose last: it is offered first the next time.
CREATE TABLE IF NOT EXISTS book_choice (
  post_id BIGINT NOT NULL PRIMARY KEY,
  code VARCHAR(20) NOT NULL
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
