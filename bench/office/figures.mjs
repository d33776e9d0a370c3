// Numbers and tables: medians, percentiles, the machine's facts. Knows no office.
import {readFileSync} from 'node:fs';
import {cpus, loadavg, release, totalmem} from 'node:os';

/** The value that `share` (0..1) of `values` do not exceed. */
export function percentile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)];
}
export const median = (values) => percentile(values, 0.5);

export function machine() {
  const all = cpus();
  return {
    processor: all[0].model.trim(),
    cores: all.length,
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    kernel: release(),
    load: loadavg()[0].toFixed(1),
  };
}

/** kB of one line of /proc/<pid>/status: VmRSS, VmHWM, RssAnon, RssFile. */
export function memoryOf(pid, what = 'VmRSS') {
  const line = new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
  return Number(line[1]);
}
export const megabytes = (kilobytes) => kilobytes / 1024;


/** Milliseconds of processor that a process has used, its threads together. */
export function processorOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

/** A Markdown table; `rows` are arrays of text, the first one the head. */
export function table(rows) {
  const widths = rows[0].map((_, i) => Math.max(...rows.map((row) => [...String(row[i])].length)));
  const line = (row) => `| ${row.map((cell, i) => String(cell) + ' '.repeat(widths[i] - [...String(cell)].length)).join(' | ')} |`;
  return [line(rows[0]), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...rows.slice(1).map(line)].join('\n');
}
