// The text catalogues against the templates and the code: a key that one language lacks, that is used
// but missing, or that nobody uses; facts that differ; and a text that stands outside the catalogues.
// Code announces a key that it composes by `// texts: prefix.*`, and a Vietnamese literal that is data
// of a format or of the law, not said by a page, by `// texts: data` on its line or the line before,
// or between `// texts: data begin` and `// texts: data end`.
import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {dirname, join, relative} from 'node:path';
import {test} from 'node:test';
import {fileURLToPath} from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');
const kFloors = ['base', 'exchange', 'reminder', 'eoffice'];

function files(folder, ...endings) {
  return readdirSync(folder, {withFileTypes: true}).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return files(path, ...endings);
    return endings.some((ending) => entry.name.endsWith(ending)) ? [path] : [];
  });
}
const read = (file) => ({name: relative(root, file), text: readFileSync(file, 'utf8')});

const templates = files(join(root, 'templates'), '.mustache').map(read);
const code = kFloors.flatMap((floor) => files(join(root, floor), '.cpp', '.h')).map(read);

function catalogue(language) {
  const all = new Map();
  for (const file of files(join(root, 'templates/texts', language), '.json'))
    for (const [key, text] of Object.entries(JSON.parse(readFileSync(file, 'utf8')))) {
      assert.ok(!all.has(key), `${key} stands in two files of ${language}`);
      all.set(key, text);
    }
  return all;
}
const vi = catalogue('vi');
const en = catalogue('en');

const found = (text, pattern) => [...text.matchAll(pattern)].map((hit) => hit[1]);
const facts = (text) => found(text, /\{([a-z0-9_.]+)\}/g).sort().join();

test('every key stands in both languages, with the same facts and a text', () => {
  assert.deepEqual([...vi.keys()].filter((key) => !en.has(key)), [], 'missing in en');
  assert.deepEqual([...en.keys()].filter((key) => !vi.has(key)), [], 'missing in vi');
  for (const [key, text] of vi) {
    assert.equal(facts(en.get(key)), facts(text), `facts of ${key}`);
    assert.ok(text.trim() && en.get(key).trim(), `${key} is empty`);
    assert.equal(text, text.normalize('NFC'), `${key} is not in composed form`);
  }
});

test('every key that is used exists', () => {
  const missing = [];
  for (const {name, text} of templates)
    for (const key of found(text, /\[\[([^\]]*)\]\]/g)) if (!vi.has(key)) missing.push(`${name}: ${key}`);
  for (const {name, text} of code) {
    for (const key of found(text, /\bget\(\s*[^,"()]+,\s*"([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)"/g))
      if (!vi.has(key)) missing.push(`${name}: ${key}`);
    for (const refusal of found(text, /RefusalKind::\w+,\s*"([a-z0-9_]+\.[a-z0-9_.]+)"/g))
      if (!vi.has(`error.${refusal}`)) missing.push(`${name}: error.${refusal}`);
  }
  assert.deepEqual(missing, []);
});

test('every key is used', () => {
  const inTemplates = new Set(templates.flatMap(({text}) => found(text, /\[\[([^\]]*)\]\]/g)));
  const literals = new Set(code.flatMap(({text}) => found(text, /"([a-z0-9_-]+(?:\.[a-z0-9_-]+)+)"/g)));
  const prefixes = code.flatMap(({text}) => found(text, /\/\/ texts: ((?:[a-z0-9_.-]+\*[ \t]*)+)/g))
    .flatMap((list) => list.trim().split(/\s+/).map((one) => one.slice(0, -1)));
  const used = (key) => inTemplates.has(key) || literals.has(key) || prefixes.some((prefix) => key.startsWith(prefix)) ||
    key.startsWith('error.') && literals.has(key.slice('error.'.length));
  assert.deepEqual([...vi.keys()].filter((key) => !used(key)), []);
});

// Keys of the keyboard are the same in every language.
const kKeyNames = /<kbd[^>]*>[^<]*<\/kbd>/g;
const kSpoken = /\b(?:aria-label|title|placeholder|alt|label|data-confirm)="([^"]*)"/g;

function bareTexts({text}) {
  const bare = text.replace(/\{\{![\s\S]*?\}\}/g, '').replace(/<!--[\s\S]*?-->/g, '').replace(kKeyNames, '')
    .replace(/\{\{[^}]*\}\}/g, '').replace(/\[\[[^\]]*\]\]/g, '');
  const visible = bare.replace(/<[^>]*>/g, '\n').split('\n');
  return [...visible, ...found(bare, kSpoken)].map((one) => one.trim()).filter((one) => /\p{L}/u.test(one));
}

test('no text stands in a template', () => {
  assert.deepEqual(templates.flatMap((file) => bareTexts(file).map((one) => `${file.name}: ${one}`)), []);
});

const kVietnamese = /[ĂăĐđĨĩŨũƠơƯưẠ-ỹÀ-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúý]/u;

test('no Vietnamese text stands in code or script', () => {
  const bad = [];
  const scripts = files(join(root, 'eoffice/web/static/js'), '.js').map(read);
  for (const {name, text} of [...code, ...scripts]) {
    const lines = text.split('\n');
    let block = false;
    lines.forEach((line, index) => {
      if (/\/\/ texts: data (begin|end)/.test(line)) block = line.includes('begin');
      const announced = block || /\/\/ texts: data/.test(line) || /\/\/ texts: data/.test(lines[index - 1] ?? '');
      const literals = found(line.replace(/\/\/.*$/, ''), /(?:u8)?("(?:[^"\\]|\\.)*")/g).join('');
      if (!announced && kVietnamese.test(literals)) bad.push(`${name}:${index + 1}: ${line.trim()}`);
    });
  }
  assert.deepEqual(bad, []);
});
