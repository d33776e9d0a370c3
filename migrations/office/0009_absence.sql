-- A person is away, first_day to last_day inclusive.
CREATE TABLE IF NOT EXISTS absence (
  person_id BIGINT NOT NULL,
  first_day DATE NOT NULL,
  last_day DATE NOT NULL,
  PRIMARY KEY (person_id, first_day),
  CONSTRAINT absence_days_are CHECK (first_day <= last_day),
  CONSTRAINT absence_person_is FOREIGN KEY (person_id) REFERENCES person (id)
) ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_unicode_520_ci;
