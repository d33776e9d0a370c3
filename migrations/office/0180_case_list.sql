-- Danh mục hồ sơ: the year's list of the files that an agency will open (NĐ 30/2020, Điều 29).
CREATE TABLE IF NOT EXISTS case_list (
  id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,
  agency_id BIGINT NOT NULL,
  year SMALLINT UNSIGNED NOT NULL,
  state TINYINT UNSIGNED NOT NULL DEFAULT 1 COMMENT '1 draft, 2 in force',
  version INT UNSIGNED NOT NULL DEFAULT 1,
  issued_at DATETIME(6) NULL,
  issued_by_post BIGINT NULL,
  UNIQUE KEY list_of_year (agency_id, year)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4
