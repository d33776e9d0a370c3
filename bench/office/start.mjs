// From the start of the program to its first "ready", on a data directory that exists; and what it and
// its database weigh in memory then.
import {median, megabytes, memoryOf, percentile} from './figures.mjs';

const kStarts = 10;

export async function measureStart(world) {
  const took = [];
  for (let i = 0; i < kStarts; ++i) {
    if (world.processes.province) await world.stop('province');
    const begun = performance.now();
    await world.start('province');
    took.push(performance.now() - begun);
  }
  return [{what: 'Start to ready, existing data', budget: '< 1 s',
    measured: `median ${median(took).toFixed(0)} ms, slowest ${percentile(took, 1).toFixed(0)} ms of ${kStarts}`,
    good: percentile(took, 1) < 1000}];
}

export function measureResident(world, when) {
  const office = megabytes(memoryOf(world.pid('province')));
  const database = megabytes(memoryOf(world.database('province')));
  return [
    {what: `Office process, ${when}`, budget: '< 120 MB', measured: `${office.toFixed(0)} MB resident`, good: office < 120},
    {what: `Its MariaDB, ${when}`, budget: '–', measured: `${database.toFixed(0)} MB resident`}];
}
