// Search on the live pages: what is registered is suggested while one types, found with its hits marked,
// narrowed down by counts that open what they count; by keyboard and on a phone.
import assert from 'node:assert/strict';
import {after, before, test} from 'node:test';
import {axe, kSizes, launch, newPage, shot, sideways, signIn} from './lib/browser.mjs';
import {steps} from './lib/main_job.mjs';
import {World, kPassword} from './lib/world.mjs';

const job = {};
let page;

before(async () => {
  job.world = await World.make({mail: false});
  job.browser = await launch();
  await steps['the clerk registers a scan'](job);
  page = job.pages.vanthu;
});
after(async () => {
  await job.browser?.close();
  await job.world?.end();
});

const at = (path) => job.world.url('province') + path;
const look = async (name) => {
  assert.deepEqual(await axe(page), [], `axe-core on ${name}`);
  assert.equal(await sideways(page), 0, `${name} scrolls sideways`);
  if (process.env.LOOK) await shot(page, process.env.LOOK, name);
};

test('what was just registered is suggested while one types', async () => {
  await page.goto(at('/directory'));
  await page.keyboard.press('/');
  await page.keyboard.type('cai cach hanh ch');
  await page.waitForSelector('#suggestions [role=option]');
  assert.equal(await page.getAttribute('#q', 'aria-expanded'), 'true');
  assert.match(await page.textContent('#suggestions mark'), /cải cách hành chính/);
  await look('search-suggestions');
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.getAttribute('#q', 'aria-activedescendant'), 'suggest-0');
  await page.keyboard.press('Escape');
  assert.ok(await page.isHidden('#suggestions'));
  assert.equal(await page.evaluate(() => document.activeElement.id), 'q', 'Escape closes the list first');
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('#suggestions [role=option]');
  await page.keyboard.press('ArrowDown');
  await Promise.all([page.waitForURL(/\/documents\//), page.keyboard.press('Enter')]);
  assert.equal(new URL(page.url()).pathname, job.incoming);
});

test('the results mark what was found and can be narrowed down', async () => {
  await page.goto(at('/search?q=cải+cách+hành+chính'));
  assert.equal((await page.textContent('.found-count')).trim(), '1 văn bản');
  assert.match(await page.textContent('.row-title mark'), /cải cách hành chính/);
  await look('search-results');
  await page.click('.search-filter summary');
  await page.selectOption('#filter-urgency', {label: 'Khẩn'});
  await Promise.all([page.waitForURL(/urgency=khan/), page.click('.filter .btn-line')]);
  assert.equal(await page.locator('.found .row-link').count(), 1);
  await page.goto(at('/search?q=cải+cách&urgency=hoa_toc'));
  assert.equal(await page.locator('.found .row-link').count(), 0);
  await look('search-none');
});

test('a filter that cannot be read is told, not left out', async () => {
  await page.goto(at('/search?q=tu:31/02/2026'));
  assert.match(await page.textContent('[role=alert]'), /31\/02\/2026/);
  await look('search-wrong');
});

test('it works on a phone', async () => {
  await page.setViewportSize(kSizes.phone);
  await page.goto(at('/search?q=cai+cach'));
  await look('search-phone');
  await page.fill('#q', 'cai cach');
  await page.waitForSelector('#suggestions [role=option]');
  await look('search-phone-suggestions');
  assert.deepEqual(page.faults, []);
});
