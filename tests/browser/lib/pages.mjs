// The page fixtures, rendered by the real templates and served on loopback under the same content
// policy as the product's.
import {existsSync, mkdirSync, readFileSync, readdirSync} from 'node:fs';
import {createServer} from 'node:http';
import {dirname, extname, join, normalize} from 'node:path';
import {fileURLToPath} from 'node:url';
import {run} from './process.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '../../..');
export const build = process.env.EOFFICE_BUILD ?? join(root, 'build/release');
export const fixtures = join(root, 'tests/data/pages');

export const kPolicy = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'";
const kTypes = {'.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.svg': 'image/svg+xml', '.png': 'image/png', '.woff2': 'font/woff2'};

export const names = () => readdirSync(fixtures).filter((name) => name.endsWith('.json')).map((name) => name.slice(0, -5)).sort();

/** Renders every fixture in `language` into `out`; returns what it says of the time that took. */
export function renderAll(out, language = 'vi') {
  return run(join(build, 'tests/browser/template_preview'), [join(build, 'share'), fixtures, out, language]);
}

/** The page images that the fixtures name, from the sample document. */
export async function renderSample(out) {
  mkdirSync(join(out, 'pages'), {recursive: true});
  const pdf = join(root, 'tests/data/documents/cong-van-1234-UBND-KGVX.pdf');
  for (const [name, dpi] of [['1', 96], ['1@2x', 192]])
    if (!existsSync(join(out, 'pages', `${name}.png`)))
      await run('pdftoppm', ['-png', '-singlefile', '-r', String(dpi), pdf, join(out, 'pages', name)]);
}

/**
 * Serves OUT/<name>.html at /<name>, and the static files. Returns {base, close()}. `act(request, response)`
 * is asked first; when it returns true it has answered.
 */
export function serve(out, act = () => false) {
  const server = createServer((request, response) => {
    if (act(request, response)) return;
    const path = normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname));
    const file = path.startsWith('/static/') ? join(build, 'share', path) : extname(path) ? join(out, path) : join(out, `${path}.html`);
    const found = existsSync(file) && extname(file);
    const headers = {'Content-Security-Policy': kPolicy, 'Content-Type': kTypes[extname(file)] ?? 'text/plain', 'Cache-Control': 'no-store'};
    response.writeHead(found ? 200 : 404, headers);
    response.end(found ? readFileSync(file) : 'not found');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve({
    base: `http://127.0.0.1:${server.address().port}`,
    close: () => new Promise((done) => {
      server.closeAllConnections();
      server.close(done);
    }),
  })));
}
