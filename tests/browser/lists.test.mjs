// Lists in the browser: down a long list by the keys without losing its place, next and previous beyond the
// first page, a view that is saved and found again, and its export read by programs that are not ours.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {after, before, test} from 'node:test';
import {Office, kProvince} from './lib/api_job.mjs';
import {axe, launch, newPage, signIn} from './lib/browser.mjs';
import {World, kPassword} from './lib/world.mjs';

const kDocuments = 110;  // More than two pages of 50.
const job = {};

before(async () => {
  job.world = await World.make({mail: false});
  const office = await Office.open(job.world, 'province', {clerk: kProvince.clerk, headOfOffice: kProvince.headOfOffice, leader: kProvince.leader, official: kProvince.official});
  const first = await office.receive();
  await office.register(first, 1);
  for (let i = 1; i < kDocuments; ++i) await office.receive();
  office.close();
  job.browser = await launch();
  job.page = await newPage(job.browser, {acceptDownloads: true});
  await signIn(job.page, job.world.url('province'), 'vanthu', kPassword);
});
after(async () => {
  await job.browser?.close();
  await job.world?.end();
});

const url = (path) => `${job.world.url('province')}${path}`;
const idIn = (address) => Number(/\/documents\/(\d+)/.exec(address)[1]);
const rows = (page) => page.$$eval('.row-link', (links) => links.map((link) => Number(/\/documents\/(\d+)/.exec(link.href)[1])));

test('a list goes on page by page, and back, without repeating a row', async () => {
  const {page} = job;
  await page.goto(url('/incoming/to-register'));
  const seen = await rows(page);
  assert.equal(seen.length, 50);
  for (let turns = 0; turns < 2; ++turns) {
    await Promise.all([page.waitForURL(/after=/), page.click('.more:not(.more-before)')]);
    seen.push(...await rows(page));
  }
  assert.equal(await page.$('.more:not(.more-before)'), null);
  assert.equal(new Set(seen).size, kDocuments - 1);
  assert.equal(seen.length, kDocuments - 1);
  await Promise.all([page.waitForURL(/before=/), page.click('.more-before')]);
  assert.deepEqual(await rows(page), seen.slice(50, 100));
});

test('next and previous follow the list beyond its page, and the pane shows where one is', async () => {
  const {page} = job;
  await page.goto(url('/incoming/to-register'));
  const first = await rows(page);
  await page.goto(url(`/documents/${first[49]}?list=to-register`));
  assert.equal((await rows(page)).indexOf(first[49]), 49);
  await Promise.all([page.waitForURL((to) => idIn(to.href) !== first[49]), page.click('[data-next]')]);
  const next = idIn(page.url());
  assert.ok(!first.includes(next));
  assert.equal(await page.$eval('.row-item.is-current .row-link', (link) => Number(/\/documents\/(\d+)/.exec(link.href)[1])), next);
  await Promise.all([page.waitForURL((to) => idIn(to.href) === first[49]), page.click('[data-previous]')]);
});

test('a view is saved, found in the navigation, changed and deleted', async () => {
  const {page} = job;
  await page.goto(url('/documents'));
  await page.selectOption('#filter-state', 'registered');
  await page.selectOption('#filter-sort', 'day');
  await Promise.all([page.waitForURL(/state=registered/), page.click('.view-filter > .btn-line')]);
  assert.equal(await page.$$eval('.view-table tbody tr', (found) => found.length), 1);
  await page.click('.save-view summary');
  await page.fill('#view-name', 'Chờ trình của tôi');
  await Promise.all([page.waitForURL(/documents\?state=registered&sort=day$/), page.click('.save-card .btn-primary')]);
  const link = page.locator('.side-link', {hasText: 'Chờ trình của tôi'});
  assert.equal(await link.getAttribute('aria-current'), 'page');
  assert.equal(await page.textContent('h1'), 'Chờ trình của tôi');
  // A reader opens the row by the keys; the way back is the view.
  await page.keyboard.press('j');
  await Promise.all([page.waitForURL(/\/documents\/\d+\?list=documents/), page.keyboard.press('Enter')]);
  assert.equal(new URL(await page.getAttribute('.back', 'href'), page.url()).search, '?state=registered&sort=day');
  await link.click();
  await page.waitForSelector('.view-table');
  await page.click('.save-view summary');
  await page.fill('#view-name', 'Chờ trình, mới');
  await Promise.all([page.waitForLoadState('load'), page.click('.save-card .btn-primary')]);
  await page.waitForSelector('.side-link:has-text("Chờ trình, mới")');
  await page.click('.save-view summary');
  await page.click('.save-card [data-confirm]');
  await Promise.all([page.waitForURL(/\/documents$/), page.click('#confirm button[value=yes]')]);
  assert.equal(await page.locator('.side-link', {hasText: 'Chờ trình, mới'}).count(), 0);
});

test('the documents page has no fault that axe finds, open or narrow', async () => {
  const {page} = job;
  await page.goto(url('/documents?year=2026'));
  await page.click('.save-view summary');
  assert.deepEqual(await axe(page), []);
});

test('the export is read by others and holds what the view shows', async () => {
  const {page} = job;
  await page.goto(url('/documents?direction=incoming'));
  const [xlsx] = await Promise.all([page.waitForEvent('download'), page.click('a[href*=".xlsx"]')]);
  assert.match(xlsx.suggestedFilename(), /^van-ban-\d{4}-\d\d-\d\d\.xlsx$/);
  const count = execFileSync('python3', ['-c', 'import re, sys, zipfile; print(len(re.findall("<row ", zipfile.ZipFile(sys.argv[1]).read("xl/worksheets/sheet1.xml").decode())))', await xlsx.path()], {encoding: 'utf8'});
  assert.equal(Number(count), kDocuments + 1);
  const [csv] = await Promise.all([page.waitForEvent('download'), page.click('a[href*=".csv"]')]);
  const lines = execFileSync('python3', ['-c', 'import csv, sys; rows = list(csv.reader(open(sys.argv[1], encoding="utf-8-sig", newline=""))); print(len(rows), rows[0][0])', await csv.path()], {encoding: 'utf8'});
  assert.equal(lines.trim(), `${kDocuments + 1} Số đến`);
});
