// The documents of the office, written by the database itself: each number of a sequence becomes a
// document by arithmetic on its number, so that the same number gives the same office and nothing is
// carried over a socket. Ids grow with time, as in a real office.
import {actions, fold, objects, outside, qualifiers, types} from './words.mjs';

const quoted = (text) => `'${text.replace(/[\\']/g, '\\$&')}'`;
const values = (list, row) => list.map((one, i) => `(${row(one, i)})`).join(',\n');
// A number below `sides`, another one for each `salt`: CRC32 mixes well enough and costs little.
const dice = (salt, sides) => `(CRC32(CONCAT(s.seq, '.${salt}')) % (${sides}))`;

/** Phrases and shares as tables, small enough to be looked up by key. */
export function words(agencies, issuers) {
  const weighted = types.flatMap(([code, name, weight]) => Array(weight).fill([code, name]));
  const shares = agencies.flatMap((agency, i) => Array(Math.max(1, Math.round(agency.share * 40))).fill(i));
  const bodies = [...issuers, ...outside, ...outside];
  return `
CREATE TABLE gen_phrase (kind TINYINT, n SMALLINT, text VARCHAR(200), folded VARCHAR(200), PRIMARY KEY (kind, n)) COLLATE utf8mb4_unicode_520_ci;
INSERT INTO gen_phrase VALUES ${[actions, objects, qualifiers, bodies].map((list, kind) => values(list, (text, i) => `${kind}, ${i}, ${quoted(text)}, ${quoted(fold(text))}`)).join(',\n')};
CREATE TABLE gen_type (n SMALLINT PRIMARY KEY, code VARCHAR(10), name VARCHAR(100), folded VARCHAR(100)) COLLATE utf8mb4_unicode_520_ci;
INSERT INTO gen_type VALUES ${values(weighted, ([code, name], i) => `${i}, ${quoted(code)}, ${quoted(name)}, ${quoted(fold(name))}`)};
CREATE TABLE gen_share (n SMALLINT PRIMARY KEY, agency SMALLINT, agency_id BIGINT);
INSERT INTO gen_share VALUES ${values(shares, (agency, n) => `${n}, ${agency}, ${agencies[agency].id}`)};
CREATE TABLE gen_room (agency SMALLINT, role TINYINT, seats SMALLINT, PRIMARY KEY (agency, role));
INSERT INTO gen_room SELECT agency, role, COUNT(*) FROM gen_seat GROUP BY agency, role;
-- Who takes which step, in the order of the work.
CREATE TABLE gen_step (direction TINYINT, ord TINYINT, kind TINYINT, who TINYINT, PRIMARY KEY (direction, ord));
INSERT INTO gen_step VALUES (1,1,1,0),(1,2,2,2),(1,3,3,3),(1,4,4,5),(1,5,11,6),(1,6,12,4), (2,1,6,4),(2,2,7,3),(2,3,8,0),(2,4,9,0),(2,5,10,0),(2,6,12,2);
CREATE TABLE gen_part (direction TINYINT, part TINYINT, who TINYINT, least TINYINT, PRIMARY KEY (direction, part, who));
INSERT INTO gen_part VALUES (1,1,1,2),(1,2,2,3),(1,3,3,3),(1,4,5,4),(1,5,6,5),(1,6,4,6), (2,7,5,0),(2,8,4,1),(2,9,3,2),(2,1,1,3),(2,6,6,6);
`;
}

/**
 * One plan row for each document: everything that the tables below need of it. `live`: the newest ones, on
 * which somebody still works; \`steps\` counts those that were opened, all but the last one closed.
 */
