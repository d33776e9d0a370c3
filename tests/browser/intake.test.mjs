// A scan is taken in: the office reads it by itself, the fields fill, the clerk confirms each with Enter
// and registers. What the clerk typed stays; a kill of the office in the midst costs nothing.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {axe, kSizes, launch, newPage, shot, sideways, signIn} from './lib/browser.mjs';
import {kScan} from './lib/main_job.mjs';
import {build} from './lib/pages.mjs';
import {until} from './lib/process.mjs';
import {World, kPassword} from './lib/world.mjs';

const kWait = 120_000;  // A page takes seconds; a busy machine several times that.
let world, browser, page;

before(async () => {
  world = await World.make({mail: false});
  browser = await launch();
  page = await signIn(await newPage(browser), world.url('province'), 'vanthu', kPassword);
});
after(async () => {
  await browser?.close();
  await world?.end();
});

const scan = readFileSync(kScan);
/** The same scan as another file. */
const another = (mark) => ({name: 'quet.pdf', mimeType: 'application/pdf', buffer: Buffer.concat([scan, Buffer.from(`\n%${mark}\n`)])});

async function takeIn(file) {
  await page.goto(`${world.url('province')}/incoming/new`);
  await Promise.all([page.waitForURL(/\/documents\/\d+/), page.setInputFiles('#file', file)]);
}
const filled = (id, value) => page.waitForFunction(([name, wanted]) => document.getElementById(name).value === wanted, [id, value], {timeout: kWait});
const focused = () => page.evaluate(() => document.activeElement.id || document.activeElement.className);

test('the fields of a scan fill by themselves, and never over what was typed', async () => {
  await takeIn(another('first'));
  await page.fill('#due_on', '25/01/2026');
  await filled('notation', '1234/UBND-KGVX');
  await filled('issued_on', '06/01/2026');
  await filled('issuer', 'Ủy ban nhân dân tỉnh Khánh Hòa');
  await filled('abstract', 'V/v đẩy mạnh cải cách hành chính');
  await filled('signer', 'Nguyễn Văn A');
  assert.equal(await page.inputValue('#due_on'), '25/01/2026');
  assert.ok(await page.locator('.field.is-read #notation').count());
  assert.ok(!await page.locator('.field.is-read #due_on').count());
  await page.waitForSelector('#reading-state:not([hx-get])', {timeout: kWait});
  assert.match(await page.innerText('.reading-line'), /Đã đọc 1 trang/);
});

test('a field with the focus shows where its value stands', async () => {
  await page.focus('#notation');
  const box = await page.locator('.found-box').boundingBox();
  const image = await page.locator('.page-image').first().boundingBox();
  assert.ok(box.x > image.x && box.x + box.width < image.x + image.width / 2, 'in the left half');
  assert.ok(box.y > image.y && box.y < image.y + image.height / 4, 'near the top');
  assert.deepEqual(await axe(page), []);
  assert.equal(await sideways(page), 0);
  await shot(page, join(build, 'intake'), 'read');
  await page.focus('#secrecy');
  assert.equal(await page.locator('.found-box').count(), 0);
});

test('Enter confirms each field, and at the end registers', async () => {
  await page.focus('#notation');
  const stops = [];
  for (let i = 0; i < 12 && !/btn-main/.test(stops.at(-1) ?? ''); ++i) {
    await page.keyboard.press('Enter');
    stops.push(await focused());
  }
  assert.deepEqual(stops.slice(0, 4), ['issued_on', 'issuer', 'abstract', 'type']);
  assert.match(stops.at(-1), /btn-main/);
  assert.equal(await page.locator('.field.is-read').count(), 0);
  await Promise.all([page.waitForURL(/done=registered/), page.keyboard.press('Enter')]);
  assert.match(await page.textContent('.done-number'), /^\d+$/);
});

test('the text stands beside the pages', async () => {
  await page.click('.file-tab:has-text("Văn bản dạng chữ")');
  await page.waitForSelector('#plain-text');
  assert.match(await page.innerText('#plain-text'), /báo cáo kết quả trước ngày 20 tháng 01 năm/);
  assert.deepEqual(await axe(page), []);
  await shot(page, join(build, 'intake'), 'text');
});

test('an office that was killed while it read goes on', async () => {
  await takeIn(another('second'));
  const state = async () => (await world.query('province', 'SELECT MAX(state = 2), MIN(state) FROM blob_text WHERE sha256 IN (SELECT sha256 FROM document_file WHERE kind = 1)'))[0];
  await until(async () => (await state())[0] === '1', 'the reading');
  await world.restart('province');
  await page.reload();
  await filled('notation', '1234/UBND-KGVX');
});

test('a phone shows the form without scrolling sideways', async () => {
  await page.setViewportSize(kSizes.phone);
  await page.goto(page.url().replace(/#.*/, '') + '#side');
  assert.equal(await sideways(page), 0);
  await shot(page, join(build, 'intake'), 'read.phone');
});
