import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { connectDatabase } from '@bachata-buddy/database';
import { makeLogger } from '@bachata-buddy/platform';
import { makeLocalStore } from '@bachata-buddy/storage';
import t from 'tap';
import { parse } from 'yaml';
import { buildApp } from '../../src/app.ts';
import { localPlayback } from '../../src/playback.ts';
import { addUser } from '../catalogue.ts';
import {
  actAs,
  hearsNothing,
  idleLauncher,
  makeTestApp,
  noPlanner,
  TEST_CONFIG,
  testSignedMedia,
} from '../make-test-app.ts';

t.test('health and readiness answer without a login, with and without a slash', async (t) => {
  const { app } = await makeTestApp(t);
  for (const [path, status] of [
    ['health', 'healthy'],
    ['ready', 'ready'],
  ] as const) {
    for (const url of [`/api/${path}`, `/api/${path}/`]) {
      const answer = await app.inject({ url });
      t.strictSame([answer.statusCode, answer.json()], [200, { status }], url);
    }
  }
});

t.test('without its database the service lives, is not ready, and hides why', async (t) => {
  const lines: string[] = [];
  const log = makeLogger({
    name: 'api',
    level: 'warn',
    destination: { write: (line) => void lines.push(line) },
  });
  const database = connectDatabase({ url: 'postgres://maria:hush-hush@127.0.0.1:1/nowhere' });
  const app = await buildApp({
    config: { ...TEST_CONFIG, CORS_ALLOWED_ORIGINS: '' },
    database,
    playback: localPlayback(),
    signedMedia: testSignedMedia,
    store: makeLocalStore({ rootDirectory: t.testdir() }),
    planner: noPlanner,
    analyseSound: hearsNothing,
    launcher: { ...idleLauncher, capacity: 1 },
    log,
  });
  t.teardown(async () => {
    await app.close();
    await database.close();
  });
  t.equal((await app.inject({ url: '/api/health' })).statusCode, 200);
  const ready = await app.inject({ url: '/api/ready' });
  const body = { status: 'unavailable', detail: 'The database is not reachable.' };
  t.strictSame([ready.statusCode, ready.json()], [503, body]);
  const login = await app.inject({
    method: 'POST',
    url: '/api/auth/login/',
    payload: { username: 'a', password: 'b' },
  });
  t.strictSame([login.statusCode, login.json()], [503, { detail: 'Service temporarily unavailable.' }]);
  t.ok(lines.length > 0, 'it is said in the log');
  t.notMatch(lines.join(''), /hush-hush/, 'without the password');
});

t.test('an address nobody serves is a 404 in JSON', async (t) => {
  const { app } = await makeTestApp(t);
  for (const url of ['/', '/api', '/api/nothing/', '/api/health/x', '/%zz', '/api/choreography', '/admin/']) {
    const answer = await app.inject({ url });
    t.strictSame([answer.statusCode, answer.json()], [404, { detail: 'Not found.' }], url);
    t.match(answer.headers['content-type'], /^application\/json/);
  }
});

t.test('another method is a 405 that names the right ones', async (t) => {
  const { app } = await makeTestApp(t);
  const cases: [method: 'GET' | 'PUT' | 'PATCH' | 'POST', url: string, allow: string][] = [
    ['PUT', '/api/health', 'GET, HEAD, OPTIONS'],
    ['GET', '/api/auth/login', 'POST, OPTIONS'],
    ['GET', '/api/choreography/generate-from-song/', 'POST, OPTIONS'],
    ['PATCH', '/api/choreography/tasks/abc/', 'GET, DELETE, HEAD, OPTIONS'],
    ['POST', '/media/output/a.mp4', 'GET, HEAD, OPTIONS'],
  ];
  for (const [method, url, allow] of cases) {
    const answer = await app.inject({ method, url });
    t.equal(answer.statusCode, 405, url);
    t.strictSame(answer.json(), { detail: `Method "${method}" not allowed.` });
    t.equal(answer.headers.allow, allow);
  }
});

t.test('a bug is masked: no stack, no statement, no path', async (t) => {
  const { app, database } = await makeTestApp(t);
  await addUser(database, 'maria');
  await database.pool.query('drop table refresh_sessions');
  const password = 'correct horse';
  const payload = { username: 'joe', password, password2: password };
  const answer = await app.inject({ method: 'POST', url: '/api/auth/register/', payload });
  t.strictSame([answer.statusCode, answer.json()], [500, { detail: 'Internal server error.' }]);
});

