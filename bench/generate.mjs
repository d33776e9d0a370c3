#!/usr/bin/env node
// Fills an office as large as a province's: 1,000,000 documents, 10,000,000 routing rows, 5,000 people.
//   node bench/generate.mjs --directory DIR [--documents 1000000] [--people 5000] [--program build/release/eoffice]
// DIR becomes the demonstration's province (its accounts have a part in it) with all of it in its database;
// `eoffice serve --config DIR/province/eoffice.properties` serves it. The same numbers give the same office.
// Files have rows but no bytes. Needs the mariadb client and server; 1,000,000 documents take some 6 GB.
import {execFileSync, spawn} from 'node:child_process';
import {existsSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {freePort, run} from '../tests/browser/lib/process.mjs';
import {fill, plan, words} from './generate/documents.mjs';
import {office} from './generate/people.mjs';
import {departments, outside, wards} from './generate/words.mjs';

const kSources = fileURLToPath(new URL('..', import.meta.url));
const kFirst = 1_000_000;  // Ids below are the demonstration's own.
const kLive = 0.02;        // Of the documents: somebody works on them.
const kDays = 1200;        // They came in over so many.
// Keys that are made at the end, all at once, and not row by row.
const kLateKeys = {
  document: ['list_by_state', 'duplicate_check'],
  document_step: ['waits_for_post', 'waits_for_delegate', 'waits_for_role'],
  document_list: ['of_document', 'by_state', 'by_day', 'by_due'],
  task: ['task_overview', 'task_due_first', 'task_newest', 'task_rate', 'task_source'],
};

export function readArguments(words, usual) {
  const found = {...usual};
  for (let i = 0; i < words.length; i += 2) {
    const name = words[i].replace(/^--/, '');
    if (!(name in found)) throw new Error(`unknown: ${words[i]}; known are ${Object.keys(found).map((one) => `--${one}`).join(', ')}`);
    found[name] = typeof usual[name] === 'number' ? Number(words[i + 1]) : words[i + 1];
  }
  return found;
}

/** A MariaDB of its own on the office's data, with settings for loading; the office itself is not running. */
class Loader {
  constructor(province) {
    this.folder = join(province, 'data/mariadb');
    this.socket = join(this.folder, 'run/load.sock');
    this.process = spawn('mariadbd', ['--no-defaults', `--datadir=${join(this.folder, 'data')}`, `--socket=${this.socket}`, '--skip-networking', '--skip-grant-tables', ...(process.getuid() === 0 ? ['--user=root'] : []), `--tmpdir=${join(this.folder, 'tmp')}`,
      '--innodb-buffer-pool-size=3G', '--innodb-flush-log-at-trx-commit=0', '--innodb-log-file-size=1G', '--innodb-doublewrite=OFF', '--innodb-flush-method=O_DIRECT', '--tmp-table-size=256M',
      '--max-heap-table-size=256M', '--sort-buffer-size=64M', '--character-set-server=utf8mb4', '--default-time-zone=+00:00', '--transaction-isolation=READ-COMMITTED', '--max-allowed-packet=64M'],
      {stdio: ['ignore', 'ignore', 'pipe']});
    this.said = '';
    this.process.stderr.on('data', (bytes) => { this.said = (this.said + bytes).slice(-4000); });
    this.ended = new Promise((resolve) => this.process.on('exit', resolve));
  }
  async ready() {
    for (let i = 0; i < 600; ++i) {
      if (this.process.exitCode !== null) throw new Error(`mariadbd ended: ${this.said}`);
      try { return await this.query('SELECT 1'); } catch { await new Promise((resolve) => setTimeout(resolve, 100)); }
    }
    throw new Error(`mariadbd does not answer: ${this.said}`);
  }
  async query(sql) {
    const out = await run('mariadb', ['--no-defaults', '--default-character-set=utf8mb4', '--max-allowed-packet=64M', '--socket', this.socket, '--batch', '--skip-column-names', 'eoffice'], {input: sql});
    return out.split('\n').filter(Boolean).map((line) => line.split('\t'));
  }
  async end() {
    this.process.kill('SIGTERM');
    await this.ended;
  }
}

async function timed(what, work) {
  const began = Date.now();
  const result = await work();
  console.error(`${((Date.now() - began) / 1000).toFixed(1).padStart(7)} s  ${what}`);
  return result;
}

// Triggers would do row by row what is filled in one go below; they come back as the migrations made them.
async function withoutTriggers(loader, work) {
  const triggers = await loader.query("SELECT trigger_name FROM information_schema.triggers WHERE trigger_schema = 'eoffice' AND action_statement NOT LIKE 'SIGNAL%'");
  const kept = [];
  for (const [name] of triggers) kept.push(execFileSync('mariadb', ['--no-defaults', '--socket', loader.socket, '--batch', '--raw', '--skip-column-names', '-e', `SHOW CREATE TRIGGER \`${name}\``, 'eoffice'], {encoding: 'utf8'}));
  await loader.query(triggers.map(([name]) => `DROP TRIGGER \`${name}\`;`).join('\n'));
  await work();
  for (const [i, [name]] of triggers.entries()) {
    const body = /CREATE DEFINER=[^ ]+ (TRIGGER [\s\S]*?)\tutf8mb/.exec(kept[i]);
    if (!body) throw new Error(`cannot read the trigger ${name}`);
    await loader.query(`DELIMITER //\nCREATE ${body[1]} //`);
  }
}

async function withoutKeys(loader, work) {
  const kept = {};
  for (const [table, keys] of Object.entries(kLateKeys)) {
    const [[, text]] = await loader.query(`SHOW CREATE TABLE ${table}`);
    kept[table] = keys.map((key) => new RegExp(`(UNIQUE )?KEY \`${key}\` \\([^\\n]*?\\)(?=,?\\\\n)`).exec(text)?.[0]).filter(Boolean);
    const names = kept[table].map((key) => /`([^`]+)`/.exec(key)[1]);
    await loader.query(`ALTER TABLE ${table} ${names.map((name) => `DROP KEY ${name}`).join(', ')}`);
  }
  await work();
  for (const [table, keys] of Object.entries(kept)) await timed(`keys of ${table}`, () => loader.query(`ALTER TABLE ${table} ${keys.map((key) => `ADD ${key}`).join(', ')}`));
}

async function load(loader, {documents, people}) {
  const [[province]] = await loader.query("SELECT agency_id FROM post GROUP BY agency_id ORDER BY COUNT(*) DESC LIMIT 1");
  const [[hash]] = await loader.query('SELECT password_hash FROM account WHERE password_hash IS NOT NULL LIMIT 1');
  const seated = (await loader.query(`SELECT id, role, unit_id FROM post WHERE agency_id = ${province} AND role <= 6 ORDER BY id`)).map(([post, role, unit]) => [Number(post), Number(role), unit === 'NULL' ? null : Number(unit)]);
  const [[now]] = await loader.query('SELECT UTC_TIMESTAMP()');
  const made = office({people, province: Number(province), first: kFirst, hash, seated});
  const issuers = [...departments.map(([name]) => name), ...wards.map((name) => `Ủy ban nhân dân phường ${name}`)];
  const shares = made.agencies.reduce((sum, agency) => sum + Math.max(1, Math.round(agency.share * 40)), 0);
  const quick = 'SET foreign_key_checks = 0; SET unique_checks = 0; SET sql_mode = "";\n';
  await timed(`${made.people} people`, () => loader.query(quick + made.sql + words(made.agencies, issuers)));
  await timed('plan', () => loader.query(quick + plan({count: documents, first: kFirst, live: Math.round(documents * kLive), days: kDays, shares, bodies: issuers.length + 2 * outside.length, now})));
  await withoutKeys(loader, async () => {
    for (const [what, sql] of fill(kFirst)) await timed(what, () => loader.query(quick + sql));
  });
  await loader.query('DROP TABLE gen_document, gen_number, gen_seat, gen_phrase, gen_type, gen_share, gen_room, gen_step, gen_part, gen_name');
  await timed('statistics', () => loader.query('ANALYZE TABLE document, incoming_document, outgoing_document, document_step, document_part, document_list, document_file, task, task_part, post'));
}

/** Returns what was loaded: rows by table. */
export async function generate({directory, documents, people, program}) {
  if (!existsSync(join(directory, 'prepared'))) {
    const ports = [await freePort(), await freePort(), await freePort()];
    await run(program, ['demo', '--directory', directory, '--hub-port', `${ports[0]}`, '--province-port', `${ports[1]}`, '--ward-port', `${ports[2]}`]);
  }
  const loader = new Loader(join(directory, 'province'));
  try {
    await loader.ready();
    const [[there]] = await loader.query(`SELECT COUNT(*) FROM person WHERE id >= ${kFirst}`);
    if (Number(there) > 0) throw new Error(`${directory} was filled before`);
    await withoutTriggers(loader, () => load(loader, {documents, people}));
    const rows = {};
    for (const table of ['document', 'document_step', 'document_part', 'document_list', 'document_file', 'task', 'person']) rows[table] = Number((await loader.query(`SELECT COUNT(*) FROM ${table}`))[0][0]);
    writeFileSync(join(directory, 'filled'), '');
    return rows;
  } finally {
    await loader.end();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const options = readArguments(process.argv.slice(2), {directory: '', documents: 1_000_000, people: 5000, program: join(kSources, 'build/release/eoffice')});
  if (!options.directory) throw new Error('--directory DIR is missing');
  const began = Date.now();
  const rows = await generate(options);
  console.log(`${((Date.now() - began) / 1000).toFixed(0)} s: ${Object.entries(rows).map(([table, count]) => `${count.toLocaleString('en')} ${table}`).join(', ')}`);
}
