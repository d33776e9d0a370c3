// Server time of lists in an office of a million documents: every list that a person has, at its first,
// middle and last page.
import {percentile} from './figures.mjs';
import {Seat} from '../../tests/browser/lib/seat.mjs';

const kRounds = 30;
const kListBudget = 15;   // milliseconds, 99th percentile, for the least-privileged user
const kTodayBudget = 30;

const times = (lines) => lines.filter((line) => line.includes(' http.request ')).map((line) => Number(/ us=(\d+)/.exec(line)[1]) / 1000);

/** Somebody of that role in the province's own agency; of officials, whoever has most documents. */
async function somebody(world, role) {
  const [[login, reader]] = await world.query('province', `SELECT a.login, ${role === 2 ? 'po.id' : '-po.agency_id'} FROM post po JOIN account a ON a.person_id = po.person_id
    JOIN (SELECT agency_id FROM post GROUP BY agency_id ORDER BY SUM(person_id < 1000000) DESC LIMIT 1) g ON g.agency_id = po.agency_id
    WHERE po.role = ${role} AND po.person_id >= 1000000
    ORDER BY ${role === 2 ? '(SELECT COUNT(*) FROM document_list l WHERE l.reader = po.id) DESC,' : ''} po.id LIMIT 1`);
  const [[documents]] = await world.query('province', `SELECT COUNT(*) FROM document_list WHERE reader = ${reader}`);
  return {seat: await Seat.signIn(world.url('province'), login), reader, documents: Number(documents)};
}

/** The key of the row that stands at a share of the reader's documents. */
async function keyAt(world, person, share, order) {
  const place = Math.floor(person.documents * share);
  const by = {newest: 'document_id DESC', day: 'day DESC, document_id DESC', due: 'due, document_id'}[order];
  const [row] = await world.query('province', `SELECT document_id, DATE_FORMAT(day, '%Y%m%d'), DATE_FORMAT(due, '%Y%m%d') FROM document_list WHERE reader = ${person.reader} ORDER BY ${by} LIMIT 1 OFFSET ${place}`);
  return order === 'newest' ? row[0] : `${row[0]}.${order === 'day' ? row[1] : row[2]}`;
}

const boxes = {
  official: ['/outgoing/to-revise', '/outgoing/under-way'],
  clerk: ['/incoming/to-register', '/incoming/to-submit', '/incoming/registered', '/incoming/returned', '/outgoing/to-number', '/outgoing/to-seal', '/outgoing/to-issue', '/outgoing/issued'],
  leader: ['/incoming/to-instruct', '/outgoing/to-review', '/outgoing/to-sign'],
};
const views = [['documents', 'newest', ''], ['by day', 'day', 'sort=day'], ['by deadline', 'due', 'sort=due'], ['being handled', 'newest', 'state=directed'], ['finished, by day', 'day', 'state=finished&sort=day'],
  ['of one year', 'newest', 'year=2025'], ['of one issuer', 'newest', 'issuer=tai%20chinh'], ['a rare type', 'newest', 'type=Ch%E1%BB%89%20th%E1%BB%8B'], ['express', 'newest', 'urgency=hoa_toc'],
  ['overdue', 'due', 'deadline=late&sort=due'], ['nothing', 'newest', 'issuer=khong%20co%20ai']];

export async function measureLists(world) {
  const rows = [];
  for (const [who, role] of [['official', 2], ['clerk', 1], ['leader', 5]]) {
    const person = await somebody(world, role);
    const pages = [...boxes[who], '/incoming/all-incoming', '/outgoing/all-outgoing'].map((path) => [path, path, 'newest']);
    for (const [name, order, query] of views) pages.push([`/documents: ${name}`, `/documents?${query}`, order]);
    for (const [name, path, order] of pages) {
      const isBox = path.includes('/to-');
      const places = [['first', ''], ...isBox ? [] : [['middle', await keyAt(world, person, 0.5, order)], ['last', await keyAt(world, person, 0.9999, order)]]];
      const took = [];
      const byPlace = [];
      for (const [place, key] of places) {
        const url = key ? `${path}${path.includes('?') ? '&' : '?'}after=${key}` : path;
        await person.seat.page(url);
        const lines = world.follow('province');
        for (let i = 0; i < kRounds; ++i) await person.seat.page(url);
        const here = times(lines());
        took.push(...here);
        byPlace.push(`${place} ${percentile(here, 0.5).toFixed(1)}`);
      }
      const p99 = percentile(took, 0.99);
      rows.push({what: `${who} (${person.documents.toLocaleString('en')} documents): ${name}`, budget: `p99 < ${kListBudget} ms`, measured: `median ${byPlace.join(', ')}; p99 ${p99.toFixed(1)} ms`, good: p99 < kListBudget});
    }
    person.seat.close();
  }
  return rows;
}

export async function measureToday(world) {
  const leader = await somebody(world, 5);
  await leader.seat.page('/today');
  const lines = world.follow('province');
  for (let i = 0; i < kRounds * 3; ++i) await leader.seat.page('/today');
  const took = times(lines());
  leader.seat.close();
  const p99 = percentile(took, 0.99);
  return [{what: "The leader's first page", budget: `< ${kTodayBudget} ms`, measured: `median ${percentile(took, 0.5).toFixed(1)}, p99 ${p99.toFixed(1)} ms`, good: p99 < kTodayBudget}];
}
