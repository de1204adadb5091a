import { makeLogger } from '@bachata-buddy/platform';
import t from 'tap';
import { addStartedTask, addUser } from '../catalogue.ts';
import { openEvents } from '../events/event-client.ts';
import { until } from '../launch/pretend-launcher.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

async function makeLoggedApp(t: Tap, level: 'info' | 'debug' = 'info') {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  const log = makeLogger({ name: 'api', level, destination });
  const testApp = await makeTestApp(t, { log });
  const lines = () =>
    written
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ message }) => message === 'request');
  return { ...testApp, lines, text: () => written.join('') };
}

t.test('every answer has an id: the caller’s own where it is a safe one', async (t) => {
  const { app } = await makeTestApp(t);
  const idOf = async (url: string, headers: Record<string, string> = {}, method: 'GET' | 'OPTIONS' = 'GET') =>
    (await app.inject({ url, headers, method })).headers['x-request-id'];
  for (const url of ['/api/health', '/api/auth/me/', '/nothing', '/%zz', `/api/${'a'.repeat(300)}`])
    t.match(await idOf(url), UUID, url.slice(0, 30));
  const preflight = { origin: 'http://localhost:5173', 'access-control-request-method': 'GET' };
  t.match(await idOf('/api/health', preflight, 'OPTIONS'), UUID);
  for (const id of ['a', 'trace-1.b_C', 'x'.repeat(64)])
    t.equal(await idOf('/api/health', { 'x-request-id': id }), id);
  for (const id of ['', ' ', 'a b', 'x'.repeat(65), '../etc', '{"a":1}', '<b>', '-a', 'ñ'])
    t.match(await idOf('/api/health', { 'x-request-id': id }), UUID, `${JSON.stringify(id)} is none`);
});

t.test('a line of the log says what became of a request, and nothing that is secret', async (t) => {
  const { app, database, lines, text } = await makeLoggedApp(t);
  const maria = await addUser(database, 'maria');
  await actAs(
    app,
    maria,
  )({ url: '/api/auth/me/?token=hush-query', headers: { 'x-request-id': 'mine', cookie: 'a=hush-cookie' } });
  const payload = { username: 'maria', password: 'hush-password' };
  await app.inject({ method: 'POST', url: '/api/auth/login/', payload });
  await app.inject({ url: '/api/auth/me/', headers: { authorization: 'Bearer hush-token' } });
  await app.inject({ url: '/%zz?hush-path' });
  await until('four lines', () => lines().length === 4);
  const facts = lines().map(({ method, path, status, code, userId }) => ({
    method,
    path,
    status,
    code,
    userId,
  }));
  t.strictSame(facts, [
    { method: 'GET', path: '/api/auth/me/', status: 200, code: undefined, userId: maria.id },
    { method: 'POST', path: '/api/auth/login/', status: 401, code: 'LOGIN_INVALID', userId: null },
    { method: 'GET', path: '/api/auth/me/', status: 401, code: 'TOKEN_INVALID', userId: null },
    { method: 'GET', path: '/%zz', status: 404, code: 'NOT_FOUND', userId: null },
  ]);
  t.equal(lines()[0]?.requestId, 'mine');
  for (const line of lines()) {
    const names = ['durationMs', 'message', 'method', 'name', 'path', 'requestId', 'severity', 'status'];
    const ofRefusal = line.code === undefined ? [] : ['code'];
    t.strictSame(Object.keys(line).sort(), [...ofRefusal, ...names, 'time', 'userId']);
    t.type(line.durationMs, 'number');
  }
  t.notMatch(text(), /hush-|eyJ/);
});

t.test(
  'at its most talkative, the log says which fields were wrong and not what stood in them',
  async (t) => {
    const { app, text } = await makeLoggedApp(t, 'debug');
    const post = (url: string, payload: object) => app.inject({ method: 'POST', url, payload });
    const payload = { username: 'maria', password: ['hush-password'], password2: 'hush-again' };
    t.equal((await post('/api/auth/register/', payload)).statusCode, 400);
    t.equal((await post('/api/auth/login/', payload)).statusCode, 400);
    t.equal((await post('/api/auth/refresh/', { refresh: { token: 'hush-token' } })).statusCode, 400);
    await app.inject({ url: '/media/output/uploads/hush-0b1c.mp4' });
    await until('the last line', () => text().includes('/media/output/uploads/[redacted]'));
    t.match(text(), /request refused/);
    t.notMatch(text(), /hush/);
  },
);

t.test('who may be behind a proxy that is not believed is said once', async (t) => {
  const { app, text } = await makeLoggedApp(t);
  for (const _ of [1, 2])
    await app.inject({ url: '/api/health', headers: { 'x-forwarded-for': '203.0.113.9' } });
  t.equal(text().split('X-Forwarded-For is not believed').length, 2);
});

t.test('a caller that leaves before the end has its line too', async (t) => {
  const { app, database, lines } = await makeLoggedApp(t);
  const maria = await addUser(database, 'maria');
  const taskId = await addStartedTask(database, maria.id);
  await app.listen({ port: 0, host: '127.0.0.1' });
  const stream = await openEvents(app, maria, taskId);
  t.equal(lines().length, 0, 'the stream is not over');
  stream.leave();
  const [line] = await until('its line', () => (lines().length > 0 ? lines() : null));
  t.match(line, {
    path: `/api/choreography/tasks/${taskId}/events/`,
    status: 200,
    userId: maria.id,
    isAborted: true,
  });
});