t.test('web pages of the allowed origins may call, others may not', async (t) => {
  const { app } = await makeTestApp(t);
  const preflight = async (origin: string) => {
    const headers = { origin, 'access-control-request-method': 'DELETE' };
    const answer = await app.inject({ method: 'OPTIONS', url: '/api/choreography/tasks/x/', headers });
    return answer.headers;
  };
  t.match(await preflight('http://localhost:5173'), {
    'access-control-allow-origin': 'http://localhost:5173',
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'DELETE, GET, OPTIONS, PATCH, POST, PUT',
    'access-control-allow-headers': /authorization.*content-type.*range/,
  });
  t.equal((await preflight('https://evil.example'))['access-control-allow-origin'], undefined);
});

t.test('web pages may read the headers of answers that tell them something', async (t) => {
  const { app } = await makeTestApp(t);
  const headers = { origin: 'http://localhost:5173' };
  const answer = await app.inject({ url: '/api/health', headers });
  t.strictSame(String(answer.headers['access-control-expose-headers']).split(', ').toSorted(), [
    'accept-ranges',
    'content-disposition',
    'content-length',
    'content-range',
    'etag',
    'ratelimit',
    'ratelimit-limit',
    'ratelimit-policy',
    'ratelimit-remaining',
    'ratelimit-reset',
    'retry-after',
    'x-error-code',
    'x-request-id',
    'x-uploads-quota-bytes',
    'x-uploads-used-bytes',
  ]);
});

t.test('the OpenAPI document comes as YAML or JSON and says the same', async (t) => {
  const { app } = await makeTestApp(t);
  const yaml = await app.inject({ url: '/api/schema/' });
  t.match(yaml.headers['content-type'], /^application\/vnd\.oai\.openapi/);
  const json = await app.inject({ url: '/api/schema', headers: { accept: 'application/json' } });
  t.match(json.headers['content-type'], /^application\/json/);
  const document = json.json();
  t.strictSame(parse(yaml.body), document);
  t.equal(document.openapi, '3.1.0');
  t.equal(document.info.title, 'Bachata Buddy API');
  t.strictSame(document.components.securitySchemes.jwtAuth, {
    type: 'http',
    scheme: 'bearer',
    bearerFormat: 'JWT',
  });
  const documented = [
    ['post', '/api/choreography/generate-from-song', '202'],
    ['post', '/api/choreography/generate-with-ai', '202'],
    ['get', '/api/choreography/tasks/{task_id}/', '200'],
    ['get', '/api/choreography/tasks/', '200'],
    ['post', '/api/choreography/parse-query/', '200'],
    ['post', '/api/auth/register/', '201'],
    ['post', '/api/auth/login/', '200'],
    ['get', '/api/auth/profile/', '200'],
    ['put', '/api/auth/profile/', '200'],
  ] as const;
  for (const [method, path, status] of documented)
    t.ok(document.paths[path]?.[method]?.responses[status], path);
  t.strictSame(document.paths['/api/auth/login/'].post.security, []);
  t.equal(document.paths['/api/auth/profile/'].get.security, undefined, 'the login that holds for all');
  const operations = Object.values<Record<string, { summary?: string }>>(document.paths).flatMap(
    Object.values,
  );
  t.ok(
    operations.every((operation) => operation.summary),
    'every operation has a summary',
  );
});

t.test('the document has a name of its own, and can be kept from the public', async (t) => {
  const { app } = await makeTestApp(t);
  const first = await app.inject({ url: '/api/schema/' });
  const etag = String(first.headers.etag);
  const again = await app.inject({ url: '/api/schema/', headers: { 'if-none-match': etag } });
  t.strictSame([again.statusCode, again.body], [304, '']);
  const asJson = { accept: 'application/json', 'if-none-match': etag };
  t.equal((await app.inject({ url: '/api/schema/', headers: asJson })).statusCode, 200, 'another form');

  const token = 'an-operator-has-a-token-of-32-characters';
  const closed = await makeTestApp(t, { config: { API_DOCS: 'operators', METRICS_TOKEN: token } });
  for (const url of ['/api/schema/', '/api/docs/']) {
    t.equal((await closed.app.inject({ url })).statusCode, 401, url);
    const authorization = `Bearer ${token}`;
    t.equal((await closed.app.inject({ url, headers: { authorization } })).statusCode, 200, url);
  }
  const without = await makeTestApp(t, { config: { API_DOCS: 'off' } });
  for (const url of ['/api/schema/', '/api/docs/'])
    t.equal((await without.app.inject({ url })).statusCode, 404, url);
});