export function plan({count, first, live, days, shares, bodies, now}) {
  const seat = (alias, role, salt) => `JOIN gen_room r${alias} ON r${alias}.agency = h.agency AND r${alias}.role = ${role}
JOIN gen_seat ${alias} ON ${alias}.agency = h.agency AND ${alias}.role = ${role} AND ${alias}.n = ${dice(salt, `r${alias}.seats`)}`;
  return `
CREATE TABLE gen_document (id BIGINT PRIMARY KEY, agency_id BIGINT, direction TINYINT, state TINYINT, steps TINYINT, open TINYINT, urgency TINYINT, created_at DATETIME(6), day DATE, due DATE NULL,
  clerk BIGINT, office BIGINT, leader BIGINT, head BIGINT, lead BIGINT, support BIGINT, unit BIGINT NULL, type SMALLINT, issuer SMALLINT) COLLATE utf8mb4_unicode_520_ci;
INSERT INTO gen_document
SELECT p.id, p.agency_id, p.direction,
  CASE WHEN p.open = 0 THEN IF(p.direction = 1, IF(p.id % 97 = 0, 6, 5), 27)
    WHEN p.direction = 1 THEN ELT(p.steps, 1, 2, 3, 4, 4, 4) ELSE ELT(p.steps, 21, 23, 24, 25, 26, 26) END,
  p.steps, p.open, p.urgency, p.created_at, DATE(p.created_at + INTERVAL 7 HOUR),
  IF(p.due_in < 4, DATE(p.created_at + INTERVAL 7 HOUR) + INTERVAL 5 + p.due_in * 7 DAY, NULL),
  p.clerk, p.office, p.leader, p.head, p.lead, p.support, p.unit, p.type, p.issuer
FROM (SELECT STRAIGHT_JOIN ${first} + s.seq id, h.agency_id, IF(${dice('d', 10)} < 6, 1, 2) direction, s.seq > ${count - live} open,
    IF(s.seq > ${count - live}, 1 + ${dice('s', 6)}, 6) steps, 
    COALESCE(ELT(1 + ${dice('u', 40)}, 1, 1, 1, 2, 2, 3), 0) urgency,
    ${quoted(now)} - INTERVAL FLOOR((${count} - s.seq) * ${days * 86400} / ${count}) SECOND created_at, ${dice('e', 8)} due_in,
    c.post clerk, o.post office, l.post leader, w.head head, w.post lead, x.post support, w.unit unit, ${dice('t', 100)} type, ${dice('i', bodies)} issuer
  FROM seq_1_to_${count} s
  JOIN gen_share h ON h.n = ${dice('a', shares)}
  ${seat('c', 1, 'c')} ${seat('o', 4, 'o')} ${seat('l', 5, 'l')} ${seat('w', 2, 'w')} ${seat('x', 2, 'x')}) p;
`;
}

const kSymbol = `CONCAT(1 + d.id % 9000, '/', t.code, IF(t.code = '', '', '-'), 'UBND')`;

/**
 * Every table of the documents from the plan; each is filled in the order of its primary key. NOTE: with unique_checks
 * off, a duplicate in an empty table empties it again, so what IGNORE would pass over must not come.
 */
