// Many people at work at once: clerks who register, officials who read.
import {randomBytes} from 'node:crypto';
import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {percentile} from './figures.mjs';
import {padPdf} from './pdf.mjs';
import {kScan} from '../../tests/browser/lib/api_job.mjs';
import {Seat} from '../../tests/browser/lib/seat.mjs';

const kClients = 16;
const kRegisterSeconds = 20;
const kRegisterBudget = 300;  // a second
const kOfficials = 300;
const kMixSeconds = 60;
const kPause = 2000;          // milliseconds between two steps of one official, from 0.5 to 1.5 of it
const kMixBudget = 200;       // milliseconds, 99th percentile

const times = (lines) => lines.filter((line) => line.includes(' http.request ')).map((line) => Number(/ us=(\d+)/.exec(line)[1]) / 1000);
const wait = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Each registration: a file of 1 MB that nobody sent before, the document, its number. */
export async function measureRegistration(world) {
  const folder = mkdtempSync(join(tmpdir(), 'eo-register-'));
  const {file} = await padPdf(kScan, join(folder, 'scan.pdf'), 1);  // One piece: 1 MiB.
  const bytes = readFileSync(file);
  rmSync(folder, {recursive: true});
  const filler = bytes.indexOf('stream\n', bytes.length - (1 << 20) - 400) + 7;
  const seats = await Promise.all(Array.from({length: kClients}, () => Seat.signIn(world.url('province'), 'vanthu')));
  let done = 0;
  const took = [];
  const until = Date.now() + kRegisterSeconds * 1000;
  const began = Date.now();
  await Promise.all(seats.map(async (seat, client) => {
    while (Date.now() < until) {
      const began = performance.now();
      const mine = Buffer.from(bytes);
      randomBytes(16).copy(mine, filler);
      const upload = await seat.upload('scan.pdf', mine);
      const key = `bench-${client}-${randomBytes(9).toString('hex')}`;
      const document = await seat.post('/incoming-documents', {upload: {sha256: upload.sha256, name: 'scan.pdf'}, request_key: key});
      await seat.post(`/documents/${document.id}/registration`, {code_number: key.slice(-12), code_notation: 'VPCP-KGVX', issued_date: '2026-01-05', issuer_name: 'Văn phòng Chính phủ', subject: 'V/v cải cách hành chính', type: 'Công văn'});
      took.push(performance.now() - began);
      ++done;
    }
  }));
  const seconds = (Date.now() - began) / 1000;
  seats.forEach((seat) => seat.close());
  const [[gaps]] = await world.query('province', `SELECT COUNT(*) FROM (SELECT b.next_number - 1 - COUNT(*) missing FROM document_book b JOIN incoming_document i ON i.book_id = b.id WHERE b.direction = 1 GROUP BY b.id) x WHERE missing <> 0`);
  const rate = done / seconds;
  return [{what: `Registered with ${kClients} clients (upload of 1 MB, document, number: three durable requests; the clients share the cores)`, budget: `> ${kRegisterBudget}/s`,
    measured: `${rate.toFixed(0)}/s, median ${percentile(took, 0.5).toFixed(0)} ms, p99 ${percentile(took, 0.99).toFixed(0)} ms`, good: rate > kRegisterBudget},
  {what: 'Books of incoming documents with a gap', budget: '0', measured: gaps, good: Number(gaps) === 0}];
}

/** What an official does in a few minutes, over and over, each at their own pace. */
async function officialAt(seat, until) {
  const step = async (path) => {
    if (Date.now() > until) return;
    await seat.page(path);
    await wait(kPause * (0.5 + Math.random()));
  };
  await wait(Math.random() * kPause);
  while (Date.now() < until) {
    const rows = (await seat.get('/documents?size=50')).documents;
    await step('/tasks/mine');
    await step('/incoming/all-incoming');
    for (const row of rows.slice(0, 3)) await step(`/documents/${row.id}?list=all-incoming`);
    await step(`/incoming/all-incoming?after=${rows.at(-1)?.id ?? 1}`);
    await step('/documents?deadline=late&sort=due');
    await step('/notifications');
    await step('/outgoing/under-way');
  }
}

export async function measureMix(world) {
  const logins = await world.query('province', `SELECT a.login FROM post po JOIN account a ON a.person_id = po.person_id WHERE po.role = 2 AND po.person_id >= 1000000 ORDER BY CRC32(po.id) LIMIT ${kOfficials}`);
  const seats = [];
  for (const [login] of logins) seats.push(await Seat.signIn(world.url('province'), login));
  const lines = world.follow('province');
  const until = Date.now() + kMixSeconds * 1000;
  await Promise.all(seats.map((seat) => officialAt(seat, until)));
  const took = times(lines());
  seats.forEach((seat) => seat.close());
  const p99 = percentile(took, 0.99);
  return [{what: `${seats.length} officials at work, ${(took.length / kMixSeconds).toFixed(0)} requests a second`, budget: `p99 < ${kMixBudget} ms`,
    measured: `median ${percentile(took, 0.5).toFixed(1)}, p99 ${p99.toFixed(1)}, worst ${Math.max(...took).toFixed(0)} ms`, good: p99 < kMixBudget}];
}
