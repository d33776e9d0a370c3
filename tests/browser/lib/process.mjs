// Programs that a test starts: on free loopback ports, ended by their own id, and waited for by asking
// them, never by sleeping.
import {spawn} from 'node:child_process';
import {createWriteStream, mkdirSync} from 'node:fs';
import {createServer} from 'node:net';
import {dirname} from 'node:path';

export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const {port} = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts `command` with its output in `logFile`. Returns {pid, child, exited: Promise<{code, signal}>}.
 * What a test started and did not stop is ended when the test run ends.
 */
const running = new Set();
export function start(command, args, {env = {}, cwd, logFile} = {}) {
  if (logFile) mkdirSync(dirname(logFile), {recursive: true});
  const child = spawn(command, args, {cwd, env: {...process.env, ...env}, stdio: ['ignore', 'pipe', 'pipe']});
  const log = logFile ? createWriteStream(logFile, {flags: 'a'}) : null;
  for (const stream of [child.stdout, child.stderr]) log ? stream.pipe(log, {end: false}) : stream.resume();
  running.add(child);
  const exited = new Promise((resolve, reject) => {
    child.once('error', (error) => {
      running.delete(child);
      reject(error);
    });
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve({code, signal});
    });
  });
  exited.catch(() => {});
  return {pid: child.pid, child, exited};
}

/** SIGTERM (or `signal`), then SIGKILL after `patience` ms. */
export async function stop(started, {signal = 'SIGTERM', patience = 15000} = {}) {
  if (started.child.exitCode !== null || started.child.signalCode !== null) return started.exited;
  started.child.kill(signal);
  const timer = setTimeout(() => started.child.kill('SIGKILL'), patience);
  const end = await started.exited;
  clearTimeout(timer);
  return end;
}

process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => process.exit(1));

/** Asks `check` until it answers something true; throws `what` after `timeout` ms. */
export async function until(check, what, {timeout = 30000, every = 50} = {}) {
  const deadline = Date.now() + timeout;
  let last;
  do {
    try {
      const answer = await check();
      if (answer) return answer;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  } while (Date.now() < deadline);
  throw new Error(`${what} did not happen in ${timeout} ms${last ? ` (${last.message})` : ''}`);
}

/** Waits for `base`/readyz to answer 200; fails at once when the program ended. */
export function ready(base, started, options) {
  return until(async () => {
    if (started && started.child.exitCode !== null) throw new Error(`it ended with ${started.child.exitCode}`);
    return (await fetch(`${base}/readyz`)).ok;
  }, `ready at ${base}`, options);
}

/** Runs to the end; throws with its output unless it exits 0. Returns stdout. */
export function run(command, args, {env = {}, cwd, input} = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {cwd, env: {...process.env, ...env}});
    let out = '';
    let err = '';
    child.stdout.on('data', (part) => (out += part));
    child.stderr.on('data', (part) => (err += part));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(out) : reject(new Error(`${command} ${args.join(' ')} exited ${code}\n${out}${err}`)));
    child.stdin.end(input);
  });
}
