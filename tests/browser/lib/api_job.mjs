// The acts of the main job by the API, as the office's people do them.
import {readFileSync} from 'node:fs';
import {randomUUID} from 'node:crypto';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import {Seat} from './seat.mjs';
import {kPassword} from './world.mjs';

const documents = fileURLToPath(new URL('../../data/documents', import.meta.url));
export const kScan = join(documents, 'cong-van-1234-UBND-KGVX-scan.pdf');
export const kDraft = join(documents, 'du-thao-cong-van.pdf');

export const kProvince = {clerk: 'vanthu', headOfOffice: 'chanhvp', leader: 'lanhdao', headOfUnit: 'tp.kgvx', official: 'chuyenvien1'};

export const kWard = {clerk: 'vanthu.nt', headOfOffice: 'chanhvp.nt', leader: 'chutich.nt', official: 'chuyenvien1.nt'};

export class Office {
  /** An office's people, signed in. */
  static async open(world, name = 'province', logins = kProvince) {
    const office = new Office();
    office.parts = Object.keys(logins);
    for (const [part, login] of Object.entries(logins)) office[part] = await Seat.signIn(world.url(name), login);
    office.leaderPost = (await office.leader.get('/me')).post.id;
    office.officialPost = (await office.official.get('/me')).post.id;
    return office;
  }

  act(seat, document, act, body = {}) {
    return seat.post(`/documents/${document.id}/${act}`, {...body, version: document.version});
  }

  /** A scan that waits to be registered; `upload` as the API answered it, else the sample scan. */
  async receive(upload, key = randomUUID()) {
    const stored = upload ?? await this.clerk.upload('scan.pdf', readFileSync(kScan));
    return this.clerk.post('/incoming-documents', {upload: {sha256: stored.sha256, name: stored.name}, request_key: key});
  }

  async register(document, number) {
    return this.act(this.clerk, document, 'registration', {
      code_number: `${number}`, code_notation: 'UBND-KGVX', issued_date: '2026-01-06', issuer_name: 'Văn phòng Chính phủ',
      subject: `V/v đẩy mạnh cải cách hành chính, đợt ${number}`, type: 'Công văn'});
  }

  submit(document) { return this.act(this.headOfOffice, document, 'submission', {leader: this.leaderPost, note: 'Đề nghị giao phòng chuyên môn.'}); }

  async direct(document) {
    const done = await this.act(this.leader, document, 'direction', {text: 'Chủ trì tham mưu văn bản trả lời.', lead: this.officialPost, workdays: 5});
    return done.document;
  }

  finish(document) { return this.act(this.official, document, 'completion', {result: 'Đã triển khai xong.'}); }

  /** A draft with its file; `answers`: the incoming document. */
  async draft(subject, {answers, upload, key = randomUUID()} = {}) {
    const stored = upload ?? await this.official.upload('du-thao.pdf', readFileSync(kDraft));
    const body = {type: 'Công văn', notation: 'UBND-KGVX', subject, signer: this.leaderPost, upload: {sha256: stored.sha256, name: stored.name}, request_key: key};
    return this.official.post(answers ? `/documents/${answers.id}/answer` : '/outgoing-documents', body);
  }

  sendUp(document) { return this.act(this.official, document, 'review-request'); }
  approve(document) { return this.act(this.headOfUnit, document, 'approval'); }
  sign(document) { return this.act(this.leader, document, 'signature', {pin: kPassword}); }
  number(document) { return this.act(this.clerk, document, 'number'); }
  seal(document) { return this.act(this.clerk, document, 'seal', {pin: kPassword}); }
  issue(document, receivers = ['H32.21']) { return this.act(this.clerk, document, 'issue', {receivers}); }

  /** From nothing to sealed: ready to be issued. */
  async sealed(subject, options) {
    let document = await this.draft(subject, options);
    for (const step of ['sendUp', 'approve', 'sign', 'number', 'seal']) document = await this[step](document);
    return document;
  }

  close() { for (const part of this.parts) this[part].close(); }
}
