// The server's time for each page of the main job: from the request's head to the last byte of the
// answer, as the office logs it (`us`).
import {megabytes, memoryOf, median, percentile} from './figures.mjs';

const kRounds = 50;
const kBudget = 15;  // milliseconds

const microseconds = (lines) => lines.filter((line) => line.includes(' http.request ')).map((line) => Number(/ us=(\d+)/.exec(line)[1]));

/** Fills the office as an ordinary day does, and names the pages with who reads them. */
async function pagesOf(office) {
  const scans = [];
  for (let i = 1; i <= 30; ++i) scans.push(await office.receive());
  const registered = [];
  for (let i = 0; i < 25; ++i) registered.push(await office.register(scans[i], 100 + i));
  const submitted = [];
  for (let i = 0; i < 20; ++i) submitted.push(await office.submit(registered[i]));
  const directed = [];
  for (let i = 0; i < 15; ++i) directed.push(await office.direct(submitted[i]));
  const drafts = [];
  for (let i = 0; i < 6; ++i) drafts.push(await office.draft(`V/v trả lời văn bản số ${100 + i}`, {answers: directed[i]}));
  const up = [];
  for (let i = 0; i < 5; ++i) up.push(await office.sendUp(drafts[i]));
  const approved = [];
  for (let i = 0; i < 4; ++i) approved.push(await office.approve(up[i]));
  const signed = [];
  for (let i = 0; i < 3; ++i) signed.push(await office.sign(approved[i]));
  const numbered = [await office.number(signed[0]), await office.number(signed[1])];
  const sealed = await office.seal(numbered[0]);
  const issued = await office.sealed('V/v báo cáo kết quả năm 2025');
  await office.issue(issued, ['H32.21', 'H32.2']);
  const {tasks} = await office.official.get('/tasks?list=mine');
  const on = (document, list) => `/documents/${document.id}${list ? `?list=${list}` : ''}`;
  return [
    ['Take in a scan (form)', office.clerk, '/incoming/new'],
    ['List: to register', office.clerk, '/incoming/to-register'],
    ['Register', office.clerk, on(scans[29], 'to-register')],
    ['List: to submit', office.headOfOffice, '/incoming/to-submit'],
    ['Submit to a leader', office.headOfOffice, on(registered[24], 'to-submit')],
    ["The leader's first page", office.leader, '/today'],
    ['Direct', office.leader, on(submitted[19], 'to-instruct')],
    ['My tasks', office.official, '/tasks/mine'],
    ['A task', office.official, `/documents/${tasks[0].document}?task=${tasks[0].id}`],
    ['Answer', office.official, on(directed[14], 'to-handle')],
    ['Review', office.headOfUnit, on(up[4], 'to-review')],
    ['Sign', office.leader, on(approved[3], 'to-sign')],
    ['Number', office.clerk, on(signed[2], 'to-number')],
    ['Seal', office.clerk, on(numbered[1], 'to-seal')],
    ['Issue', office.clerk, on(sealed, 'to-issue')],
    ['Issued, with its deliveries', office.clerk, on(issued, 'issued')],
    ['All incoming documents', office.leader, '/incoming/all-incoming'],
    ['Tasks of the agency', office.leader, '/tasks/open'],
    ['Register of arrivals', office.clerk, '/books/incoming'],
    ['Register of departures', office.clerk, '/books/outgoing'],
    ['Notifications', office.official, '/notifications'],
    ['Directory', office.clerk, '/directory'],
  ];
}

export async function measurePages(world, office) {
  const rows = [];
  const pages = await pagesOf(office);
  for (const [name, seat, path] of pages) {
    await seat.page(path);
    const lines = world.follow('province');
    for (let i = 0; i < kRounds; ++i) await seat.page(path);
    const took = microseconds(lines()).map((us) => us / 1000);
    rows.push({what: `Page: ${name}`, budget: `< ${kBudget} ms`, measured: `median ${median(took).toFixed(1)} ms, p99 ${percentile(took, 0.99).toFixed(1)} ms`, good: median(took) < kBudget,
      median: median(took), p99: percentile(took, 0.99)});
  }
  rows.push({what: 'Office process after all pages', budget: '< 120 MB', measured: `${megabytes(memoryOf(world.pid('province'))).toFixed(0)} MB resident`, good: megabytes(memoryOf(world.pid('province'))) < 120});
  return rows;
}