export function fill(first) {
  const who = `ELT(p.who, d.clerk, d.office, d.leader, d.head, d.lead, d.support)`;
  return [
    ['documents', `
INSERT INTO document (id, agency_id, direction, state, version, type_code, type_name, code_number, code_notation, issued_date, issuer_name, subject, urgency, signer_name, due_date, search_text,
  created_at, created_by_post, updated_at)
SELECT d.id, d.agency_id, d.direction, d.state, 1 + d.steps, t.code, t.name, 1 + d.id % 9000, CONCAT(t.code, IF(t.code = '', '', '-'), 'UBND'), d.day - INTERVAL d.id % 5 DAY,
  IF(d.direction = 1, b.text, a.name), CONCAT_WS(' ', v.text, o.text, NULLIF(q.text, '')), d.urgency, '', d.due,
  CONCAT_WS(' ', LOWER(${kSymbol}), v.folded, o.folded, NULLIF(q.folded, ''), IF(d.direction = 1, b.folded, ''), t.folded), d.created_at, d.clerk, d.created_at
FROM gen_document d JOIN gen_type t ON t.n = d.type JOIN agency a ON a.id = d.agency_id
JOIN gen_phrase v ON v.kind = 0 AND v.n = CRC32(d.id) % ${actions.length} JOIN gen_phrase o ON o.kind = 1 AND o.n = (CRC32(d.id) >> 5) % ${objects.length}
JOIN gen_phrase q ON q.kind = 2 AND q.n = (CRC32(d.id) >> 12) % ${qualifiers.length} JOIN gen_phrase b ON b.kind = 3 AND b.n = d.issuer`],
    ['books', `
INSERT INTO document_book (agency_id, direction, year, next_number)
SELECT agency_id, direction, YEAR(day), COUNT(*) + 1 FROM gen_document WHERE steps > IF(direction = 1, 1, 3) GROUP BY agency_id, direction, YEAR(day)
ON DUPLICATE KEY UPDATE next_number = next_number + VALUES(next_number) - 1`],
    ['numbers', `
CREATE TABLE gen_number (id BIGINT PRIMARY KEY, book BIGINT, number INT) SELECT d.id, b.id book,
  b.next_number - 1 - COUNT(*) OVER w + ROW_NUMBER() OVER (PARTITION BY b.id ORDER BY d.id) number
FROM gen_document d JOIN document_book b ON b.agency_id = d.agency_id AND b.direction = d.direction AND b.kind = 'common' AND b.year = YEAR(d.day)
WHERE d.steps > IF(d.direction = 1, 1, 3) WINDOW w AS (PARTITION BY b.id)`],
    ['incoming', `
INSERT INTO incoming_document (document_id, source, received_at, book_id, arrival_number, arrival_date)
SELECT d.id, 1 + d.id % 2, d.created_at, n.book, n.number, IF(n.number IS NULL, NULL, d.day) FROM gen_document d LEFT JOIN gen_number n ON n.id = d.id WHERE d.direction = 1`],
    ['outgoing', `
INSERT INTO outgoing_document (document_id, drafter_post, reviewer_post, signer_post, book_id, number, signed_at, numbered_at, sealed_at, issued_at, issued_by_post)
SELECT d.id, d.lead, d.head, d.leader, n.book, n.number, IF(d.steps > 2, d.created_at, NULL), IF(n.number IS NULL, NULL, d.created_at), IF(d.steps > 4, d.created_at, NULL),
  IF(d.state = 27, d.created_at, NULL), IF(d.state = 27, d.clerk, NULL) FROM gen_document d LEFT JOIN gen_number n ON n.id = d.id WHERE d.direction = 2`],
    ['files', `
INSERT INTO document_file (document_id, kind, version, name, media_type, sha256, size, pages, created_at, created_by_post)
SELECT d.id, IF(d.direction = 1, 1, IF(d.state = 27, 5, 2)), 1, CONCAT('van-ban-', d.id, '.pdf'), 'application/pdf', SHA2(d.id, 256), 20000 + CRC32(d.id) % 2000000, 1 + d.id % 9, d.created_at, d.clerk
FROM gen_document d`],
    ['steps', `
INSERT INTO document_step (document_id, agency_id, kind, assigned_post, assigned_role, opened_at, opened_by_post, done_at, done_by_post, outcome)
SELECT d.id, d.agency_id, p.kind, ${who}, IF(p.who = 0, 1, NULL), d.created_at + INTERVAL p.ord * 3 HOUR, d.clerk,
  IF(d.open AND p.ord = d.steps, NULL, d.created_at + INTERVAL p.ord * 3 + 2 HOUR), IF(d.open AND p.ord = d.steps, NULL, COALESCE(${who}, d.clerk)), IF(d.open AND p.ord = d.steps, NULL, 1)
FROM gen_document d JOIN gen_step p ON p.direction = d.direction AND p.ord <= d.steps`],
    ['parts', `
INSERT IGNORE INTO document_part (document_id, post_id, part, agency_id)
SELECT d.id, ${who}, p.part, d.agency_id FROM gen_document d JOIN gen_part p ON p.direction = d.direction AND p.least <= d.steps`],
    ['names', `INSERT IGNORE INTO list_name (name) SELECT text FROM gen_phrase WHERE kind = 3 UNION SELECT name FROM agency UNION SELECT name FROM gen_type`],
    ['names of each', `
CREATE TABLE gen_name (kind TINYINT, n BIGINT, id INT, PRIMARY KEY (kind, n));
INSERT INTO gen_name SELECT 0, t.n, n.id FROM gen_type t JOIN list_name n ON n.name = t.name;
INSERT INTO gen_name SELECT 1, b.n, n.id FROM gen_phrase b JOIN list_name n ON n.name = b.text WHERE b.kind = 3;
INSERT INTO gen_name SELECT 2, a.id, n.id FROM agency a JOIN list_name n ON n.name = a.name WHERE EXISTS (SELECT 1 FROM gen_share s WHERE s.agency_id = a.id)`],
    ['lists', `
INSERT INTO document_list (reader, document_id, direction, state, urgency, type, day, due, issuer, handler_post, handler_unit)
SELECT r.reader, d.id, d.direction, d.state, d.urgency, t.id, d.day, COALESCE(d.due, '9999-12-31'), n.id, IF(d.direction = 2 OR d.steps > 3, d.lead, NULL), IF(d.direction = 2 OR d.steps > 3, d.unit, NULL)
FROM (SELECT -agency_id reader, id FROM gen_document UNION ALL SELECT DISTINCT post_id, document_id FROM document_part WHERE document_id > ${first} ORDER BY 1, 2) r
STRAIGHT_JOIN gen_document d ON d.id = r.id STRAIGHT_JOIN gen_name t ON t.kind = 0 AND t.n = d.type
STRAIGHT_JOIN gen_name n ON n.kind = IF(d.direction = 1, 1, 2) AND n.n = IF(d.direction = 1, d.issuer, d.agency_id)`],
    ['instructions', `
INSERT INTO instruction (document_id, leader_post, written_by_post, text, due_date, created_at)
SELECT id, leader, leader, 'Giao chủ trì, tham mưu trả lời theo quy định.', due, created_at FROM gen_document WHERE direction = 1 AND steps > 3`],
    ['tasks', `
INSERT INTO task (id, scope_id, source_kind, source_id, assign_key, title, product, urgency, assigner_id, lead_id, lead_group_id, state, confirmation, deadline_kind, due_on, original_due_on, assigned_at,
  reported_at, reported_on, closed_at, version)
SELECT d.id, d.agency_id, 'document', d.id, CONCAT('generated-', d.id), o.subject, 'Văn bản trả lời', d.urgency, d.leader, d.lead, d.unit, IF(d.open, 2, 5), 2, IF(d.due IS NULL, 0, 1), d.due, d.due, d.created_at,
  IF(d.open, NULL, d.created_at + INTERVAL d.id % 40 DAY), IF(d.open, NULL, DATE(d.created_at + INTERVAL d.id % 40 DAY)), IF(d.open, NULL, d.created_at + INTERVAL d.id % 40 DAY), 2
FROM gen_document d JOIN document o ON o.id = d.id WHERE d.direction = 1 AND d.steps > 3 AND (d.open OR d.id % 3 = 0)`],
    ['parts of tasks', `
INSERT IGNORE INTO task_part (task_id, part, holder_id, group_id, is_open)
SELECT t.id, p.part, IF(p.part = 1, d.lead, IF(p.part = 2, d.support, d.leader)), IF(p.part = 1, d.unit, NULL), d.open
FROM task t JOIN gen_document d ON d.id = t.id JOIN (SELECT 1 part UNION SELECT 2 UNION SELECT 4) p WHERE t.id > ${first}`],
  ];
}
