// Submit to 01 back: from the moment the clerk issues a document at the province to the moment the
// province has recorded the ward's 01, through both offices and the hub.
import {median, percentile} from './figures.mjs';
import {until} from '../../tests/browser/lib/process.mjs';

const kDocuments = 100;

export async function measureExchange(world, office) {
  const ready = [];
  for (let i = 0; i < kDocuments; ++i) ready.push(await office.sealed(`V/v đo thời gian gửi nhận, lần ${i + 1}`));
  const took = [];
  for (const document of ready) {
    const begun = Date.now();
    await office.issue(document);
    const back = await until(async () => {
      const {outgoing} = await office.clerk.get(`/documents/${document.id}`);
      return outgoing.receivers[0].events.find((event) => event.status_code === '01');
    }, `01 for document ${document.id}`, {every: 25});
    took.push(Date.parse(back.learnt_at) - begun);
  }
  const worst = percentile(took, 0.99);
  return [{what: `Submit to 01 back, ${kDocuments} documents`, budget: '< 2 s at p99',
    measured: `median ${median(took).toFixed(0)} ms, p99 ${worst.toFixed(0)} ms, slowest ${percentile(took, 1).toFixed(0)} ms`, good: worst < 2000}];
}
