import t from 'tap';
import { makeTestApp } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

const PASSWORD = 'correct horse';

async function makeScene(t: Tap, config: object) {
  const { app } = await makeTestApp(t, { config });
  return (username: string, from = '192.0.2.1') =>
    app.inject({
      method: 'POST',
      url: '/api/auth/register/',
      payload: { username, password: PASSWORD, password2: PASSWORD },
      remoteAddress: from,
    });
}

t.test('so many registrations come from one network in an hour, refused ones included', async (t) => {
  const register = await makeScene(t, { REGISTER_RATE_LIMIT_PER_HOUR: 4 });
  t.equal((await register('ana')).statusCode, 201);
  t.equal((await register('ana')).statusCode, 400, 'taken');
  t.equal((await register('eva')).statusCode, 201);
  t.equal((await register('no name')).statusCode, 400);
  const refused = await register('leo');
  t.equal(refused.statusCode, 429);
  const wait = Number(refused.headers['retry-after']);
  t.strictSame(refused.json(), { detail: `Request was throttled. Expected available in ${wait} seconds.` });
  t.equal((await register('ana')).statusCode, 429, 'nor is a name told any more');
  t.equal((await register('leo', '192.0.2.2')).statusCode, 201, 'other networks are free');
});

t.test('registration can be closed', async (t) => {
  const register = await makeScene(t, { REGISTRATION_OPEN: false });
  const refused = await register('ana');
  t.equal(refused.statusCode, 403);
  t.strictSame(refused.json(), { detail: 'Registration is closed.' });
});

t.test('a user has so many sessions; the oldest end', async (t) => {
  const { app } = await makeTestApp(t);
  const post = async (url: string, payload: object) => {
    const answer = await app.inject({ method: 'POST', url, payload });
    return { status: answer.statusCode, ...answer.json() };
  };
  const { refresh: first } = await post('/api/auth/register/', {
    username: 'ana',
    password: PASSWORD,
    password2: PASSWORD,
  });
  const later: string[] = [];
  for (let count = 0; count < 20; count += 1) {
    later.push((await post('/api/auth/login/', { username: 'ana', password: PASSWORD })).refresh);
  }
  t.match(await post('/api/auth/refresh/', { refresh: first }), { status: 401, detail: 'Token is invalid' });
  for (const refresh of later) t.equal((await post('/api/auth/refresh/', { refresh })).status, 200);
});
