// What the script adds to the pages: keys, dialogs, filters without accents, upload with progress,
// opening a row beside its list, one click that counts once.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, beforeEach, test} from 'node:test';
import {kSizes, launch, newPage} from './lib/browser.mjs';
import {build, renderAll, renderSample, root, serve} from './lib/pages.mjs';

const out = join(build, 'browser-behaviour');
const scan = join(root, 'tests/data/documents/cong-van-1234-UBND-KGVX.pdf');
let site;
let browser;
let posts = [];
let answer;

// A server that keeps what was posted and answers as the test wants.
function act(request, response) {
  if (request.method !== 'POST') {
    const path = new URL(request.url, 'http://x').pathname;
    if (path === '/deadline') return response.end('Đến hết thứ Tư, 21/01/2026'), true;
    if (!/^\/documents\/\d+$/.test(path)) return false;
    response.writeHead(200, {'Content-Type': 'text/html; charset=utf-8'});
    return response.end(readFileSync(join(out, 'submit.html'))), true;
  }
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    posts.push({path: request.url, body: Buffer.concat(parts).toString('latin1')});
    answer(response);
  });
  return true;
}
const redirect = (to) => (response) => response.writeHead(303, {Location: to}).end();
const show = (status, name) => (response) =>
  response.writeHead(status, {'Content-Type': 'text/html; charset=utf-8'}).end(readFileSync(join(out, `${name}.html`)));

before(async () => {
  await renderAll(out);
  await renderSample(out);
  site = await serve(out, act);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});
beforeEach(() => {
  posts = [];
  answer = redirect('/registered');
});

async function open(name, size = kSizes.desktop) {
  const page = await newPage(browser, {viewport: size});
  await page.goto(`${site.base}/${name}`);
  return page;
}
const focused = (page, what) => page.evaluate((name) => document.activeElement.getAttribute(name), what);

test('the slash key goes to the search, Escape leaves it', async () => {
  const page = await open('documents');
  await page.keyboard.press('/');
  assert.equal(await focused(page, 'id'), 'q');
  assert.equal(await page.inputValue('#q'), '');
  await page.keyboard.press('Escape');
  assert.notEqual(await focused(page, 'id'), 'q');
  await page.context().close();
});

