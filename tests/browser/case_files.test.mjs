// A case file's life in the browser: the year's list is written and put in force, an official opens a
// file from it, lays documents in, closes it and hands it in; the clerk, who keeps the archive, gives
// it back and then takes it. Outside tools read what is taken out.
import assert from 'node:assert/strict';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before} from 'node:test';
import {axe, launch} from './lib/browser.mjs';
import {chain} from './lib/chain.mjs';
import {pageOf, steps} from './lib/main_job.mjs';
import {run} from './lib/process.mjs';
import {World} from './lib/world.mjs';

const job = {};
const kTitle = 'Thực hiện kế hoạch cải cách hành chính năm 2026';

before(async () => {
  job.world = await World.make({mail: false});
  job.browser = await launch();
});
after(async () => {
  await job.browser?.close();
  await job.world?.end();
});

const {step, check} = chain(() => job.world.logs());
const people = {clerk: 'vanthu', leader: 'lanhdao', official: 'chuyenvien1'};
const as = (who) => pageOf(job, 'province', people[who]);
const at = (path) => `${job.world.url('province')}${path}`;

async function saved(page, path, name) {
  const answer = await page.request.get(at(path));
  assert.equal(answer.status(), 200, path);
  const file = join(job.world.folder, name);
  writeFileSync(file, await answer.body());
  return file;
}

// The main job up to the direction: the official has a document.
for (const [name, act] of Object.entries(steps).slice(0, 3)) step(name, () => act(job));

step('the clerk writes the list of the year', async () => {
  const page = await as('clerk');
  await page.goto(at('/case-lists/2026'));
  for (const [code, title] of [['01.TCCB', 'Tuyển dụng viên chức'], ['03.CCHC', kTitle]]) {
    await page.fill('#act-code', code);
    await page.fill('#act-title', title);
    await page.keyboard.press('Control+Enter');
    await page.waitForSelector(`td:has-text("${title}")`);
  }
  await page.fill('#act-code', '01.tccb');
  await page.fill('#act-title', 'Trùng số');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('#act-code-error');
  assert.equal(await page.inputValue('#act-title'), 'Trùng số', 'what was typed stays');
  assert.deepEqual(await axe(page), []);
});

step('the leader puts it in force', async () => {
  const page = await as('leader');
  await page.goto(at('/case-lists/2026'));
  await page.click('text=Ban hành danh mục');
  await page.waitForSelector('text=Ban hành lúc');
});

step('the official opens a file from it and lays the document in', async () => {
  const page = await as('official');
  await page.goto(at('/case-lists/2026'));
  await page.locator('a', {hasText: 'Mở hồ sơ'}).last().click();
  await page.waitForURL(/case-files\/new/);
  assert.equal(await page.inputValue('#act-title'), kTitle);
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/case-files\/\d+$/);
  job.file = new URL(page.url()).pathname;
  await page.goto(at('/tasks/mine'));
  await page.locator('.list-link').first().click();
  await page.waitForSelector('.others-title');
  await page.keyboard.press('o');
  await page.click('text=Đưa vào hồ sơ');
  await page.waitForSelector('#act-file');
  assert.deepEqual(await axe(page), []);
  await page.check('#act-file input');
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('text=Đã đưa văn bản vào hồ sơ');
  await page.goto(at(job.file));
  assert.equal(await page.locator('.list-row').count(), 1);
  assert.deepEqual(await axe(page), []);
});

step('a file that is closed takes nothing more, and goes to the archive', async () => {
  const page = await as('official');
  await page.goto(at(`${job.file}?do=close`));
  await page.keyboard.press('Control+Enter');
  await page.waitForSelector('text=Nộp lưu trữ >> nth=0');
  assert.equal(await page.locator('#find').count(), 0);
  await page.goto(at('/case-files?tab=closed'));
  await page.click('text=Nộp các hồ sơ đã chọn');
  await page.waitForSelector('text=Chưa chọn hồ sơ nào');
  await page.goto(at('/case-files?tab=closed'));
  await page.check('[name=file]');
  await page.click('text=Nộp các hồ sơ đã chọn');
  await page.waitForURL(/hand-ins\/\d+$/);
});

step('the archive gives it back, and takes it the second time', async () => {
  const clerk = await as('clerk');
  await clerk.goto(at('/case-files/hand-ins'));
  await clerk.locator('.row-link').first().click();
  await clerk.fill('#reason', 'Thiếu văn bản trả lời');
  await clerk.click('text=Trả lại >> nth=-1');
  await clerk.waitForSelector('blockquote');
  const official = await as('official');
  await official.goto(at(`${job.file}?do=hand-in`));
  await official.waitForSelector('#step');
  await official.keyboard.press('Control+Enter');
  await official.waitForSelector('text=chờ lưu trữ nhận');
  await clerk.goto(at('/case-files/hand-ins'));
  await clerk.locator('.row-link').first().click();
  await clerk.waitForSelector('#answer-title');
  await clerk.keyboard.press('Control+Enter');
  await clerk.waitForSelector('text=Đã nhận');
  assert.deepEqual(await job.world.query('province', 'SELECT state FROM case_file'), [['4']]);
});

check('the lists print with their columns', async () => {
  const page = await as('clerk');
  // A cell breaks long words: white space says nothing.
  const textOf = async (path, name) => (await run('pdftotext', [await saved(page, path, name), '-'])).replace(/\s+/g, '');
  const lists = await textOf('/case-files/hand-ins/2/lists.pdf', 'lists.pdf');
  for (const words of ['MỤCLỤCHỒSƠ,TÀILIỆUNỘPLƯU', 'BIÊNBẢNGIAONHẬN', '03.CCHC']) assert.ok(lists.includes(words), words);
  const contents = await textOf(`${job.file}/contents.pdf`, 'contents.pdf');
  for (const words of ['MỤCLỤCVĂNBẢN,TÀILIỆU', '1234/UBND-KGVX']) assert.ok(contents.includes(words), words);
});

check('the package holds the bytes of the record with their checksums', async () => {
  const zip = await saved(await as('official'), `${job.file}/package.zip`, 'file.zip');
  const out = join(job.world.folder, 'unpacked');
  await run('python3', ['-c', `import zipfile; zipfile.ZipFile(${JSON.stringify(zip)}).extractall(${JSON.stringify(out)})`]);
  const said = await run('bash', ['-c', `cd ${JSON.stringify(out)} && sha256sum -c checksums.sha256 && python3 -c "import xml.dom.minidom as m; m.parse('index.xml')"`]);
  assert.match(said, /files\/0001\/.*\.pdf: OK/);
});

check('no page had a fault of its scripts or its content policy', () => {
  for (const [account, page] of Object.entries(job.pages)) assert.deepEqual(page.faults, [], account);
});
