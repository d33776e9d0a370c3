// The main job of an office, step by step as its people do it in the browser. Each step is a function
// of its own, so that the kill test can end a process after any of them. `job` carries what later steps
// need: addresses of documents, the number that was given.
import assert from 'node:assert/strict';
import {join} from 'node:path';
import {axe, newPage, shot, sideways, signIn} from './browser.mjs';
import {root} from './pages.mjs';
import {until} from './process.mjs';
import {kPassword} from './world.mjs';

const documents = join(root, 'tests/data/documents');
export const kScan = join(documents, 'cong-van-1234-UBND-KGVX-scan.pdf');
export const kDraft = join(documents, 'du-thao-tra-loi.pdf');

/** The signed-in page of an account, made once. */
export async function pageOf(job, office, account) {
  job.pages ??= {};
  if (!job.pages[account]) {
    const page = await newPage(job.browser);
    job.pages[account] = await signIn(page, job.world.url(office), account, kPassword);
  }
  return job.pages[account];
}

const url = (job, office, path) => job.world.url(office) + path;

/** What every page of the job must be: clean for axe-core, not wider than the window. */
export async function look(job, page, name) {
  if (!job.look) return;
  assert.deepEqual(await axe(page), [], `axe-core on ${name}`);
  assert.equal(await sideways(page), 0, `${name} scrolls sideways`);
  await shot(page, job.look, name);
}

/** Sends the step's form; a refusal is the test's error, in the page's own words. */
async function submitStep(page) {
  await page.click('#step button.btn-main');
  const refused = page.locator('#side .notice[role=alert]').first();
  const end = await Promise.race([page.waitForURL(/done=/).then(() => ''), refused.waitFor().then(() => refused.innerText())]);
  assert.equal(end, '', `refused: ${end}`);
}

