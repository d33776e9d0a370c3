-- One line of the year's list, with the columns of NĐ 30/2020, Phụ lục V.
CREATE TABLE IF NOT EXISTS case_list_entry (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  list_id BIGINT NOT NULL,
  position SMALLINT UNSIGNED NOT NULL,
  heading VARCHAR(200) NOT NULL DEFAULT '' COMMENT 'đề mục',
  code VARCHAR(40) NOT NULL COMMENT 'số và ký hiệu hồ sơ: 01.TCCB',
  title VARCHAR(500) NOT NULL,
  retention_years SMALLINT UNSIGNED NULL COMMENT 'NULL: permanent',
  keeper_post BIGINT NULL COMMENT 'người lập',
  note VARCHAR(500) NOT NULL DEFAULT '',
  UNIQUE KEY code_in_list (list_id, code),
  CONSTRAINT entry_of_list FOREIGN KEY (list_id) REFERENCES case_list (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
