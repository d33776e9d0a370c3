-- Every name that lists filter by (issuing bodies, types), once: a row of document_list holds a small number instead
-- of a long name. The collation finds a name whatever its accents and case (đ is d).
CREATE TABLE IF NOT EXISTS list_name (
  id INT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
  name VARCHAR(300) NOT NULL,
  UNIQUE KEY name_once (name)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_520_ci
