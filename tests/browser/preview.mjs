// For design work: renders the page fixtures, takes screenshots at each size, and prints what axe-core
// and the browser find wrong.   node tests/browser/preview.mjs [FIXTURE...] [--lang=en] [--sizes=phone,wide]
import {join} from 'node:path';
import {axe, kSizes, launch, newPage, shot, sideways} from './lib/browser.mjs';
import {build, names, renderAll, renderSample, serve} from './lib/pages.mjs';

const args = process.argv.slice(2);
const option = (name, otherwise) => args.find((arg) => arg.startsWith(`--${name}=`))?.split('=')[1] ?? otherwise;
const chosen = args.filter((arg) => !arg.startsWith('--'));
const sizes = option('sizes', Object.keys(kSizes).join(',')).split(',');
const out = join(build, 'preview');

console.log((await renderAll(out, option('lang', 'vi'))).trim());
await renderSample(out);
const site = await serve(out);
const browser = await launch();
for (const name of chosen.length ? chosen : names()) {
  for (const size of sizes) {
    const page = await newPage(browser, {viewport: kSizes[size]});
    await page.goto(`${site.base}/${name}`, {waitUntil: 'load'});
    await page.evaluate(() => document.fonts.ready);
    await shot(page, join(out, 'shots'), `${name}.${size}`);
    for (const fault of [...page.faults, ...await axe(page)]) console.log(`${name} ${size}: ${fault}`);
    if (await sideways(page)) console.log(`${name} ${size}: scrolls sideways by ${await sideways(page)} px`);
    await page.context().close();
  }
}
await browser.close();
await site.close();
