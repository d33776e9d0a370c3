// An incoming document that goes the long way: the head of office prepares the instruction, the
// leader confirms it with one key, the head of unit passes it on, the official gives it back, it
// goes to another one and comes up again, finished.
import assert from 'node:assert/strict';
import {after, before} from 'node:test';
import {join} from 'node:path';
import {launch} from './lib/browser.mjs';
import {chain} from './lib/chain.mjs';
import {look, pageOf, steps} from './lib/main_job.mjs';
import {build} from './lib/pages.mjs';
import {World} from './lib/world.mjs';

const job = {look: join(build, 'routing')};

before(async () => {
  job.world = await World.make({mail: false});
  job.browser = await launch();
});
after(async () => {
  await job.browser?.close();
  await job.world?.end();
});

const {step, check} = chain(() => job.world.logs());
const open = async (account, query = '') => {
  const page = await pageOf(job, 'province', account);
  await page.goto(`${job.world.url('province')}${job.incoming}${query}`);
  return page;
};
/** Sends the form in the step's place with the page's main key. */
const send = async (page) => Promise.all([page.waitForURL(/done=/), page.keyboard.press('Control+Enter')]);
const choose = (page, field, name) => page.locator(`label:has(input[name=${field}])`, {hasText: name}).first().click();

step('the clerk registers a scan', () => steps['the clerk registers a scan'](job));
step('the head of office submits it', () => steps['the head of office submits it'](job));

step('the head of office prepares the instruction', async () => {
  const page = await open('chanhvp', '?do=propose');
  await choose(page, 'lead', 'Võ Thị Mỹ Hạnh');
  await page.fill('[name=text]', 'Giao Phòng Khoa giáo - Văn xã chủ trì tham mưu.');
  await page.fill('[name=workdays]', '8');
  await look(job, page, '01-propose');
  await send(page);
});

step('the leader confirms it with one key', async () => {
  const page = await open('lanhdao', '?list=to-instruct');
  assert.equal(await page.inputValue('textarea[name=text]'), 'Giao Phòng Khoa giáo - Văn xã chủ trì tham mưu.');
  await look(job, page, '02-proposed');
  await send(page);
  assert.match(await page.textContent('.chain'), /Dự thảo: /);
});

step('the head of unit passes it on', async () => {
  const page = await open('tp.kgvx', '?do=forward');
  await choose(page, 'lead', 'Đỗ Hoàng Nam');
  await page.fill('[name=text]', 'Nghiên cứu, dự thảo văn bản trả lời.');
  await page.fill('[name=workdays]', '5');
  await look(job, page, '03-forward');
  await send(page);
  assert.equal(await page.locator('.chain-step').count(), 2);
});

step('the official gives it back', async () => {
  const page = await open('chuyenvien1', '?do=return-up');
  await page.fill('[name=reason]', 'Đang phụ trách đợt kiểm tra, xin giao người khác.');
  await look(job, page, '04-return');
  await send(page);
  assert.match(await page.textContent('.chain'), /Đã trả lại/);
});

step('it is passed on again, and given to another lead', async () => {
  const page = await open('tp.kgvx', '?do=forward');
  await choose(page, 'lead', 'Đỗ Hoàng Nam');
  await page.fill('[name=text]', 'Xin vẫn làm giúp.');
  await send(page);
  await open('tp.kgvx', '?do=reassign');
  await choose(page, 'lead', 'Nguyễn Thị Thu Thảo');
  await page.fill('[name=reason]', 'Cân đối lại công việc.');
  await look(job, page, '05-reassign');
  await send(page);
  assert.match(await page.textContent('.chain'), /Đã thay/);
});

step('the result rises level by level', async () => {
  const lower = await open('chuyenvien2', '?do=finish');
  await lower.fill('#finish-note', 'Đã dự thảo báo cáo.');
  await send(lower);
  const upper = await open('tp.kgvx', '?do=finish');
  assert.match(await upper.textContent('.chain'), /Đã dự thảo báo cáo/);
  await upper.fill('#finish-note', 'Đã xong.');
  await send(upper);
  await look(job, upper, '06-finished');
});

check('the slip has the three parts of the form', async () => {
  const page = await pageOf(job, 'province', 'lanhdao');
  await page.goto(`${job.world.url('province')}${job.incoming}/slip`);
  await look(job, page, '07-slip');
  assert.equal(await page.locator('.slip-part').count(), 3);
  const pdf = await page.request.get(`${job.world.url('province')}${job.incoming}/slip.pdf`);
  assert.equal((await pdf.body()).subarray(0, 5).toString(), '%PDF-');
});
