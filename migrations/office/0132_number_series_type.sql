-- Which types of documents a series numbers, or a book of incoming documents is chosen for.
CREATE TABLE IF NOT EXISTS number_series_type (
  series_id BIGINT NOT NULL,
  type_name VARCHAR(100) NOT NULL,
  PRIMARY KEY (series_id, type_name),
  CONSTRAINT type_of_series FOREIGN KEY (series_id) REFERENCES number_series (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