test('j and k move through the list and Enter opens the row beside it', async () => {
  const page = await open('clerk_inbox');
  await page.keyboard.press('j');
  assert.match(await focused(page, 'href'), /\/documents\/43/);
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  assert.match(await focused(page, 'href'), /\/documents\/41/);
  await page.evaluate(() => (document.querySelector('#list').dataset.kept = 'yes'));
  await page.keyboard.press('Enter');
  await page.waitForSelector('input[name=leader]');
  assert.equal(await page.getAttribute('#list', 'data-kept'), 'yes', 'the list was not loaded anew');
  assert.match(page.url(), /\/documents\/41/);
  assert.match(await page.getAttribute('.row-item.is-current .row-link', 'href'), /\/41/);
  await page.goBack();
  await page.waitForSelector('#notation');
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('letters rest while somebody types', async () => {
  const page = await open('clerk_inbox');
  await page.fill('#notation', '');
  await page.type('#notation', 'rjk/?');
  assert.equal(await page.inputValue('#notation'), 'rjk/?');
  assert.ok(!await page.isVisible('#return'));
  await page.context().close();
});

test('the question mark shows the keys, Escape closes them', async () => {
  const page = await open('today');
  await page.keyboard.press('?');
  assert.ok(await page.isVisible('#keys'));
  await page.keyboard.press('Escape');
  assert.ok(!await page.isVisible('#keys'));
  await page.context().close();
});

test('f widens the document and is remembered', async () => {
  const page = await open('clerk_inbox');
  await page.keyboard.press('f');
  assert.ok(!await page.isVisible('#list'));
  await page.reload();
  assert.ok(!await page.isVisible('#list'));
  await page.keyboard.press('f');
  assert.ok(await page.isVisible('#list'));
  await page.context().close();
});

test('returning a draft asks for what must change', async () => {
  const page = await open('review');
  await page.keyboard.press('r');
  assert.ok(await page.isVisible('#return'));
  assert.equal(await focused(page, 'id'), 'remark');
  await page.fill('#remark', 'Bổ sung số liệu.');
  await page.click('#return .btn-primary');
  await page.waitForURL(/registered/);
  assert.equal(posts[0].path, '/documents/60/return');
  assert.match(decodeURIComponent(posts[0].body), /_csrf=c5f1.*remark=Bổ\+sung/);
  await page.context().close();
});

test('a dangerous act is asked about first', async () => {
  const page = await open('today');
  await page.click('details[data-menu] summary');
  const everywhere = page.locator('[formaction="/sign-out/everywhere"]');
  await everywhere.click();
  assert.ok(await page.isVisible('#confirm'));
  await page.click('#confirm [value=no]');
  assert.equal(posts.length, 0);
  await page.click('details[data-menu] summary');
  await everywhere.click();
  await page.click('#confirm [value=yes]');
  await page.waitForURL(/registered/);
  assert.equal(posts[0].path, '/sign-out/everywhere');
  await page.context().close();
});

test('receivers are found without accents, and the button counts them', async () => {
  const page = await open('issue');
  await page.fill('[data-filter=receivers]', 'phuong bac nha');
  const visible = page.locator('#receivers li:visible');
  assert.equal(await visible.count(), 1);
  assert.match(await visible.textContent(), /Bắc Nha Trang/);
  await visible.locator('input').check();
  assert.match(await page.textContent('.btn-main'), /Phát hành đến 3 nơi/);
  await page.click('.chip >> nth=0');
  assert.match(await page.textContent('.btn-main'), /Phát hành đến 2 nơi/);
  await page.fill('[data-filter=receivers]', 'xyz');
  assert.equal(await visible.count(), 0);
  await page.context().close();
});

test('one unit cannot lead and support; phrases and the deadline in words help', async () => {
  const page = await open('instruct');
  await page.check('[name=support][value=u2]');
  assert.ok(!await page.isChecked('[name=lead][value=u2]'));
  await page.check('[name=lead][value=u6]');
  assert.ok(!await page.isChecked('[name=support][value=u6]'));
  await page.fill('#text', '');
  await page.click('.phrase >> nth=2');
  assert.equal(await page.inputValue('#text'), 'Báo cáo kết quả trước hạn.');
  await page.fill('#workdays', '11');
  await page.waitForFunction(() => document.getElementById('due-preview').textContent.includes('21/01'));
  await page.keyboard.press('Control+Enter');
  await page.waitForURL(/registered/);
  assert.match(posts[0].body, /lead=u6/);
  assert.deepEqual(page.faults, []);
  await page.context().close();
});

test('what is missing or wrong is said beside its field and goes when it is filled', async () => {
  const page = await open('clerk_inbox');
  await page.fill('#abstract', '');
  await page.fill('#issued_on', '31/02/2026');
  await page.press('#issued_on', 'Tab');
  assert.match(await page.textContent('.field:has(#issued_on) .field-error'), /Ngày không đúng/);
  await page.click('.btn-main');
  assert.equal(posts.length, 0);
  assert.equal(await focused(page, 'id'), 'issued_on', 'the first wrong field has the focus');
  assert.match(await page.textContent('.field:has(#abstract) .field-error'), /Xin điền mục này/);
  assert.equal(await page.getAttribute('#abstract', 'aria-invalid'), 'true');
  await page.fill('#abstract', 'V/v mới');
  assert.equal(await page.locator('.field:has(#abstract) .field-error').count(), 0);
  await page.fill('#issued_on', '28/02/2026');
  await page.click('.btn-main');
  await page.waitForURL(/registered/);
  assert.equal(posts.length, 1);
  await page.context().close();
});

test('after a refusal the summary has the focus, and its lines lead to the fields', async () => {
  const page = await open('register_errors');
  assert.equal(await focused(page, 'role'), 'alert');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page, 'aria-invalid'), 'true');
  await page.context().close();
});

test('the e key and the second skip link go to the first field of the step', async () => {
  const page = await open('clerk_inbox');
  await page.keyboard.press('e');
  assert.equal(await focused(page, 'id'), 'notation');
  await page.reload();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page, 'href'), '#step');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page, 'id'), 'notation');
  await page.context().close();
});

test('before the scan is there only the scan is asked for', async () => {
  const page = await open('register_new');
  assert.ok(await page.isVisible('.file-face'));
  assert.ok(!await page.isVisible('#notation'));
  await page.context().close();
});