t.test('nobody keeps what is not theirs', async (t) => {
  const { app, database } = await makeTestApp(t);
  const act = actAs(app, await addUser(database, 'maria'));
  const ruleOf = async (answer: ReturnType<typeof act>) => (await answer).headers['cache-control'];
  const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });
  const PASSWORD = 'correct horse';
  const account = { username: 'ana', password: PASSWORD, password2: PASSWORD };
  t.equal((await post('/api/auth/register/', account)).headers['cache-control'], 'no-store');
  t.equal((await post('/api/auth/login/', account)).headers['cache-control'], 'no-store');
  t.equal(await ruleOf(act({ url: '/api/auth/me/' })), 'no-store');
  t.equal(await ruleOf(act({ url: '/api/choreography/tasks/' })), 'private, no-cache');
  t.equal(await ruleOf(act({ url: '/api/collections/' })), 'private, no-cache');
  t.equal((await app.inject({ url: '/api/collections/' })).headers['cache-control'], 'no-store');
});

t.test('a body that is compressed, or no UTF-8, is refused as what it is', async (t) => {
  const { app } = await makeTestApp(t);
  const send = async (payload: Buffer, headers: Record<string, string> = {}) => {
    const type = { 'content-type': 'application/json' };
    const answer = await app.inject({
      method: 'POST',
      url: '/api/auth/login/',
      payload,
      headers: { ...type, ...headers },
    });
    return [answer.statusCode, answer.json().detail];
  };
  const body = Buffer.from('{"username":"maría","password":"x"}');
  t.strictSame((await send(body))[0], 401);
  t.strictSame(await send(gzipSync(body), { 'content-encoding': 'gzip' }), [
    415,
    'Unsupported content encoding "gzip" in request.',
  ]);
  t.strictSame(await send(Buffer.from(body.toString(), 'latin1')), [
    400,
    'JSON parse error - The body is not valid UTF-8.',
  ]);
});

t.test('Swagger UI needs nothing that its own policy forbids', async (t) => {
  const { app } = await makeTestApp(t);
  for (const url of ['/api/docs', '/api/docs/']) {
    const page = await app.inject({ url });
    t.equal(page.statusCode, 200);
    t.match(page.headers['content-type'], /^text\/html/);
    t.match(page.headers['content-security-policy'], /script-src 'self'; style-src 'self' 'unsafe-inline'/);
    t.notMatch(page.body, /<script(?![^>]*\bsrc=)[^>]*>/, 'no script stands in the page itself');
    const base = new URL(url, 'http://localhost');
    for (const [, link = ''] of page.body.matchAll(/(?:href|src)="([^"]+)"/g)) {
      const { host, pathname } = new URL(link, base);
      t.equal(host, 'localhost', link);
      t.equal((await app.inject({ url: pathname })).statusCode, 200, pathname);
    }
  }
  const script = await app.inject({ url: '/api/docs/static/swagger-initializer.js' });
  t.match(script.body, /"\/api\/schema\/"/);
});

t.test('callers are turned away while the event loop is hopelessly late, and let in again', async (t) => {
  const { app } = await makeTestApp(t, { maxEventLoopDelayMs: 200 });
  await app.ready();
  const health = () => app.inject({ url: '/api/health' });
  let answer = await health();
  // The delay is looked at once a second: blocked longer than that, the next look finds it.
  for (let round = 0; answer.statusCode !== 503 && round < 10; round += 1) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500);
    await sleep(20);
    answer = await health();
  }
  t.strictSame([answer.statusCode, answer.json()], [503, { detail: 'Service temporarily unavailable.' }]);
  t.equal(answer.headers['retry-after'], '5');
  while (answer.statusCode !== 200) {
    await sleep(100);
    answer = await health();
  }
});
