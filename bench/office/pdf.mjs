// A valid PDF of a wanted size: a real letter, and an attachment inside of it that nothing shows.
import {createReadStream, createWriteStream, readFileSync, statSync} from 'node:fs';
import {finished} from 'node:stream/promises';
import {randomBytes} from 'node:crypto';

const kPiece = 1 << 20;

/**
 * Appends an uncompressed stream of about `bytes` to `source` as an incremental update, as a scanner's
 * software does. Written piece by piece; returns {file, size}.
 */
export async function padPdf(source, file, bytes) {
  const original = readFileSync(source);
  const text = original.toString('latin1');
  const before = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text)[1]);
  const object = Number(/\/Size\s+(\d+)/.exec(text.slice(text.lastIndexOf('trailer')))[1]);
  const root = /\/Root\s+(\d+ \d+ R)/.exec(text.slice(text.lastIndexOf('trailer')))[1];
  const out = createWriteStream(file);
  const write = (part) => new Promise((resolve) => (out.write(part) ? resolve() : out.once('drain', resolve)));
  await write(original);
  const begin = original.length + 1;
  const pieces = Math.ceil(bytes / kPiece);
  const head = `\n${object} 0 obj\n<< /Length ${pieces * kPiece} >>\nstream\n`;
  await write(head);
  for (let i = 0; i < pieces; ++i) await write(randomBytes(kPiece));
  const tail = '\nendstream\nendobj\n';
  const table = original.length + head.length + pieces * kPiece + tail.length;
  await write(`${tail}xref\n0 1\n0000000000 65535 f \n${object} 1\n${String(begin).padStart(10, '0')} 00000 n \n`
    + `trailer\n<< /Size ${object + 1} /Root ${root} /Prev ${before} >>\nstartxref\n${table}\n%%EOF\n`);
  out.end();
  await finished(out);
  return {file, size: statSync(file).size};
}

export const stream = (file) => createReadStream(file, {highWaterMark: kPiece});
