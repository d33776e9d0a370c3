// The main job without a mouse, on the live pages: sign in, register, find and read, direct, sign.
// Every stop of the Tab key shows that it has the focus.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {launch, newPage} from './lib/browser.mjs';
import {kScan, steps} from './lib/main_job.mjs';
import {World, kPassword} from './lib/world.mjs';

const kMostTabs = 120;
const job = {};
const people = {};

before(async () => {
  job.world = await World.make({mail: false});
  job.browser = await launch();
});
after(async () => {
  await job.browser?.close();
  await job.world?.end();
});

const has = (page, selector) => page.evaluate((one) => document.activeElement.matches(one), selector);

/** What a sighted reader would not see as focused; null when it is seen. */
const unseen = (page) => page.evaluate(() => {
  const rings = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 && !/, 0\)$/.test(style.outlineColor)) || style.boxShadow !== 'none';
  };
  const element = document.activeElement;
  if (element === document.body || rings(element) || rings(element, '::after')) return null;
  if (element.nextElementSibling && element.matches('.file-input') && rings(element.nextElementSibling)) return null;
  return element.outerHTML.slice(0, 120);
});

/** Tab until the focus is on `selector`, and each stop on the way is seen. */
async function tabTo(page, selector, key = 'Tab') {
  for (let i = 0; i < kMostTabs; ++i) {
    if (await has(page, selector)) return;
    await page.keyboard.press(key);
    assert.equal(await unseen(page), null, 'a stop without a ring');
  }
  assert.fail(`${selector} is not reached by the keyboard on ${page.url()}`);
}

/** Signed in once for each account, by the keys too. */
async function pageOf(account) {
  if (people[account]) return people[account];
  const page = await newPage(job.browser);
  page.on('filechooser', () => {});  // From now on the browser hands its file dialogs to the test.
  await page.goto(`${job.world.url('province')}/sign-in`);
  await page.waitForFunction(() => document.activeElement.id === 'account');
  await page.keyboard.type(account);
  await page.keyboard.press('Tab');
  await page.keyboard.type(kPassword);
  await Promise.all([page.waitForURL((url) => url.pathname !== '/sign-in'), page.keyboard.press('Enter')]);
  return (people[account] = page);
}

const done = (page, what) => Promise.all([page.waitForURL(new RegExp(`done=${what}`)), page.keyboard.press('Control+Enter')]);

/** A list of the navigation, its first row, and the first field of what is to be done with it. */
async function openFirst(page, list, field) {
  await page.goto(job.world.url('province'));
  await tabTo(page, `.side-link[href="${list}"]`);
  await Promise.all([page.waitForURL(new RegExp(list)), page.keyboard.press('Enter')]);
  await page.keyboard.press('j');
  assert.ok(await has(page, '.row-link'));
  await page.keyboard.press('Enter');
  await page.waitForSelector(field);
  await page.keyboard.press('e');
  assert.ok(await has(page, field), `e goes to ${field}`);
}

test('the clerk registers a scan', async () => {
  const page = await pageOf('vanthu');
  await tabTo(page, '[href="/incoming/new"]');
  await Promise.all([page.waitForURL(/incoming\/new/), page.keyboard.press('Enter')]);
  await page.keyboard.press('e');
  assert.ok(await has(page, '#file'));
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')]);
  await Promise.all([page.waitForURL(/\/documents\/\d+/), chooser.setFiles(kScan)]);
  await page.keyboard.press('e');
  for (const [field, typed] of [['#notation', '1234/UBND-KGVX'], ['#issued_on', '06012026'], ['#issuer', 'Văn phòng Chính phủ'], ['#abstract', 'V/v đẩy mạnh cải cách hành chính']]) {
    assert.ok(await has(page, field), field);
    await page.keyboard.type(typed);
    await page.keyboard.press('Tab');
  }
  assert.equal(await page.inputValue('#issued_on'), '06/01/2026');
  await tabTo(page, '#urgency');
  await page.keyboard.type('Kh');
  job.incoming = new URL(page.url()).pathname;
  await done(page, 'registered');
  assert.equal((await page.textContent('.done-number')).trim(), '1');
});

test('the clerk finds it by the search and reads it', async () => {
  const page = await pageOf('vanthu');
  await page.keyboard.press('/');
  await page.keyboard.type('cai cach');
  await Promise.all([page.waitForURL(/\/search/), page.keyboard.press('Enter')]);
  await page.keyboard.press('j');
  await Promise.all([page.waitForURL(/\/documents\//), page.keyboard.press('Enter')]);
  await tabTo(page, '.sheets');
  await page.waitForFunction(() => document.querySelector('.page-image').complete);
  await page.keyboard.press('End');
  await page.waitForFunction(() => document.querySelector('.sheets').scrollTop > 0);
});

test('the clerk looks somebody up, by the search and in the directory', async () => {
  const page = await pageOf('vanthu');
  await page.keyboard.press('/');
  await page.keyboard.type('hoang nam');
  await Promise.all([page.waitForURL(/\/search/), page.keyboard.press('Enter')]);
  assert.equal(await page.textContent('mark'), 'Hoàng Nam');
  await page.keyboard.press('j');
  await Promise.all([page.waitForURL(/\/directory\?q=/), page.keyboard.press('Enter')]);
  assert.equal(await page.locator('.list-row').count(), 1);
  await tabTo(page, '[href="/directory/agencies"]');
  await Promise.all([page.waitForURL(/agencies/), page.keyboard.press('Enter')]);
  await tabTo(page, '#filter-q');
  await page.keyboard.type('nha trang');
  await Promise.all([page.waitForURL(/q=nha/), page.keyboard.press('Enter')]);
  assert.match(await page.textContent('.list-table'), /Ủy ban nhân dân phường Nha Trang/);
});

test('the leader directs', async () => {
  await steps['the head of office submits it'](job);
  const page = await pageOf('lanhdao');
  await openFirst(page, '/incoming/to-instruct', '#text');
  await page.keyboard.type('Giao chuyên viên chủ trì tham mưu văn bản trả lời.');
  await tabTo(page, '#workdays');
  await page.keyboard.press('Control+a');
  await page.keyboard.type('7');
  await tabTo(page, '[data-filter=assignees]');
  await page.keyboard.type('do hoang nam');
  await page.keyboard.press('Enter');
  assert.match(page.url(), /to-instruct/, 'Enter in the filter sends nothing');
  await tabTo(page, 'input[name=lead]');
  await page.keyboard.press('Space');
  await done(page, 'instructed');
});

test('the leader signs, after a look at the way back', async () => {
  await steps['the official sends a draft up'](job);
  await steps['the head of unit approves'](job);
  const page = await pageOf('lanhdao');
  await openFirst(page, '/outgoing/to-sign', '#pin');
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  for (let i = 0; i < 6; ++i) {
    // The browser's own controls take their turn; nothing of the page below does.
    assert.ok(await page.evaluate(() => document.activeElement === document.body || Boolean(document.activeElement.closest('dialog[open]'))), 'the dialog keeps the focus');
    await page.keyboard.press('Tab');
  }
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('dialog[open]').count(), 0);
  await page.keyboard.press('e');
  await page.keyboard.type(kPassword);
  await done(page, 'signed');
});

test('no page had a fault of its scripts or its content policy', () => {
  for (const [account, page] of Object.entries(people)) assert.deepEqual(page.faults, [], account);
});
