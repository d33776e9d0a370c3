// Books and series on the live pages: a second book is decided on, a document goes into it, a number
// is voided and another reserved, the register is printed and read back by tools that are not ours.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {launch, newPage, signIn} from './lib/browser.mjs';
import {kScan} from './lib/main_job.mjs';
import {World, kPassword} from './lib/world.mjs';

let world, browser, page;
before(async () => {
  world = await World.make({mail: false});
  browser = await launch();
  page = await newPage(browser);
  await signIn(page, world.url('province'), 'vanthu', kPassword);
});
after(async () => {
  await browser?.close();
  await world?.end();
});

const open = (path) => page.goto(world.url('province') + path);
const sent = () => Promise.all([page.waitForLoadState('load'), page.waitForURL(/\/numbering$/), page.click('main .btn-main')]);

test('the head decides on a second book', async () => {
  await open('/numbering/division/incoming');
  await page.check('#division-groups');
  await page.fill('#name-0', 'Giấy mời');
  await page.check('label:has-text("Giấy mời")');
  await page.fill('#decided_by', 'Chủ tịch Trần Quốc Nam');
  await page.fill('#effective_from', '01/01/2020');
  await page.click('main .btn-main');
  await page.waitForSelector('#effective_from-error');
  await page.fill('#effective_from', '24/11/2026');
  await sent();
  assert.match(await page.textContent('main'), /Theo quyết định của Chủ tịch Trần Quốc Nam/);
});

test('an invitation is registered in its book', async () => {
  await open('/incoming/new');
  await page.setInputFiles('input[type=file]', kScan);
  await page.waitForSelector('#book');
  await page.selectOption('#book', {label: 'Giấy mời: số 1'});
  await page.fill('#notation', '12/GM-SGDĐT');
  await page.fill('#issued_on', '20/11/2026');
  await page.fill('#issuer', 'Sở Giáo dục và Đào tạo');
  await page.fill('#abstract', 'Mời dự lễ kỷ niệm ngày Nhà giáo Việt Nam');
  await page.selectOption('#type', 'Giấy mời');
  await Promise.all([page.waitForURL(/done=registered/), page.keyboard.press('Control+Enter')]);
});

test('a number is voided, another is reserved', async () => {
  await open('/numbering');
  await page.click('a[href="/numbering/series/incoming/giay-moi/void"]');
  await page.fill('#act-reason', 'Ghi nhầm trên sổ giấy');
  await sent();
  await page.click('a[href="/numbering/series/outgoing/common/reserve"]');
  await page.fill('#act-for_whom', 'Phòng Nội vụ');
  await page.fill('#act-reason', 'Quyết định khen thưởng đột xuất');
  await sent();
  const text = await page.textContent('main');
  for (const part of ['Ghi nhầm trên sổ giấy', 'Đang giữ', 'Phòng Nội vụ']) assert.ok(text.includes(part), part);
});

test('the register is printed and exported', async () => {
  await open('/books/incoming');
  await page.selectOption('#filter-book', {label: 'Giấy mời'});
  await Promise.all([page.waitForURL(/book=/), page.click('.filter button')]);
  assert.match(await page.textContent('.is-aside'), /Số bỏ trống: Ghi nhầm trên sổ giấy/);
  const kept = async (selector, name) => {
    const answer = await page.request.get(world.url('province') + await page.getAttribute(selector, 'href'));
    assert.equal(answer.status(), 200);
    const file = join(world.folder, name);
    writeFileSync(file, await answer.body());
    return file;
  };
  const pdf = await kept('a[href*="/file/pdf"]', 'book.pdf');
  const words = execFileSync('pdftotext', ['-layout', pdf, '-'], {encoding: 'utf8'});
  for (const part of ['Sổ đăng ký văn bản đến', 'Giấy mời', 'Từ số 1 đến số 2, 1 văn bản', 'Mời dự lễ kỷ niệm', 'Trang 2/2', 'In từ hệ thống']) {
    assert.ok(words.includes(part), `${part}\n${words}`);
  }
  assert.match(execFileSync('pdfinfo', [pdf], {encoding: 'utf8'}), /Page size: +841\.89 x 595\.276/);
  const xlsx = await kept('a[href*="/file/xlsx"]', 'book.xlsx');
  const cells = execFileSync('/usr/bin/python3', ['-c', 'import openpyxl,sys\nfor r in openpyxl.load_workbook(sys.argv[1]).active.iter_rows(values_only=True): print(len(r), r)', xlsx], {encoding: 'utf8'});
  assert.match(cells, /^10 \('Ngày đến', 'Số đến', 'Tác giả'/);
});

test('the report prints its formula', async () => {
  await open('/reports/handling?from=01/11/2026&to=24/11/2026');
  assert.match(await page.textContent('main'), /Tỷ lệ đúng hạn = xong đúng hạn ÷/);
});
