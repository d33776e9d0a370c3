// Debian's Chromium under Playwright, with a new empty profile, and what the tests ask of a page.
import {mkdirSync, readFileSync} from 'node:fs';
import {createRequire} from 'node:module';
import {dirname, join} from 'node:path';
import {chromium} from 'playwright-core';

const kFlags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--font-render-hinting=none'];
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const kRules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

export const kSizes = {
  desktop: {width: 1366, height: 768},
  phone: {width: 390, height: 844},
  wide: {width: 1920, height: 1080},
};

export function launch() {
  return chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: kFlags,
  });
}

/** A page of its own (no cookies shared). Faults of scripts and of the content policy are gathered in `page.faults`. */
export async function newPage(browser, options = {}) {
  const context = await browser.newContext({viewport: kSizes.desktop, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh', ...options});
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', (error) => page.faults.push(String(error)));
  page.on('console', (message) => {
    // What a form refuses is answered with 422 and shown; the console notes every such answer.
    if (message.type() === 'error' && !/status of 422/.test(message.text())) page.faults.push(message.text());
  });
  return page;
}

/** What axe-core finds wrong, one line for each element. Runs outside of the page's content policy. */
export async function axe(page, exclude = []) {
  await page.evaluate(axeSource);
  const result = await page.evaluate(
    ([rules, out]) => globalThis.axe.run({exclude: out}, {runOnly: {type: 'tag', values: rules}}),
    [kRules, exclude.map((one) => [one])]);
  return result.violations.flatMap((violation) =>
    violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} (${node.failureSummary?.split('\n')[1]?.trim() ?? violation.help})`));
}

/** How far the page can be scrolled sideways: 0 is right. */
export const sideways = (page) =>
  page.evaluate(() => document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth);

/** Sign-in as a person does it. Returns the page for chaining. */
export async function signIn(page, base, account, password) {
  await page.goto(`${base}/sign-in`);
  await page.fill('#account', account);
  await page.fill('#password', password);
  await Promise.all([page.waitForURL((url) => !url.pathname.startsWith('/sign-in')), page.click('button.btn-primary')]);
  return page;
}

/** A screenshot for the one who looks later: FOLDER/<name>.png. */
export async function shot(page, folder, name, options = {}) {
  const file = join(folder, `${name}.png`);
  mkdirSync(dirname(file), {recursive: true});
  await page.screenshot({path: file, ...options});
  return file;
}
