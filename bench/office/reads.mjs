// Signed-in JSON reads a second with keep-alive, by wrk, which takes its share of the cores.
import {run} from '../../tests/browser/lib/process.mjs';

const kSeconds = 5;
const kConnections = 16;

export async function measureReads(world, office) {
  const reads = [
    ['who I am', office.clerk, '/me'],
    ['how much waits in my boxes', office.clerk, '/boxes'],
    ['first 20 that wait for me', office.clerk, '/documents?box=to_register'],
    ['first 20 documents that I may see', office.clerk, '/documents'],
    ['my tasks', office.official, '/tasks?list=mine'],
    ['a task', office.official, `/tasks/${(await office.official.get('/tasks?list=mine')).tasks[0].id}`],
    ['my notifications', office.official, '/notifications'],
  ];
  const rows = [];
  for (const [name, seat, path] of reads) {
    await seat.get(path);
    const out = await run('wrk', ['-t1', `-c${kConnections}`, `-d${kSeconds}s`, '-H', `Authorization: Bearer ${seat.token}`, `${world.url('province')}/api/v1${path}`]);
    if (/Non-2xx/.test(out)) throw new Error(`${path}: ${out}`);
    const rate = Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]);
    rows.push({what: `Read: ${name}`, budget: '> 5,000/s', measured: `${Math.round(rate).toLocaleString('en')}/s`, good: rate > 5000});
  }
  return rows;
}
