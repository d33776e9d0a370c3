// A person at the office's API, and in its pages: one connection that stays open.
import {Agent, request} from 'node:http';
import {kPassword} from './world.mjs';

function call(base, agent, method, path, {headers = {}, body} = {}) {
  return new Promise((resolve, reject) => {
    const sent = request(`${base}${path}`, {method, agent, headers}, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('end', () => resolve({status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts)}));
      answer.on('error', reject);
    });
    sent.on('error', reject);
    if (body && typeof body.pipe === 'function') body.pipe(sent);
    else sent.end(body);
  });
}

export class Seat {
  /** Signed in by the API; the same session opens the pages as its cookie. */
  static async signIn(base, login) {
    const seat = new Seat();
    seat.base = base;
    seat.agent = new Agent({keepAlive: true, maxSockets: 1});
    seat.token = (await seat.post('/sessions', {login, password: kPassword})).token;
    return seat;
  }

  async api(method, path, {headers, body} = {}) {
    const answer = await call(this.base, this.agent, method, `/api/v1${path}`, {headers: {...this.bearer(), ...headers}, body}).catch((error) => {
      throw Object.assign(error, {transport: true});  // No answer: nobody knows whether it was done.
    });
    const text = answer.body.toString('utf8');
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return text ? JSON.parse(text) : null;
  }
  bearer() { return this.token ? {Authorization: `Bearer ${this.token}`} : {}; }
  get(path) { return this.api('GET', path); }
  post(path, body) { return this.api('POST', path, {headers: {'Content-Type': 'application/json'}, body: JSON.stringify(body)}); }

  /** `body`: bytes, or a stream with its `size`. */
  upload(name, body, size = body.length) {
    return this.api('POST', `/uploads?name=${encodeURIComponent(name)}`, {headers: {'Content-Type': 'application/pdf', 'Content-Length': size}, body});
  }

  /** A page, as a browser asks for it. */
  async page(path) {
    const cookie = `eoffice_${new URL(this.base).port}=${this.token}`;
    const answer = await call(this.base, this.agent, 'GET', path, {headers: {Cookie: cookie, 'Accept-Encoding': 'gzip'}});
    if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${answer.headers.location ?? ''}`);
    return answer.body;
  }

  close() { this.agent.destroy(); }
}
