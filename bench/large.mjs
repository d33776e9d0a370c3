#!/usr/bin/env node
// Measures an office of 1,000,000 documents (docs/performance.md): every list at its first, middle and last
// page for the least-privileged user, the clerk and the leader; the leader's first page; registration with
// 16 clients; 300 officials at work. Times are the server's own, from its log.
//   node bench/large.mjs --directory DIR [--documents 1000000] [--program build/release/eoffice] [--parts lists,today,register,mix]
// Fills DIR first where that was not done (generate.mjs). Exits 1 when a budget is missed.
import {appendFileSync, existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {generate, readArguments} from './generate.mjs';
import {machine, table} from './office/figures.mjs';
import {measureLists, measureToday} from './office/large_lists.mjs';
import {measureMix, measureRegistration} from './office/large_work.mjs';
import {World} from './office/world.mjs';
import {ready, start} from '../tests/browser/lib/process.mjs';

const kBufferPool = '2GB';

/** The filled province alone: neither hub nor ward runs. */
class LargeOffice extends World {
  constructor(directory, program) {
    super();
    this.folder = directory;
    this.program = program;
    this.processes = {};
    this.settings = join(directory, 'province/eoffice.properties');
    if (!readFileSync(this.settings, 'utf8').includes('database.buffer_pool')) appendFileSync(this.settings, `database.buffer_pool = ${kBufferPool}\n`);
    this.ports = {province: Number(/server\.port = (\d+)/.exec(readFileSync(this.settings, 'utf8'))[1])};
  }
  async open() {
    this.processes.province = start(this.program, ['serve', '--config', this.settings], {logFile: this.logFile('province')});
    await ready(this.url('province'), this.processes.province, {every: 50, timeout: 120000});
  }
}

const options = readArguments(process.argv.slice(2), {directory: '', documents: 1_000_000, people: 5000, program: fileURLToPath(new URL('../build/release/eoffice', import.meta.url)), parts: 'lists,today,register,mix'});
if (!options.directory) throw new Error('--directory DIR is missing');
if (!existsSync(join(options.directory, 'filled'))) await generate(options);
process.env.KEEP_WORLD = '1';  // The folder is the caller's.
const world = new LargeOffice(options.directory, options.program);
const rows = [];
try {
  await world.open();
  const parts = {lists: measureLists, today: measureToday, register: measureRegistration, mix: measureMix};
  for (const part of options.parts.split(',')) {
    for (const row of await parts[part](world)) {
      console.error(`${row.good ? '  ' : '✗ '}${row.what}: ${row.measured}`);
      rows.push(row);
    }
  }
} finally {
  await world.end();
}
console.log(Object.entries(machine()).map(([name, value]) => `${name} ${value}`).join(', '));
console.log(table([['what', 'budget', 'measured', ''], ...rows.map((row) => [row.what, row.budget, row.measured, row.good ? '' : 'missed'])]));
process.exitCode = rows.every((row) => row.good) ? 0 : 1;
