// Makes the static files of the pages: node scripts/build_assets.mjs OUT_DIR
// and weighs what a first visit costs:  node scripts/build_assets.mjs --weigh OUT_DIR
//
// app.css = the rules of Bootstrap whose classes a template or our script uses, then our own CSS.
// app.js = our script, each file in its own scope. Fonts, htmx and icons are copied.
import {copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {gzipSync} from 'node:zlib';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const sources = join(root, 'eoffice/web/static');
const modules = join(root, 'node_modules');
const kFirstPageLimit = 150 * 1024;

const read = (...parts) => readFileSync(join(...parts), 'utf8');
const filesOf = (folder, ending) => readdirSync(folder).filter((name) => name.endsWith(ending)).sort();

function templates(folder) {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) =>
    entry.isDirectory() ? templates(join(folder, entry.name)) :
      entry.name.endsWith('.mustache') ? [join(folder, entry.name)] : []);
}

// Every word of a class attribute, also inside of Mustache sections.
function usedClasses() {
  const used = new Set();
  for (const file of templates(join(root, 'templates')))
    for (const [, list] of read(file).matchAll(/class="([^"]*)"/g))
      for (const name of list.replace(/\{\{[^}]*\}\}/g, ' ').split(/\s+/)) used.add(name);
  return used;
}

// Rules of a style sheet: [prelude, body] pairs, at-rules with their whole block as body.
function* rules(css) {
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf('{', at);
    if (open < 0) return;
    let depth = 1;
    let end = open + 1;
    for (; depth > 0; ++end) depth += css[end] === '{' ? 1 : css[end] === '}' ? -1 : 0;
    yield [css.slice(at, open).trim(), css.slice(open + 1, end - 1)];
    at = end;
  }
}

// Commas inside of :is(), :not() do not part selectors.
const selectors = (prelude) => prelude.split(/,(?![^(]*\))/);

function keepUsed(css, used) {
  let out = '';
  for (const [prelude, body] of rules(css)) {
    if (/^@(-webkit-)?keyframes/.test(prelude)) continue;
    if (prelude.startsWith('@')) {
      const inner = keepUsed(body, used);
      if (inner) out += `${prelude}{${inner}}`;
      continue;
    }
    const kept = selectors(prelude).filter((selector) =>
      !selector.includes('theme=dark') && (selector.includes(':root') || !selector.includes('data-bs-')) &&
      [...selector.matchAll(/\.(-?[A-Za-z_][\w-]*)/g)].every(([, name]) => used.has(name)));
    if (kept.length) out += `${kept.join(',')}{${body}}`;
  }
  return out;
}

const squeeze = (css) => css.replace(/\/\*[\s\S]*?\*\//g, '').replace(/\s*\n\s*/g, '\n').replace(/\n+/g, '\n')
  .replace(/ ?([{};]) ?/g, '$1').replace(/;}/g, '}').trim();

function styles() {
  const bootstrap = read(modules, 'bootstrap/dist/css/bootstrap.min.css')
    .replace(/\/\*[\s\S]*?\*\//g, '').replace(/@charset "[^"]*";/, '');
  const ours = filesOf(join(sources, 'css'), '.css').map((name) => read(sources, 'css', name)).join('\n');
  return `${keepUsed(bootstrap, usedClasses())}\n${squeeze(ours)}\n`;
}

const script = () => filesOf(join(sources, 'js'), '.js')
  .map((name) => `(() => {\n'use strict';\n${read(sources, 'js', name)}})();\n`).join('');

const fonts = ['latin', 'latin-ext', 'vietnamese'].flatMap((subset) =>
  [400, 600].map((weight) => [`be-vietnam-pro-${subset}-${weight}.woff2`,
    `@fontsource/be-vietnam-pro/files/be-vietnam-pro-${subset}-${weight}-normal.woff2`]));

function build(out) {
  rmSync(out, {recursive: true, force: true});
  mkdirSync(out, {recursive: true});
  writeFileSync(join(out, 'app.css'), styles());
  writeFileSync(join(out, 'app.js'), script());
  for (const name of filesOf(sources, '.svg')) copyFileSync(join(sources, name), join(out, name));
  copyFileSync(join(modules, 'htmx.org/dist/htmx.min.js'), join(out, 'htmx.js'));
  for (const [name, from] of fonts) copyFileSync(join(modules, from), join(out, name));
}

// What a browser fetches on a first visit: all but the Latin Extended letters, which no Vietnamese
// page asks for. Fonts are compressed already; the rest goes out by gzip.
export function firstVisit(out, page = '') {
  const parts = readdirSync(out).filter((name) => !name.includes('latin-ext')).map((name) => {
    const bytes = readFileSync(join(out, name));
    return [name, name.endsWith('.woff2') ? bytes.length : gzipSync(bytes).length];
  });
  if (page) parts.push(['the page', gzipSync(page).length]);
  return {parts, total: parts.reduce((sum, [, size]) => sum + size, 0), limit: kFirstPageLimit};
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [first, second] = process.argv.slice(2);
  if (!first || (first === '--weigh' && !second)) {
    console.error('usage: build_assets.mjs OUT_DIR | --weigh OUT_DIR');
    process.exit(2);
  }
  if (first === '--weigh') {
    const {parts, total, limit} = firstVisit(second);
    for (const [name, size] of parts) console.log(`${String(size).padStart(8)}  ${name}`);
    console.log(`${String(total).padStart(8)}  bytes in all, of ${limit}`);
    process.exit(total < limit ? 0 : 1);
  }
  build(first);
}