test('a long abstract leaves room for the page until it is asked for', async () => {
  const page = await open('long_values');
  const height = () => page.evaluate(() => document.getElementById('reading-title').offsetHeight);
  const short = await height();
  assert.ok(short < 70, `${short} px`);
  await page.click('[data-clamp-more]');
  assert.ok(await height() > short);
  await page.click('[data-clamp-more]');
  assert.equal(await height(), short);
  await page.context().close();
});

test('dates may be typed in short', async () => {
  const page = await open('clerk_inbox');
  for (const [typed, shown] of [['6/1/2026', '06/01/2026'], ['06012026', '06/01/2026'], ['xx', 'xx']]) {
    await page.fill('#issued_on', typed);
    await page.press('#issued_on', 'Tab');
    assert.equal(await page.inputValue('#issued_on'), shown);
  }
  await page.context().close();
});

test('a second click on a button that signs does nothing', async () => {
  answer = (response) => setTimeout(() => redirect('/registered')(response), 300);
  const page = await open('sign');
  await page.fill('#pin', '1234');
  await page.evaluate(() => {
    const button = document.querySelector('.btn-main');
    button.click();
    button.click();
  });
  await page.waitForURL(/registered/);
  assert.equal(posts.length, 1);
  await page.context().close();
});

test('a chosen scan goes at once, with progress, and its page is opened', async () => {
  answer = redirect('/clerk_inbox');
  const page = await open('register_new');
  await page.setInputFiles('#file', scan);
  await page.waitForURL(/clerk_inbox/);
  assert.equal(posts[0].path, '/incoming/uploads');
  assert.match(posts[0].body, /name="_csrf"\r\n\r\nc5f1/);
  assert.match(posts[0].body, /filename="cong-van[\s\S]*%PDF-/);
  await page.context().close();
});

test('a draft is sent with progress; a refusal is shown in place', async () => {
  answer = show(422, 'register_errors');
  const page = await open('task');
  await page.setInputFiles('#file', scan);
  assert.equal(await page.textContent('[data-file-name]'), 'cong-van-1234-UBND-KGVX.pdf');
  await page.click('.btn-main');
  await page.waitForSelector('[role=alert]');
  assert.match(await page.textContent('[role=alert]'), /Chưa vào sổ/);
  assert.match(page.url(), /\/task$/);
  answer = redirect('/registered');
  await page.context().close();
});

test('a file that is no PDF is not sent', async () => {
  const page = await open('register_new');
  await page.setInputFiles('#file', {name: 'thu.docx', mimeType: 'application/msword', buffer: Buffer.from('x')});
  assert.match(await page.evaluate(() => document.getElementById('file').validationMessage), /không phải PDF/);
  assert.equal(posts.length, 0);
  await page.context().close();
});

test('a lost connection is told and taken back', async () => {
  const page = await open('clerk_inbox');
  await page.context().setOffline(true);
  await page.waitForSelector('.offline');
  await page.context().setOffline(false);
  await page.waitForSelector('.offline', {state: 'detached'});
  await page.context().close();
});

test('the menu of a narrow screen opens, keeps the focus and closes', async () => {
  const page = await open('today', kSizes.phone);
  assert.ok(!await page.isVisible('#nav'));
  await page.click('.top-menu');
  assert.ok(await page.isVisible('#nav'));
  assert.equal(await page.evaluate(() => document.getElementById('nav').contains(document.activeElement)), true);
  await page.keyboard.press('Escape');
  assert.ok(!await page.isVisible('#nav'));
  await page.context().close();
});

test('the password can be shown, and a demonstration account fills the form', async () => {
  const page = await open('sign_in');
  await page.click('[data-fill-account="pct.tinh"]');
  assert.equal(await page.inputValue('#account'), 'pct.tinh');
  assert.equal(await focused(page, 'id'), 'password');
  await page.click('[data-reveal]');
  assert.equal(await page.getAttribute('#password', 'type'), 'text');
  await page.context().close();
});

test('x selects rows, and what can be done with them appears', async () => {
  const page = await open('list_bulk');
  assert.ok(!await page.isVisible('#bulk'));
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.click('#bulk button');
  await page.waitForURL(/registered/);
  assert.equal(posts[0].path, '/incoming/submit');
  assert.match(posts[0].body, /id=41&id=42/);
  await page.context().close();
});