export const steps = {
  async 'the clerk registers a scan'(job) {
    const page = await pageOf(job, 'province', 'vanthu');
    await page.goto(url(job, 'province', '/incoming/new'));
    await look(job, page, '01-new');
    await Promise.all([page.waitForURL(/\/documents\/\d+/), page.setInputFiles('#file', kScan)]);
    job.incoming = new URL(page.url()).pathname;
    await page.fill('#notation', '1234/UBND-KGVX');
    await page.fill('#issued_on', '06/01/2026');
    await page.fill('#issuer', 'Văn phòng Chính phủ');
    await page.fill('#abstract', 'V/v đẩy mạnh cải cách hành chính');
    await page.selectOption('#urgency', {label: 'Khẩn'});
    await look(job, page, '02-register');
    await submitStep(page);
    assert.match(await page.textContent('.done-number'), /^1$/);
    await look(job, page, '03-registered');
  },

  async 'the head of office submits it'(job) {
    const page = await pageOf(job, 'province', 'chanhvp');
    await page.goto(url(job, 'province', `${job.incoming}?list=to-submit`));
    await page.locator('.choice', {hasText: 'Nguyễn Văn An'}).click();
    await page.fill('textarea[name=note]', 'Đề nghị giao Phòng Khoa giáo - Văn xã chủ trì.');
    await look(job, page, '04-submit');
    await submitStep(page);
  },

  async 'the leader directs'(job) {
    const page = await pageOf(job, 'province', 'lanhdao');
    await page.goto(url(job, 'province', '/'));
    await look(job, page, '05-today');
    await page.goto(url(job, 'province', `${job.incoming}?list=to-instruct`));
    await page.fill('textarea[name=text]', 'Giao chuyên viên chủ trì tham mưu văn bản trả lời.');
    const row = (name) => page.locator('.assign-row:not(.is-unit)', {hasText: name});
    await row('Đỗ Hoàng Nam').locator('input[name=lead]').check();
    for (const name of ['Nguyễn Thị Thu Thảo', 'Phan Thị Ngọc Diễm']) await row(name).locator('input[name=support]').check();
    await page.fill('input[name=workdays]', '5');
    await look(job, page, '06-instruct');
    await submitStep(page);
  },

  async 'the official sends a draft up'(job) {
    const page = await pageOf(job, 'province', 'chuyenvien1');
    await page.goto(url(job, 'province', '/tasks/mine'));
    await look(job, page, '07-tasks');
    await page.getByText('V/v đẩy mạnh cải cách hành chính').first().click();
    await page.waitForURL(/\/documents\//);
    await look(job, page, '08-task');
    await page.setInputFiles('#file', kDraft);
    // Where signature, number and date will go is said before anything is sent up.
    await page.waitForSelector('[data-places] input[name=upload]', {state: 'attached'});
    assert.match(await page.textContent('[data-places]'), /Chữ ký: trang \d+, thấy chỗ/);
    assert.equal(await page.getAttribute('#file', 'name'), null, 'the file is not sent a second time');
    await page.fill('#abstract', 'V/v báo cáo kết quả cải cách hành chính năm 2025');
    await look(job, page, '08-draft');
    await page.fill('textarea[name=note]', 'Kính trình.');
    await submitStep(page);
    job.outgoing = new URL(page.url()).pathname;
  },

  async 'the head of unit returns it once'(job) {
    const page = await pageOf(job, 'province', 'tp.kgvx');
    await page.goto(url(job, 'province', `${job.outgoing}?list=to-review`));
    await look(job, page, '09-review');
    await page.click('[data-dialog=return]');
    await page.fill('dialog textarea[name=remark]', 'Bổ sung số liệu quý IV.');
    await Promise.all([page.waitForURL(/done=returned/), page.locator('dialog[open] .dialog-foot button').first().click()]);
  },

  async 'the official revises it'(job) {
    const page = await pageOf(job, 'province', 'chuyenvien1');
    await page.goto(url(job, 'province', `${job.outgoing}?list=to-revise`));
    assert.match(await page.textContent('#side'), /Bổ sung số liệu quý IV/);
    await look(job, page, '10-revise');
    await page.setInputFiles('#file', kDraft);
    await submitStep(page);
  },

  async 'the head of unit approves'(job) {
    const page = await pageOf(job, 'province', 'tp.kgvx');
    await page.goto(url(job, 'province', `${job.outgoing}?list=to-review`));
    await submitStep(page);
  },

  async 'the leader signs'(job) {
    const page = await pageOf(job, 'province', 'lanhdao');
    await page.goto(url(job, 'province', `${job.outgoing}?list=to-sign`));
    await page.fill('#pin', kPassword);
    await look(job, page, '11-sign');
    await submitStep(page);
  },

  async 'the clerk numbers it'(job) {
    const page = await pageOf(job, 'province', 'vanthu');
    await page.goto(url(job, 'province', `${job.outgoing}?list=to-number`));
    await look(job, page, '12-number');
    await submitStep(page);
    assert.equal((await page.textContent('.done-number')).trim(), '01/UBND-KGVX');
  },

  async 'the clerk seals it'(job) {
    const page = await pageOf(job, 'province', 'vanthu');
    await page.goto(url(job, 'province', `${job.outgoing}?list=to-seal`));
    await page.fill('#pin', kPassword);
    await submitStep(page);
  },

  async 'the clerk issues it to two agencies'(job) {
    const page = await pageOf(job, 'province', 'vanthu');
    await page.goto(url(job, 'province', `${job.outgoing}?list=to-issue`));
    for (const code of ['H32.21', 'H32.2']) await page.locator(`input[name=receiver][value="${code}"]`).check({force: true});
    await look(job, page, '13-issue');
    await submitStep(page);
  },

  async 'the leader confirms that the task is done'(job) {
    const page = await pageOf(job, 'province', 'lanhdao');
    await page.goto(url(job, 'province', '/tasks/to-confirm'));
    await page.getByText('V/v đẩy mạnh cải cách hành chính').first().click();
    await page.waitForURL(/\/documents\//);
    await look(job, page, '13b-confirm');
    await Promise.all([page.waitForURL(/to-confirm$/), page.click('#confirm-yes')]);
    const states = await job.world.query('province', 'SELECT state FROM task ORDER BY id LIMIT 1');
    assert.deepEqual(states, [['5']], 'done');
  },

  async 'the ward has it'(job) {
    const rows = await until(async () => {
      const found = await job.world.query('ward', "SELECT id FROM document WHERE direction = 1 AND subject LIKE '%báo cáo kết quả%'");
      return found.length > 0 && found;
    }, 'the arrival at the ward');
    assert.equal(rows.length, 1, 'it arrived once');
    job.wardDocument = `/documents/${rows[0][0]}`;
    await until(async () => (await delivery(job, 'H32.21')).includes('3'), '01 at the province');
  },

  async 'the ward registers it with one click'(job) {
    const page = await pageOf(job, 'ward', 'vanthu.nt');
    await page.goto(url(job, 'ward', `${job.wardDocument}?list=to-register`));
    await look(job, page, '14-ward-register');
    await submitStep(page);
    await until(async () => (await delivery(job, 'H32.21')).includes('5'), '03 at the province');
  },

  async 'the ward directs it'(job) {
    const head = await pageOf(job, 'ward', 'chanhvp.nt');
    await head.goto(url(job, 'ward', `${job.wardDocument}?list=to-submit`));
    await head.locator('.choice', {hasText: 'Trần Hữu Phước'}).click();
    await submitStep(head);
    const leader = await pageOf(job, 'ward', 'chutich.nt');
    await leader.goto(url(job, 'ward', `${job.wardDocument}?list=to-instruct`));
    await leader.fill('textarea[name=text]', 'Xử lý, báo cáo.');
    await leader.locator('.assign-row', {hasText: 'Phạm Thị Quỳnh Như'}).locator('input[name=lead]').check();
    await submitStep(leader);
  },

  async 'the ward\'s official finishes it'(job) {
    const page = await pageOf(job, 'ward', 'chuyenvien1.nt');
    await page.goto(url(job, 'ward', `${job.wardDocument}?do=finish`));
    await page.fill('textarea[name=note]', 'Đã triển khai xong.');
    await look(job, page, '15-ward-finish');
    await submitStep(page);
    await until(async () => (await delivery(job, 'H32.21')).includes('8'), '06 at the province');
  },
};

/** Codes of what happened to the issued document at one receiver (exchange/delivery/states.h). */
export async function delivery(job, organ) {
  const id = job.outgoing.split('/').pop();
  const rows = await job.world.query('province', `SELECT e.state FROM delivery_event e JOIN exchange_receiver r USING (receiver_id) JOIN exchange_outbox o USING (outbox_id) WHERE o.document_ref = ${id} AND r.organ_canonical = '${organ}' ORDER BY e.event_id`);
  return rows.map(([state]) => state);
}

/** Another scan, another task: five working days for an official who will not do it. */
export async function assignSecondTask(job) {
  const clerk = await pageOf(job, 'province', 'vanthu');
  await clerk.goto(url(job, 'province', '/incoming/new'));
  await Promise.all([clerk.waitForURL(/\/documents\/\d+/), clerk.setInputFiles('#file', join(documents, 'cong-van-1234-UBND-KGVX.pdf'))]);
  const path = new URL(clerk.url()).pathname;
  for (const [field, text] of Object.entries({'#notation': '15/BC-STC', '#issued_on': '20/11/2026', '#issuer': 'Sở Tài chính', '#abstract': 'Báo cáo giải ngân vốn đầu tư công'})) await clerk.fill(field, text);
  await submitStep(clerk);
  const head = await pageOf(job, 'province', 'chanhvp');
  await head.goto(url(job, 'province', `${path}?list=to-submit`));
  await head.locator('.choice', {hasText: 'Nguyễn Văn An'}).click();
  await submitStep(head);
  const leader = await pageOf(job, 'province', 'lanhdao');
  await leader.goto(url(job, 'province', `${path}?list=to-instruct`));
  await leader.fill('textarea[name=text]', 'Thẩm tra, báo cáo.');
  await leader.locator('.assign-row', {hasText: 'Nguyễn Thị Thu Thảo'}).locator('input[name=lead]').check();
  await leader.fill('input[name=workdays]', '5');
  await submitStep(leader);
}
