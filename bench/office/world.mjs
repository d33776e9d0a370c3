// The demonstration, fresh, in a folder of its own on free loopback ports: a hub and two offices, each
// with its private MariaDB. Its logs are kept as files; a measurement reads what the office said itself.
import {mkdtempSync, openSync, readFileSync, readSync, readdirSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {freePort, ready, run, start, stop} from '../../tests/browser/lib/process.mjs';

export const kPassword = 'Trinh-dien-2026';
const kNames = ['hub', 'province', 'ward'];

export class World {
  static async make(program) {
    const world = new World();
    world.program = program;
    // Short: the path of a Unix socket has 107 bytes at the most.
    world.folder = mkdtempSync(join(tmpdir(), 'eo-bench-'));
    world.ports = {};
    for (const name of kNames) world.ports[name] = await freePort();
    world.processes = {};
    await run(program, ['demo', '--directory', world.folder, '--hub-port', `${world.ports.hub}`,
      '--province-port', `${world.ports.province}`, '--ward-port', `${world.ports.ward}`]);
    return world;
  }

  url(name) { return `http://127.0.0.1:${this.ports[name]}`; }
  pid(name) { return this.processes[name].pid; }
  logFile(name) { return join(this.folder, `${name}.log`); }

  async startAll() { for (const name of kNames) await this.start(name); }

  async start(name) {
    const args = [name === 'hub' ? 'hub' : 'serve', '--config', join(this.folder, name, 'eoffice.properties')];
    this.processes[name] = start(this.program, args, {logFile: this.logFile(name)});
    await ready(this.url(name), this.processes[name], {every: 5, timeout: 60000});
  }

  async stop(name) {
    await stop(this.processes[name]);
    delete this.processes[name];
  }

  /** The MariaDB of an office: the child of that name. */
  database(name) {
    for (const entry of readdirSync('/proc')) {
      if (!/^\d+$/.test(entry)) continue;
      try {
        const [, command, rest] = /\((.*)\) (.*)/s.exec(readFileSync(`/proc/${entry}/stat`, 'utf8'));
        if (command === 'mariadbd' && Number(rest.split(' ')[1]) === this.pid(name)) return Number(entry);
      } catch {
        // It ended meanwhile.
      }
    }
    throw new Error(`no mariadbd of the ${name}`);
  }

  forgetPeak(name) { writeFileSync(`/proc/${this.pid(name)}/clear_refs`, '5'); }

  /** What an office logs from now on: call the answer for the lines since then. */
  follow(name) {
    let at = statSync(this.logFile(name)).size;
    return () => {
      const size = statSync(this.logFile(name)).size;
      const bytes = Buffer.alloc(size - at);
      readSync(openSync(this.logFile(name), 'r'), bytes, 0, bytes.length, at);
      at = size;
      return bytes.toString('utf8').split('\n');
    };
  }

  async query(name, sql) {
    const socket = join(this.folder, name, 'data/mariadb/run/mysql.sock');
    const out = await run('mariadb', ['--no-defaults', '--default-character-set=utf8mb4', '--socket', socket, '--user', 'root', '--batch', '--skip-column-names', 'eoffice'], {input: sql});
    return out.split('\n').filter(Boolean).map((line) => line.split('\t'));
  }

  async end() {
    await Promise.all(Object.values(this.processes).map((one) => stop(one)));
    if (!process.env.KEEP_WORLD) rmSync(this.folder, {recursive: true, force: true});
  }
}
