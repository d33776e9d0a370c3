// How much a PDF of 200 MB raises the resident memory of each process that it passes through.
import {join} from 'node:path';
import {rmSync} from 'node:fs';
import {megabytes, memoryOf} from './figures.mjs';
import {kDraft} from '../../tests/browser/lib/api_job.mjs';
import {padPdf, stream} from './pdf.mjs';
import {until} from '../../tests/browser/lib/process.mjs';

const kBytes = 200 * 1024 * 1024;
const kBudget = 32;

/** The highest rise of VmHWM over what each process had before, in MB. */
async function riseDuring(world, names, work) {
  const before = {};
  for (const name of names) {
    world.forgetPeak(name);
    before[name] = memoryOf(world.pid(name));
  }
  await work();
  return Object.fromEntries(names.map((name) => [name, megabytes(memoryOf(world.pid(name), 'VmHWM') - before[name])]));
}

function row(what, rise) {
  const worst = Math.max(...Object.values(rise));
  const each = Object.entries(rise).map(([name, by]) => `${name} +${Math.max(0, by).toFixed(1)} MB`).join(', ');
  return {what, budget: `< ${kBudget} MB`, measured: each, good: worst < kBudget};
}

export async function measureMemory(world, office) {
  const file = join(world.folder, 'large.pdf');
  const {size} = await padPdf(kDraft, file, kBytes);
  const rows = [];
  let stored;
  rows.push(row('Rise: upload of 200 MB', await riseDuring(world, ['province'], async () => {
    stored = await office.official.upload('large.pdf', stream(file), size);
  })));
  let document;
  rows.push(row('Rise: draft, sign, number, seal of 200 MB', await riseDuring(world, ['province'], async () => {
    document = await office.sealed('V/v tài liệu 200 MB', {upload: stored});
  })));
  const begun = performance.now();
  rows.push(row('Rise: issue of 200 MB until its 01 is back', await riseDuring(world, ['province', 'hub', 'ward'], async () => {
    await office.issue(document);
    await until(async () => (await office.clerk.get(`/documents/${document.id}`)).outgoing.receivers.some(
      (receiver) => receiver.events.some((event) => event.status_code === '01')), '01 of the large document', {timeout: 300000, every: 250});
  })));
  rows.push({what: 'Issue of 200 MB until its 01 is back', budget: '–', measured: `${((performance.now() - begun) / 1000).toFixed(1)} s`});
  const seen = await office.clerk.get(`/documents/${document.id}`);
  const name = seen.files.at(-1);
  rows.push(row('Rise: download of 200 MB', await riseDuring(world, ['province'], async () => {
    const bytes = await office.clerk.page(`/api/v1/documents/${document.id}/files/${name.id}`);
    if (bytes.length !== name.size) throw new Error('the file came back with another length');
  })));
  rmSync(file);
  return rows;
}
