// Every page fixture in a real browser: nothing that axe-core finds, no fault of script or content
// policy, no sideways scrolling from 360 to 1920 px, targets big enough, weight of the first visit,
// and what print shows.
import assert from 'node:assert/strict';
import {readFileSync, rmSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, describe, test} from 'node:test';
import {firstVisit} from '../../scripts/build_assets.mjs';
import {axe, kSizes, launch, newPage, sideways} from './lib/browser.mjs';
import {build, names, renderAll, renderSample, serve} from './lib/pages.mjs';
import {run} from './lib/process.mjs';

const out = join(build, 'browser-pages');
const languages = ['vi', 'en'];
let site;
let browser;

before(async () => {
  rmSync(out, {recursive: true, force: true});
  for (const language of languages) await renderAll(join(out, language), language);
  await renderSample(out);
  site = await serve(out);
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await site?.close();
});

async function open(name, size, options = {}) {
  const page = await newPage(browser, {viewport: size, ...options});
  // What a page asks for by itself after a while; the fixtures have no server behind them.
  await page.route(/\/(documents\/\d+|notifications\/bell|deadline)/, (route) => route.fulfill({status: 204}));
  await page.goto(`${site.base}/${options.language ?? 'vi'}/${name}`);
  return page;
}

describe('each page', () => {
  for (const name of names())
    test(name, async () => {
      const page = await open(name, kSizes.desktop);
      assert.deepEqual(await axe(page), []);
      assert.deepEqual(page.faults, []);
      for (const width of [1920, 1366, 1024, 768, 390, 360]) {
        await page.setViewportSize({width, height: 800});
        assert.equal(await sideways(page), 0, `sideways at ${width} px`);
        if (width === 390) assert.deepEqual(await axe(page), [], 'on a phone');
      }
      await page.context().close();
    });
});

test('targets are at least 24 px, main ones 36 px', async () => {
  for (const name of ['clerk_inbox', 'today', 'documents', 'issue', 'sign_in']) {
    const page = await open(name, kSizes.desktop);
    const small = await page.evaluate(() => [...document.querySelectorAll('.btn, .side-link, .tool, .bell, .form-control, .row-link')]
      .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 36 && !one.closest('td')).map((one) => one.className));
    assert.deepEqual(small, [], name);
    await page.context().close();
  }
});

test('a first visit weighs less than 150 KB with everything', () => {
  for (const name of ['sign_in', 'clerk_inbox', 'today']) {
    const {total, limit} = firstVisit(join(build, 'share/static'), readFileSync(join(out, 'vi', `${name}.html`)));
    assert.ok(total < limit, `${name}: ${total} bytes`);
  }
});

test('no page has inline script or style', () => {
  for (const name of names())
    assert.doesNotMatch(readFileSync(join(out, 'vi', `${name}.html`), 'utf8'), /<script(?![^>]* src=)|<style|\sstyle=|\son[a-z]+=|javascript:/);
});

test('the other language leaves nothing Vietnamese in the frame of a page', async () => {
  const page = await open('today_empty', kSizes.desktop, {language: 'en'});
  assert.equal(await page.getAttribute('html', 'lang'), 'en');
  assert.match(await page.textContent('#units-title'), /Tasks by unit/);
  await page.context().close();
});

test('without script the forms and the steps are still there', async () => {
  const page = await open('review', kSizes.desktop, {javaScriptEnabled: false});
  assert.ok(await page.isVisible('#return textarea'));
  assert.ok(await page.isVisible('.btn-main'));
  await page.context().close();
});

test('a phone goes from the list to the document to its details and back', async () => {
  const page = await open('clerk_inbox', kSizes.phone);
  assert.ok(await page.isVisible('#reading'));
  assert.ok(!await page.isVisible('#side'));
  await page.click('.to-side');
  assert.ok(await page.isVisible('#step'));
  assert.ok(!await page.isVisible('#reading'));
  await page.click('.side-back');
  assert.ok(await page.isVisible('#reading'));
  assert.match(await page.getAttribute('.reading-head .back', 'href'), /to-register/);
  await page.context().close();
});

test('the register prints landscape with the columns of the decree on each page, and says who printed', async () => {
  const page = await open('register_book', kSizes.desktop);
  const pdf = join(out, 'register_book.pdf');
  await page.pdf({path: pdf, preferCSSPageSize: true});
  await page.context().close();
  assert.match(await run('pdfinfo', [pdf]), /Page size:\s+84[12]\S* x 59[45]/);
  const text = await run('pdftotext', ['-layout', pdf, '-']);
  const pages = text.split('\f').filter((one) => one.trim());
  assert.ok(pages.length > 1);
  for (const [index, one] of pages.entries()) {
    assert.match(one, /\(1\).*\(10\)/, `page ${index + 1}`);
    assert.ok(one.includes(`${index + 1}/${pages.length}`), `page ${index + 1} of ${pages.length}`);
  }
  assert.match(text, /In từ hệ thống E-Office lúc 10:24/);
  assert.doesNotMatch(text, /Chờ vào sổ/);
});

test('lists print as lists, also where a document would stand beside them', async () => {
  for (const [name, said] of [['clerk_inbox_list', /V\/v đẩy mạnh cải cách hành chính/], ['tasks', /Nhiệm vụ\s+Chủ trì\s+Hạn/]]) {
    const page = await open(name, kSizes.desktop);
    const pdf = join(out, `${name}.pdf`);
    await page.pdf({path: pdf, preferCSSPageSize: true});
    await page.context().close();
    const text = await run('pdftotext', ['-layout', pdf, '-']);
    assert.match(text, said, name);
    assert.doesNotMatch(text, /Chọn một dòng|Thông báo/, name);
  }
});

test('a document prints as a slip: fields, instruction, history, no chrome', async () => {
  const page = await open('ward_finish', kSizes.desktop);
  const pdf = join(out, 'slip.pdf');
  await page.pdf({path: pdf, preferCSSPageSize: true});
  await page.context().close();
  const text = await run('pdftotext', ['-layout', pdf, '-']);
  assert.match(text, /PHIẾU XỬ LÝ VĂN BẢN/);
  assert.match(text, /Ý kiến chỉ đạo/);
  assert.match(text, /Quá trình xử lý/);
  assert.doesNotMatch(text, /Thông báo|Hoàn thành\s+Ctrl/);
});
