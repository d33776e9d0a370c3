// The main job of an office, from the scan to the last status, in a real browser over two offices, a
// hub and a mail server; at its end outside tools look at the database, the mailbox, the PDF and the
// envelope.
import assert from 'node:assert/strict';
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {launch} from './lib/browser.mjs';
import {delivery, steps} from './lib/main_job.mjs';
import {build} from './lib/pages.mjs';
import {run, until} from './lib/process.mjs';
import {World} from './lib/world.mjs';

const job = {look: join(build, 'main_job')};

before(async () => {
  job.world = await World.make();
  job.browser = await launch();
});
after(async () => {
  await job.browser?.close();
  await job.world?.end();
});

let broken = false;
for (const [name, step] of Object.entries(steps)) {
  test(name, {skip: false}, async (t) => {
    if (broken) return t.skip('an earlier step failed');
    try {
      await step(job);
    } catch (error) {
      broken = true;
      console.log(job.world.logs());
      throw error;
    }
  });
}

async function sealedFile() {
  const id = job.outgoing.split('/').pop();
  const [[sha]] = await job.world.query('province', `SELECT sha256 FROM document_file WHERE document_id = ${id} AND kind = 5`);
  return job.world.blob('province', sha);
}

test('pdfsig finds both signatures valid', async (t) => {
  if (broken) return t.skip('an earlier step failed');
  const out = await run('pdfsig', ['-nocert', await sealedFile()]);
  assert.equal(out.match(/Signature is Valid/g)?.length, 2, out);
});

test('the number and the date stand on the page', async (t) => {
  if (broken) return t.skip('an earlier step failed');
  const text = await run('pdftotext', ['-layout', await sealedFile(), '-']);
  assert.match(text, /Số:\s*01\s*\/UBND-KGVX/);
});

test('xmlsec1 verifies the envelope that was sent', async (t) => {
  if (broken) return t.skip('an earlier step failed');
  const [[sha]] = await job.world.query('province', "SELECT blob_sha256 FROM exchange_outbox WHERE document_ref > 0 AND kind = 1 LIMIT 1");
  const out = await run('xmlsec1', ['--verify', '--trusted-pem', join(job.world.folder, 'pki/root.pem'), await job.world.blob('province', sha)]).catch((error) => error.message);
  assert.match(out, /OK/);
});

test('the ward has the bytes that the province sealed', async (t) => {
  if (broken) return t.skip('an earlier step failed');
  const ward = await job.world.query('ward', `SELECT sha256 FROM document_file WHERE document_id = ${job.wardDocument.split('/').pop()}`);
  assert.deepEqual(readFileSync(await job.world.blob('ward', ward[0][0])), readFileSync(await sealedFile()));
});

test('each state of each receiver was told once', async (t) => {
  if (broken) return t.skip('an earlier step failed');
  assert.deepEqual(await delivery(job, 'H32.21'), ['1', '2', '3', '5', '6', '8']);
  assert.deepEqual(await delivery(job, 'H32.2'), ['1', '2']);
});

test('no page had a fault of its scripts or its content policy', async (t) => {
  if (broken) return t.skip('an earlier step failed');
  for (const [account, page] of Object.entries(job.pages)) assert.deepEqual(page.faults, [], account);
});
