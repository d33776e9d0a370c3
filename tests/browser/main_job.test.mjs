// The main job of an office, from the scan to the last status, in a real browser over two offices, a
// hub and a mail server; at its end outside tools look at the database, the mailbox, the PDF and the
// envelope.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before} from 'node:test';
import {launch} from './lib/browser.mjs';
import {chain} from './lib/chain.mjs';
import {assignSecondTask, kDraft, delivery, look, pageOf, steps} from './lib/main_job.mjs';
import {build} from './lib/pages.mjs';
import {run, until} from './lib/process.mjs';
import {World} from './lib/world.mjs';

const job = {look: join(build, 'main_job')};

before(async () => {
  job.world = await World.make();
  job.browser = await launch();
});
after(async () => {
  await job.browser?.close();
  await job.world?.end();
});

const {step, check} = chain(() => job.world.logs());
for (const [name, act] of Object.entries(steps)) step(name, () => act(job));

async function sealedFile() {
  const id = job.outgoing.split('/').pop();
  const [[sha]] = await job.world.query('province', `SELECT sha256 FROM document_file WHERE document_id = ${id} AND kind = 5`);
  return job.world.blob('province', sha);
}

check('a scan that is refused is said beside its field, and the next one is taken', async () => {
  const page = await pageOf(job, 'province', 'vanthu');
  await page.goto(`${job.world.url('province')}/incoming/new`);
  const pdf = readFileSync(kDraft);
  for (const [buffer, reason] of [[Buffer.from('no PDF'), /không phải PDF/], [Buffer.alloc(0), /Tệp rỗng/], [pdf.subarray(0, pdf.length / 2), /./]]) {
    await page.locator('#file').evaluate((input) => { input.form.dataset.old = 'yes'; });
    await page.setInputFiles('#file', {name: 'quet.pdf', mimeType: 'application/pdf', buffer});
    await page.waitForSelector('#step:not([data-old]) #file-error');
    assert.match(await page.innerText('#file-error'), reason);
    assert.ok((await page.innerText('#side [data-problem]')).includes(await page.innerText('#file-error')));
    assert.ok(!await page.isVisible('#notation'), 'the file comes first');
  }
  await Promise.all([page.waitForURL(/\/documents\/\d+/), page.setInputFiles('#file', kDraft)]);
  assert.ok(await page.isVisible('#notation'));
});

check('pdfsig finds both signatures valid', async () => {
  const out = await run('pdfsig', ['-nocert', await sealedFile()]);
  assert.equal(out.match(/Signature is Valid/g)?.length, 2, out);
});

check('the number and the date stand on the page', async () => {
  const text = await run('pdftotext', ['-layout', await sealedFile(), '-']);
  assert.match(text, /Số:\s*01\s*\/UBND-KGVX/);
});

check('xmlsec1 verifies the envelope that was sent', async () => {
  const [[sha]] = await job.world.query('province', "SELECT blob_sha256 FROM exchange_outbox WHERE document_ref > 0 AND kind = 1 LIMIT 1");
  // It exits 0 only for a signature that is good and whose chain ends at the root; `run` throws otherwise.
  await run('xmlsec1', ['--verify', '--verification-time', '2026-11-24 12:00:00', '--trusted-pem', join(job.world.folder, 'pki/root.pem'), await job.world.blob('province', sha)]);
});

check('the ward has the bytes that the province sealed', async () => {
  const ward = await job.world.query('ward', `SELECT sha256 FROM document_file WHERE document_id = ${job.wardDocument.split('/').pop()}`);
  assert.deepEqual(readFileSync(await job.world.blob('ward', ward[0][0])), readFileSync(await sealedFile()));
});

check('each state of each receiver was told once', async () => {
  assert.deepEqual(await delivery(job, 'H32.21'), ['1', '2', '3', '5', '6', '8']);
  assert.deepEqual(await delivery(job, 'H32.2'), ['1', '2']);
});

check('a task that is not done is reminded before, on and after its day, each rung once', async () => {
  const {world} = job;
  await assignSecondTask(job);
  const [[task, due]] = await world.query('province', 'SELECT id, due_on FROM task ORDER BY id DESC LIMIT 1');
  assert.equal(due, '2026-12-01', 'five working days after Tuesday 24/11');
  const fires = () => world.query('province', `SELECT f.rung, f.role, COUNT(*) FROM reminder_fire f WHERE f.task_id = ${task} GROUP BY f.rung, f.role ORDER BY MIN(f.id)`);
  // A mail that the server took just before the office died is sent again under the same Message-ID: one mail.
  const mailsTo = (address) => new Set(world.mails().filter((mail) => mail.includes(`<${address}`)).map((mail) => /^Message-ID: (.*)$/m.exec(mail)[1]));
  const rungs = [['2026-11-26', 'before_3'], ['2026-11-30', 'before_1'], ['2026-12-01', 'due_day'], ['2026-12-02', 'late_1'], ['2026-12-04', 'late_3']];
  for (const [day, rung] of rungs) {
    world.moveTo(`${day}T10:00`);
    await until(async () => (await fires()).some(([name]) => name === rung), `the reminder ${rung}`);
    // Killed right after the rows were written: whatever was under way is taken up again, and nothing twice.
    await world.restart('province');
    world.moveTo(`${day}T10:20`);
    const sent = rungs.findIndex(([, name]) => name === rung) + 1;
    await until(() => mailsTo('nguyenthithuthao@').size === sent, `mail ${sent} to the holder`);
  }
  const all = await fires();
  assert.deepEqual([...new Set(all.map(([rung]) => rung))].filter((rung) => rung !== 'before_5'), rungs.map(([, rung]) => rung));
  assert.ok(all.every(([, , count]) => count === '1'), `no rung twice: ${all.join(' ')}`);
  // The holder from the third day before, the head of the unit from the last day before.
  await until(() => mailsTo('vothimyhanh@').size >= 3, 'the mails to the head of the unit');
  assert.equal(mailsTo('nguyenthithuthao@').size, rungs.length);
  const page = await pageOf(job, 'province', 'chuyenvien2');
  await page.goto(`${world.url('province')}/notifications`);
  await look(job, page, '16-notifications');
  delete job.pages.lanhdao;  // Days have passed: that session is over.
  const leader = await pageOf(job, 'province', 'lanhdao');
  await leader.goto(`${world.url('province')}/today`);
  await look(job, leader, '17-today-late');
  await leader.locator('a[href^="/tasks/late"]').first().click();
  await leader.waitForURL(/\/tasks\/late/);
  await look(job, leader, '18-late');
  assert.match(await leader.textContent('main'), /Trễ \d+ ngày làm việc/);
});

check('no page had a fault of its scripts or its content policy', async () => {
  for (const [account, page] of Object.entries(job.pages)) assert.deepEqual(page.faults, [], account);
});
