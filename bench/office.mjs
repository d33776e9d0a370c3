#!/usr/bin/env node
// Measures the whole product against its budgets (docs/performance.md): starts the demonstration,
// fresh, in a folder of its own, and prints a table with the machine's facts.
//   node bench/office.mjs [--program build/release/eoffice] [start|pages|reads|exchange|memory ...]
// Exits 1 when a budget is missed, 2 when it cannot measure. KEEP_WORLD=1 keeps the folder.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {machine, table} from './office/figures.mjs';
import {Office} from '../tests/browser/lib/api_job.mjs';
import {measureExchange} from './office/exchange.mjs';
import {measureMemory} from './office/memory.mjs';
import {measurePages} from './office/pages.mjs';
import {measureReads} from './office/reads.mjs';
import {measureResident, measureStart} from './office/start.mjs';
import {World} from './office/world.mjs';

const kParts = ['start', 'pages', 'reads', 'exchange', 'memory'];

function readArguments() {
  const wanted = [];
  let program = fileURLToPath(new URL('../build/release/eoffice', import.meta.url));
  for (let i = 2; i < process.argv.length; ++i) {
    const word = process.argv[i];
    if (word === '--program') program = process.argv[++i];
    else if (kParts.includes(word)) wanted.push(word);
    else throw new Error(`unknown: ${word}; parts are ${kParts.join(', ')}`);
  }
  if (!existsSync(program)) throw new Error(`no program at ${program}: build the release preset, or name one with --program`);
  const parts = wanted.length ? wanted : kParts;
  if (parts.includes('reads') && spawnSync('wrk').error) throw new Error('wrk is missing: apt-get install wrk, or name the other parts');
  return {program, parts};
}

async function measure({program, parts}) {
  const world = await World.make(program);
  const rows = [];
  const add = (found) => {
    for (const row of found) console.error(`${row.what}: ${row.measured}`);
    rows.push(...found);
  };
  try {
    await world.startAll();
    if (parts.includes('start')) add(await measureStart(world));
    add(measureResident(world, 'just started'));
    const office = await Office.open(world);
    if (parts.includes('pages') || parts.includes('reads')) add(await measurePages(world, office));
    if (parts.includes('reads')) add(await measureReads(world, office));
    if (parts.includes('exchange')) add(await measureExchange(world, office));
    if (parts.includes('memory')) add(await measureMemory(world, office));
    add(measureResident(world, 'after all of it'));
    office.close();
  } finally {
    await world.end();
  }
  return rows;
}

let wanted;
try {
  wanted = readArguments();
} catch (error) {
  console.error(error.message);
  process.exit(2);
}
const facts = machine();
const rows = await measure(wanted);
const word = (row) => (row.good === undefined ? '–' : row.good ? 'yes' : 'NO');
console.log(`\n${facts.processor}, ${facts.cores} cores, ${facts.memory}, Linux ${facts.kernel}, load ${facts.load} before the measurement\n`);
console.log(table([['measurement', 'budget', 'measured', 'met'], ...rows.map((row) => [row.what, row.budget, row.measured, word(row)])]));
process.exitCode = rows.some((row) => row.good === false) ? 1 : 0;
