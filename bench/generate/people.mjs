// The people of the office: a province, its departments and wards, units, 5,000 persons with posts and
// accounts. Small enough to be written as plain INSERTs.
import {departments, fold, nameOf, wards} from './words.mjs';

const kRole = {clerk: 1, official: 2, headOfUnit: 3, headOfOffice: 4, leader: 5, records: 6};
const kUnits = ['Văn phòng', 'Phòng Tổng hợp', 'Phòng Khoa giáo - Văn xã', 'Phòng Kinh tế', 'Phòng Nội chính', 'Phòng Kế hoạch - Tài chính', 'Phòng Tổ chức', 'Phòng Hạ tầng', 'Phòng Đất đai', 'Phòng Nghiệp vụ 1',
  'Phòng Nghiệp vụ 2', 'Phòng Công nghệ thông tin'];
const quoted = (value) => value === null ? 'NULL' : typeof value === 'number' ? `${value}` : `'${value.replace(/[\\']/g, '\\$&')}'`;
const row = (values) => `(${values.map(quoted).join(',')})`;

function* inserts(table, columns, rows) {
  for (let i = 0; i < rows.length; i += 1000)
    yield `INSERT INTO ${table} (${columns}) VALUES ${rows.slice(i, i + 1000).map(row).join(',')};\n`;
}

/**
 * The agencies with their share of the documents, and everybody's seat.
 * `province`: id of the agency that is there; `first`: ids from which on all are free; `hash`: of a password.
 */
export function office({people, province, first, hash, seated}) {
  const agencies = [{id: province, share: 15, size: 0.06, units: 12}];
  const rows = {agency: [], unit: [], person: [], account: [], post: []};
  const add = (name, short, code, share, size, units, kind) => {
    const id = first + agencies.length;
    rows.agency.push([id, code, province, 3, kind, name, short, short, fold(`${name} ${short} ${code}`), 1]);
    agencies.push({id, share, size, units});
  };
  // A small office has fewer of them, not fewer people in each.
  const some = (list) => list.slice(0, Math.max(2, Math.round(list.length * people / 5000)));
  const [sections, communes] = [some(departments), some(wards)];
  sections.forEach(([name, short], i) => add(name, short, `H32.7${String(i).padStart(2, '0')}`, 50 / sections.length, 0.40 / sections.length, 8, 3));
  communes.forEach((name, i) => add(`Ủy ban nhân dân phường ${name}`, `UBND ${name}`, `H32.8${String(i).padStart(2, '0')}`, 35 / communes.length, 0.54 / communes.length, 4, 4));
  const seats = [];  // [agency, role, n, post, headPost, unit]
  let person = first;
  let unit = first;
  agencies.forEach((agency, index) => {
    const taken = {};
    const seat = (role, post, head, unitId) => seats.push([index, role, taken[role] = (taken[role] ?? -1) + 1, post, head ?? post, unitId]);
    for (const [post, role, unitId] of index === 0 ? seated : []) seat(role, post, null, unitId);
    const units = Array.from({length: agency.units}, (_, i) => {
      rows.unit.push([unit, agency.id, kUnits[i], kUnits[i], fold(kUnits[i]), `GEN.${unit}`]);
      return {id: unit++, head: null};
    });
    const sit = (role, title, unitId, head) => {
      const id = person++;
      rows.person.push([id, nameOf(id), fold(nameOf(id)), `p${id}@khanhhoa.gov.vn`]);
      rows.account.push([id, `p${id}`, hash]);
      rows.post.push([id, id, agency.id, unitId, role, title]);
      seat(role, id, head, unitId);
      return id;
    };
    for (let i = 0; i < 2; ++i) sit(kRole.clerk, 'Văn thư', units[0].id);
    sit(kRole.headOfOffice, 'Chánh Văn phòng', units[0].id);
    for (let i = 0; i < 3; ++i) sit(kRole.leader, i ? 'Phó Chủ tịch' : 'Chủ tịch', null);
    sit(kRole.records, 'Lưu trữ', units[0].id);
    for (const one of units) one.head = sit(kRole.headOfUnit, 'Trưởng phòng', one.id);
    const left = Math.max(agency.units, Math.round(people * agency.size) - 7 - agency.units);
    for (let i = 0; i < left; ++i) sit(kRole.official, 'Chuyên viên', units[i % units.length].id, units[i % units.length].head);
  });
  let sql = '';
  const put = (table, columns, list) => { for (const text of inserts(table, columns, list)) sql += text; };
  put('agency', 'id, code_qd20, parent_id, level, kind, name, short_name, notation, search_text, hosted', rows.agency);
  put('unit', 'id, agency_id, name, short_name, search_text, code', rows.unit);
  put('person', 'id, name, search_text, mail', rows.person);
  put('account', 'person_id, login, password_hash', rows.account);
  put('post', 'id, person_id, agency_id, unit_id, role, title', rows.post);
  sql += 'CREATE TABLE gen_seat (agency SMALLINT, role TINYINT, n SMALLINT, post BIGINT, head BIGINT, unit BIGINT NULL, PRIMARY KEY (agency, role, n));\n';
  put('gen_seat', 'agency, role, n, post, head, unit', seats);
  return {sql, agencies, people: rows.person.length};
}
