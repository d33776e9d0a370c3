// A whole small world on loopback for a test: the hub, the province's office, a ward's office, a real
// mail server, and a clock that the test can move. Everything lives below one folder.
import {existsSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {build, root} from './pages.mjs';
import {freePort, ready, run, start, stop, until} from './process.mjs';

export const program = join(build, 'eoffice');
// The tests' own variable is no key of the configuration, and the program says so.
const env = {EOFFICE_BUILD: undefined};
/** A Tuesday morning without a holiday near: each run of a test sees the same days. */
export const kBeginning = '2026-11-24T10:00';
export const kPassword = 'Trinh-dien-2026';

export class World {
  static async make({mail = true} = {}) {
    const world = new World();
    // Short: the path of a Unix socket has 107 bytes at the most.
    world.folder = mkdtempSync(join(tmpdir(), 'eo-'));
    world.clockFile = join(world.folder, 'clock');
    world.maildir = join(world.folder, 'mail');
    world.ports = {hub: await freePort(), province: await freePort(), ward: await freePort(), mail: mail ? await freePort() : 0};
    world.processes = {};
    world.moveTo(kBeginning);
    await run(program, ['demo', '--directory', world.folder, '--hub-port', `${world.ports.hub}`, '--province-port', `${world.ports.province}`,
      '--ward-port', `${world.ports.ward}`, '--mail-port', `${world.ports.mail}`, '--clock-offset-file', world.clockFile], {env});
    if (mail) await world.startMail();
    for (const name of ['hub', 'province', 'ward']) await world.start(name);
    return world;
  }

  url(name) { return `http://127.0.0.1:${this.ports[name]}`; }

  async start(name) {
    const command = name === 'hub' ? 'hub' : 'serve';
    const started = start(program, [command, '--config', join(this.folder, name, 'eoffice.properties')], {env, logFile: join(this.folder, `${name}.log`)});
    this.processes[name] = started;
    await ready(this.url(name), started);
    return started;
  }

  async startMail() {
    const log = join(this.folder, 'smtp.log');
    this.processes.mail = start(join(root, 'tests/support/smtp_server.sh'), [`${this.ports.mail}`, this.maildir], {logFile: log});
    await until(() => existsSync(log) && readFileSync(log, 'utf8').includes('smtp server ready'), 'the mail server');
  }

  /** kill -9, no goodbye. */
  async kill(name) { return stop(this.processes[name], {signal: 'SIGKILL'}); }

  async restart(name) {
    await this.kill(name);
    return this.start(name);
  }

  /** Moves every clock of this world, as in `moveTo('2026-12-01T10:00')`, local time; it goes on from there. */
  moveTo(local) {
    const seconds = Math.round((Date.parse(`${local}:00+07:00`) - Date.now()) / 1000);
    writeFileSync(`${this.clockFile}.new`, `${seconds}\n`);
    renameSync(`${this.clockFile}.new`, this.clockFile);
  }

  /** Rows of an office's (or the hub's) database, as arrays of text, by the database's own client. */
  async query(name, sql) {
    const socket = join(this.folder, name, 'data/mariadb/run/mysql.sock');
    const out = await run('mariadb', ['--no-defaults', '--default-character-set=utf8mb4', '--socket', socket, '--user', 'root', '--batch', '--skip-column-names', 'eoffice'], {input: sql});
    return out.split('\n').filter(Boolean).map((line) => line.split('\t'));
  }

  /** The path of a kept file by its hash. */
  async blob(name, sha256) {
    const found = await run('find', [join(this.folder, name, 'data/blobs'), '-type', 'f', '-name', `*${sha256}*`]);
    const path = found.split('\n').find(Boolean);
    if (!path) throw new Error(`no file ${sha256} in ${name}`);
    return path;
  }

  /** The mails that were delivered, as text. */
  mails() {
    const folder = join(this.maildir, 'new');
    return existsSync(folder) ? readdirSync(folder).sort().map((file) => readFileSync(join(folder, file), 'utf8')) : [];
  }

  logs() {
    return ['hub', 'province', 'ward'].map((name) => `== ${name}\n${readFileSync(join(this.folder, `${name}.log`), 'utf8').split('\n').filter((line) => !line.includes(' INFO ')).slice(-10).join('\n')}`).join('\n');
  }

  async end() {
    await Promise.all(Object.values(this.processes).map((one) => stop(one)));
    if (!process.env.KEEP_WORLD) rmSync(this.folder, {recursive: true, force: true});
  }
}
