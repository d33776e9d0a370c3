CREATE TABLE IF NOT EXISTS case_hand_in_file (
  hand_in_id BIGINT NOT NULL,
  case_file_id BIGINT NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  PRIMARY KEY (hand_in_id, case_file_id),
  KEY hand_ins_of_file (case_file_id),
  CONSTRAINT file_of_hand_in FOREIGN KEY (hand_in_id) REFERENCES case_hand_in (id),
  CONSTRAINT hand_in_of_file FOREIGN KEY (case_file_id) REFERENCES case_file (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
