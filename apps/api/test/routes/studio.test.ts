import { gunzipSync } from 'node:zlib';
import { makeLogger } from '@bachata-buddy/platform';
import t from 'tap';
import { mediaOrigins } from '../../src/studio/media-origins.ts';
import { makeTestApp } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

/** As a browser asks for an address that somebody typed. */
const AS_BROWSER = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const PAGE = '<!doctype html><title>Bachata Buddy</title>';
const SCRIPT = `console.log(${JSON.stringify('uno dos tres tap '.repeat(100))})`;

const COMPRESSED = 'of a file that was compressed when the page was built';

// Of this file, not of a test: the app has a folder of the test's own.
const root = t.testdir({
  page: {
    'index.html': PAGE,
    assets: {
      'index-1a2b3c.js': SCRIPT,
      'frame-4d5e6f.js': SCRIPT,
      'frame-4d5e6f.js.br': COMPRESSED,
      '.env': 'A=1',
    },
  },
  unbuilt: { assets: {} },
});

async function makePageApp(t: Tap) {
  return makeTestApp(t, { config: { STUDIO_DIR: `${root}/page` } });
}

t.test('a browser gets the page at every address that is not the API', async (t) => {
  const { app } = await makePageApp(t);
  for (const url of ['/', '/sign-in', '/dance/7d44a1b2-5f0c-4c8e-9a51-0e6b5d1f2c3a?move=3', '/apiary']) {
    const answer = await app.inject({ url, headers: AS_BROWSER });
    t.equal(answer.statusCode, 200, url);
    t.equal(answer.body, PAGE);
    t.match(answer.headers, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-cache' });
  }
  t.equal((await app.inject({ method: 'HEAD', url: '/', headers: AS_BROWSER })).statusCode, 200);
});

t.test('nothing is complained of in the log when the page is sent', async (t) => {
  const lines: string[] = [];
  const log = makeLogger({
    name: 'api-test',
    level: 'warn',
    destination: { write: (line: string) => lines.push(line) },
  });
  const { app } = await makeTestApp(t, { config: { STUDIO_DIR: `${root}/page` }, log });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const answer = await fetch(`http://127.0.0.1:${port}/sign-in`, { headers: AS_BROWSER });
  t.equal(await answer.text(), PAGE);
  t.strictSame(lines, []);
});

t.test(
  'what is missing in the API, of media or among the files of the page is a 404 in JSON, for browsers too',
  async (t) => {
    const { app } = await makePageApp(t);
    const addresses = [
      '/api',
      '/api/nowhere',
      '/media/nowhere.mp4',
      '/metrics',
      '/assets/gone.js',
      '/assets/.env',
    ];
    for (const url of [...addresses, '/assets/..%2findex.html']) {
      const answer = await app.inject({ url, headers: AS_BROWSER });
      t.equal(answer.statusCode, 404, url);
      t.same(answer.json(), { detail: 'Not found.' });
    }
  },
);

t.test('programs and other methods get no page', async (t) => {
  const { app } = await makePageApp(t);
  t.same((await app.inject({ url: '/' })).json(), { detail: 'Not found.' });
  t.equal((await app.inject({ url: '/', headers: { accept: '*/*' } })).statusCode, 404);
  t.equal((await app.inject({ method: 'POST', url: '/', headers: AS_BROWSER })).statusCode, 404);
});

t.test('where no page is configured, or none is built yet, a browser is told so in JSON', async (t) => {
  const { app } = await makeTestApp(t);
  t.same((await app.inject({ url: '/', headers: AS_BROWSER })).json(), { detail: 'Not found.' });
  const unbuilt = await makeTestApp(t, { config: { STUDIO_DIR: `${root}/unbuilt` } });
  t.equal((await unbuilt.app.inject({ url: '/', headers: AS_BROWSER })).statusCode, 404);
});

t.test('files of the page are kept for ever, compressed where that is known', async (t) => {
  const { app } = await makePageApp(t);
  const answer = await app.inject({
    url: '/assets/index-1a2b3c.js',
    headers: { 'accept-encoding': 'gzip, br' },
  });
  t.equal(answer.statusCode, 200);
  t.match(answer.headers, {
    'cache-control': 'public, max-age=31536000, immutable',
    'content-type': /javascript/,
    'content-encoding': 'br',
  });
  t.equal((await app.inject({ url: '/assets/index-1a2b3c.js' })).body, SCRIPT);
});

t.test('what was compressed when the page was built is sent so to whoever takes it', async (t) => {
  const { app } = await makePageApp(t);
  const ask = (encodings: string) =>
    app.inject({ url: '/assets/frame-4d5e6f.js', headers: { 'accept-encoding': encodings } });
  const answer = await ask('gzip, deflate, br');
  t.equal(answer.body, COMPRESSED);
  t.match(answer.headers, {
    'content-encoding': 'br',
    'content-type': /javascript/,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: /accept-encoding/i,
  });
  const other = await ask('gzip, deflate');
  t.equal(other.headers['content-encoding'], 'gzip');
  t.equal(gunzipSync(other.rawPayload).toString(), SCRIPT);
  t.equal((await ask('identity')).body, SCRIPT);
});

t.test('the page runs no script that is not a file of its own', async (t) => {
  const { app } = await makePageApp(t);
  const { headers } = await app.inject({ url: '/', headers: AS_BROWSER });
  const policy = new Map(
    String(headers['content-security-policy'])
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1)]),
  );
  t.same(policy.get('default-src'), ["'self'"]);
  t.same(policy.get('script-src'), ["'self'"]);
  t.same(policy.get('object-src'), ["'none'"]);
  t.same(policy.get('frame-ancestors'), ["'none'"]);
  t.same(policy.get('media-src'), ["'self'", 'blob:']);
  t.match(headers, { 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
});

t.test('the page may get media from where their addresses lead, and from nowhere else', async (t) => {
  t.same(
    mediaOrigins({ STORAGE: 'local', VIDEO_URLS: 'relative', CDN_BASE_URL: 'https://cdn.example.com' }),
    [],
  );
  t.same(mediaOrigins({ STORAGE: 'gcs', CDN_BASE_URL: 'https://cdn.example.com/videos' }), [
    'https://cdn.example.com',
    'https://storage.googleapis.com',
  ]);
  t.same(mediaOrigins({ STORAGE: 'gcs', GCS_API_ENDPOINT: 'http://storage:9000' }), ['http://storage:9000']);
  t.same(mediaOrigins({ STORAGE: 'local', VIDEO_URLS: 'absolute', PUBLIC_URL: 'https://a.example.com/' }), [
    'https://a.example.com',
  ]);
});
