// A process that dies (kill -9) in the midst of an act: the act was done or it was not, and whoever
// did it finds out and does it again. Each act of the main job is begun by the API and its office
// killed a little later each time, until the act stands; then hub, ward and province die in turn
// while the envelope and its answers travel. In the end everything stands there once.
import assert from 'node:assert/strict';
import {randomUUID} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {after, before} from 'node:test';
import {Office, kDraft, kScan, kWard} from './lib/api_job.mjs';
import {chain} from './lib/chain.mjs';
import {until} from './lib/process.mjs';
import {World} from './lib/world.mjs';

// From "nothing arrived yet" to "the answer is on its way", in ms, on fast and on slow machines.
const kDelays = [1, 4, 10, 25, 60];

const job = {};
before(async () => {
  job.world = await World.make({mail: false});
  job.province = await Office.open(job.world);
  job.ward = await Office.open(job.world, 'ward', kWard);
});
after(async () => {
  job.province?.close();
  job.ward?.close();
  await job.world?.end();
});

/** Begins `act`, kills its office `delay` ms later, starts it again; what the act answered, if it did. */
async function killedMidway(office, delay, act) {
  const begun = act().then((answer) => ({answer}), (error) => ({error}));
  await new Promise((resolve) => setTimeout(resolve, delay));
  await job.world.kill(office);
  const {answer, error} = await begun;
  await job.world.start(office);
  assert.ok(!error || error.transport, `refused: ${error?.message}`);
  return answer;
}

/** An act on a document that raises its version: begun and killed until it stands. */
async function disturbed(office, people, document, act) {
  const seen = () => people.clerk.get(`/documents/${document.id}`);
  for (const delay of kDelays) {
    await killedMidway(office, delay, () => people[act](document));
    const now = await seen();
    if (now.version !== document.version) return now;
  }
  await people[act](document);
  return seen();
}

/** A document that is made under a key: asking again with the key finds the one that was made. */
async function made(office, act) {
  for (const delay of kDelays) await killedMidway(office, delay, act);
  return act();
}

const {step} = chain(() => job.world.logs());

step('a scan is taken in, registered, submitted, directed', async () => {
  const {province} = job;
  const key = randomUUID();
  const scan = await province.clerk.upload('scan.pdf', readFileSync(kScan));
  job.incoming = await made('province', () => province.receive(scan, key));
  job.incoming = await disturbed('province', {clerk: province.clerk, register: (d) => province.register(d, 1)}, job.incoming, 'register');
  for (const act of ['submit', 'direct']) job.incoming = await disturbed('province', province, job.incoming, act);
});

step('an answer is drafted, approved, signed, numbered, sealed, issued', async () => {
  const {province} = job;
  const key = randomUUID();
  const upload = await province.official.upload('du-thao.pdf', readFileSync(kDraft));
  let document = await made('province', () => province.draft('V/v báo cáo kết quả', {answers: job.incoming, upload, key}));
  for (const act of ['sendUp', 'approve', 'sign', 'number', 'seal']) document = await disturbed('province', province, document, act);
  await job.world.kill('hub');  // Nothing travels before the next step.
  job.outgoing = await disturbed('province', province, document, 'issue');
});

const reached = async (state) => (await job.world.query('province',
  `SELECT e.state FROM delivery_event e JOIN exchange_receiver r USING (receiver_id) JOIN exchange_outbox o USING (outbox_id)
   WHERE o.document_ref = ${job.outgoing.id}`)).some(([one]) => one === state);

/** Kills the three in turn, at other moments each time, until `state` has come back to the province. */
async function untilReached(state) {
  const victims = ['hub', 'ward', 'province'];
  for (let turn = 0; turn < 6 && !(await reached(state)); ++turn) {
    await new Promise((resolve) => setTimeout(resolve, kDelays[turn % kDelays.length] * 4));
    await job.world.restart(victims[turn % victims.length]);
  }
  await until(() => reached(state), `${state} at the province`, {timeout: 60000});
}

step('the envelope and its receipt travel while hub, ward and province die', async () => {
  await job.world.start('hub');
  await untilReached('3');
});

step('the ward registers, submits, directs and finishes', async () => {
  const {ward} = job;
  const [arrived] = (await ward.clerk.get('/documents?box=to_register')).documents;
  let document = await ward.clerk.get(`/documents/${arrived.id}`);
  const fields = document.fields;
  const register = (d) => ward.act(ward.clerk, d, 'registration', {
    code_number: fields.code_number, code_notation: fields.code_notation, issued_date: fields.issued_date,
    issuer_name: fields.issuer_name, subject: fields.subject, type: fields.type});
  document = await disturbed('ward', {clerk: ward.clerk, register}, document, 'register');
  await untilReached('5');
  for (const act of ['submit', 'direct', 'finish']) document = await disturbed('ward', ward, document, act);
  await untilReached('8');
});

step('everything stands there once', async () => {
  const {world, outgoing} = job;
  const rows = (name, sql) => world.query(name, sql);
  const events = await rows('province', `SELECT e.state, COUNT(*) FROM delivery_event e JOIN exchange_receiver r USING (receiver_id)
    JOIN exchange_outbox o USING (outbox_id) WHERE o.document_ref = ${outgoing.id} GROUP BY e.state ORDER BY e.state`);
  assert.deepEqual(events, [['1', '1'], ['2', '1'], ['3', '1'], ['5', '1'], ['6', '1'], ['8', '1']], 'each state of the delivery');
  assert.deepEqual(await rows('province', 'SELECT direction, state FROM document ORDER BY id'), [['1', '5'], ['2', '27']]);
  assert.deepEqual(await rows('ward', 'SELECT direction, state FROM document ORDER BY id'), [['1', '5']]);
  assert.deepEqual(await rows('province', 'SELECT direction, next_number FROM document_book ORDER BY direction'), [['1', '2'], ['2', '2']], 'no number was lost');
  assert.deepEqual(await rows('province', `SELECT kind, COUNT(*) FROM document_file WHERE document_id = ${outgoing.id} AND kind > 2 GROUP BY kind`), [['3', '1'], ['4', '1'], ['5', '1']], 'one signed, one numbered, one sealed file');
  assert.deepEqual(await rows('province', 'SELECT COUNT(*) FROM task'), [['1']]);
  assert.deepEqual(await rows('hub', 'SELECT COUNT(*) FROM hub_message WHERE kind = 1'), [['1']], 'the hub took it once');
  for (const name of ['province', 'ward']) {
    assert.deepEqual(await rows(name, 'SELECT COUNT(*) FROM document_step WHERE done_at IS NULL'), [['0']], `${name}: nothing is left half done`);
    const twice = await rows(name, `SELECT act, object_id FROM audit_entry WHERE object_kind = 'document' AND act <> 'delivery.changed'
      GROUP BY act, object_id HAVING COUNT(*) > 1`);
    assert.deepEqual(twice, [], `${name}: no act was done twice`);
  }
});
