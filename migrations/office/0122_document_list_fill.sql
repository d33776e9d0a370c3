-- The documents that were there before.
INSERT IGNORE INTO list_name (name) SELECT issuer_name FROM document UNION SELECT type_name FROM document
-- @@
INSERT IGNORE INTO document_list (reader, document_id, direction, state, urgency, type, day, due, issuer,
  handler_post, handler_unit)
SELECT readers.reader, d.id, d.direction, d.state, d.urgency, t.id,
  COALESCE(IF(d.direction = 1, i.arrival_date, d.issued_date), DATE(d.created_at + INTERVAL 7 HOUR)),
  COALESCE(d.due_date, '9999-12-31'), n.id, lead.post_id, seat.unit_id
FROM document d
JOIN list_name n ON n.name = d.issuer_name COLLATE utf8mb4_unicode_520_ci
JOIN list_name t ON t.name = d.type_name COLLATE utf8mb4_unicode_520_ci
JOIN (SELECT -agency_id reader, id document_id FROM document
  UNION SELECT post_id, document_id FROM document_part) readers ON readers.document_id = d.id
LEFT JOIN incoming_document i ON i.document_id = d.id
LEFT JOIN (SELECT document_id, MAX(post_id) post_id FROM document_part WHERE part IN (4, 7) GROUP BY document_id) lead
  ON lead.document_id = d.id
LEFT JOIN post seat ON seat.id = lead.post_id
