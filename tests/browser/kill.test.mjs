// A process that is killed (kill -9) at any step and started again ends in the same final state: the
// main job is played, and at each step one process after the other dies while the step is under way or
// just after it. In the end the rows are the same as those of a run that nobody disturbed.
import assert from 'node:assert/strict';
import {mkdirSync, readdirSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {launch} from './lib/browser.mjs';
import {chain} from './lib/chain.mjs';
import {delivery, steps} from './lib/main_job.mjs';
import {freePort, run, until} from './lib/process.mjs';
import {World, program} from './lib/world.mjs';

const job = {};

before(async () => {
  job.world = await World.make({mail: false});
  job.browser = await launch();
});
after(async () => {
  await job.browser?.close();
  await job.world?.end();
});

// After which step who dies. The ones that matter are at work right then: the hub while it takes the
// envelope, the offices while they send, fetch and answer.
const victims = ['province', 'hub', 'ward'];
const {step, check} = chain(() => job.world.logs());
let turn = 0;
for (const [name, act] of Object.entries(steps)) {
  step(`${name}; then a process is killed`, async () => {
    await act(job);
    // The office whose people just acted dies after each step; the others take turns.
    await job.world.restart(name.includes('ward') ? 'ward' : 'province');
    await job.world.restart(victims[turn++ % victims.length]);
  });
}

check('the final state is that of an undisturbed run', async () => {
  const {world} = job;
  const id = job.outgoing.split('/').pop();
  assert.deepEqual(await delivery(job, 'H32.21'), ['1', '2', '3', '5', '6', '8'], 'each state once');
  assert.deepEqual(await world.query('province', 'SELECT direction, state FROM document ORDER BY id'), [['1', '5'], ['2', '27']]);
  assert.deepEqual(await world.query('ward', 'SELECT direction, state FROM document ORDER BY id'), [['1', '5']]);
  assert.deepEqual(await world.query('province', 'SELECT direction, next_number FROM document_book ORDER BY direction'), [['1', '2'], ['2', '2']], 'no number was lost');
  assert.deepEqual(await world.query('province', `SELECT kind, COUNT(*) FROM document_file WHERE document_id = ${id} AND kind > 2 GROUP BY kind`), [['3', '1'], ['4', '1'], ['5', '1']]);
  assert.deepEqual(await world.query('province', 'SELECT COUNT(*) FROM task'), [['1']]);
  assert.deepEqual(await world.query('hub', 'SELECT COUNT(*) FROM hub_message WHERE kind = 1'), [['1']], 'the hub took it once');
  const steps = await world.query('province', 'SELECT COUNT(*) FROM document_step WHERE done_at IS NULL');
  assert.deepEqual(steps, [['0']], 'nothing is left half done');
});

test('a second office on the same data directory is refused', async () => {
  const {world} = job;
  const second = run(program, ['serve', '--config', join(world.folder, 'ward', 'eoffice.properties')],
    {env: {EOFFICE_BUILD: undefined, EOFFICE_SERVER_PORT: `${await freePort()}`, LANG: 'en_US.UTF-8'}});
  await assert.rejects(second, /exited 3\n.*Another process has the data directory/s);
});

test('what a killed office was working on does not stay', async () => {
  const {world} = job;
  const folder = join(world.folder, 'ward/data/temporary');
  mkdirSync(folder, {recursive: true});
  writeFileSync(join(folder, 'work-left-behind'), 'half a document');
  await world.restart('ward');
  assert.deepEqual(readdirSync(folder), []);
});

test('no database process outlived its office', async () => {
  for (const name of victims) await job.world.kill(name);
  // The kernel ends each private server with the process that started it.
  const ours = async () => (await run('pgrep', ['-x', '-a', 'mariadbd']).catch(() => '')).split('\n').filter((line) => line.includes(job.world.folder));
  await until(async () => (await ours()).length === 0, 'the end of the private servers');
});
