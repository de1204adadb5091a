import { createLoginLink, findUserByUsername, useLoginLink } from '@bachata-buddy/database';
import t from 'tap';
import { isLoopback } from '../../src/http/loopback.ts';
import { addUser } from '../catalogue.ts';
import { makeTestApp, type TestApp } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

const QUARTER_SEC = 900;

async function makeScene(t: Tap, config = {}) {
  const scene = await makeTestApp(t, { config });
  const user = await addUser(scene.database, 'ana');
  return { ...scene, user };
}

async function makeLink({ database }: TestApp, validSec = QUARTER_SEC): Promise<string> {
  const token = await createLoginLink(database, 'ana', validSec);
  if (token === null) throw new Error('There is no ana.');
  return token;
}

const follow = ({ app }: TestApp, token: string, remoteAddress = '127.0.0.1') =>
  app.inject({ method: 'POST', url: '/api/auth/login/link/', remoteAddress, payload: { token } });

t.test('a link logs its owner in once', async (t) => {
  const scene = await makeScene(t);
  const token = await makeLink(scene);
  const answer = await follow(scene, token);
  t.equal(answer.statusCode, 200);
  t.equal(answer.json().user.username, 'ana');
  const headers = { authorization: `Bearer ${answer.json().access}` };
  t.equal((await scene.app.inject({ url: '/api/auth/profile/', headers })).statusCode, 200);
  const again = await follow(scene, token);
  t.equal(again.statusCode, 400);
  t.equal(again.headers['x-error-code'], 'LOGIN_LINK_INVALID');
});

t.test('of several that use a link at once one is logged in', async (t) => {
  const scene = await makeScene(t);
  const token = await makeLink(scene);
  const answers = await Promise.all([1, 2, 3, 4].map(() => follow(scene, token)));
  t.same(answers.map(({ statusCode }) => statusCode).sort(), [200, 400, 400, 400]);
});

t.test('a link works on the machine of the service alone, and is not used up elsewhere', async (t) => {
  const scene = await makeScene(t, { TRUSTED_PROXIES: '127.0.0.1' });
  const token = await makeLink(scene);
  t.equal((await follow(scene, token, '192.0.2.7')).statusCode, 403);
  const throughProxy = await scene.app.inject({
    method: 'POST',
    url: '/api/auth/login/link/',
    headers: { 'x-forwarded-for': '192.0.2.7' },
    payload: { token },
  });
  t.equal(throughProxy.statusCode, 403);
  t.equal((await follow(scene, token)).statusCode, 200);
});

t.test('a link ends by time, by another one, and with its account', async (t) => {
  const scene = await makeScene(t);
  t.equal((await follow(scene, await makeLink(scene, -1))).statusCode, 400);
  const [first, second] = [await makeLink(scene), await makeLink(scene)];
  t.equal((await follow(scene, first)).statusCode, 400);
  t.equal((await follow(scene, second)).statusCode, 200);
  t.equal((await follow(scene, 'x'.repeat(43))).statusCode, 400);
  t.equal(await createLoginLink(scene.database, 'nobody', QUARTER_SEC), null);
});

t.test('what is kept of a link logs nobody in', async (t) => {
  const scene = await makeScene(t);
  const token = await makeLink(scene);
  const { rows } = await scene.database.pool.query('select token_hash from login_links');
  t.not(rows[0].token_hash, token);
  t.equal((await follow(scene, rows[0].token_hash)).statusCode, 400);
  t.equal(
    (await useLoginLink(scene.database, token))?.id,
    (await findUserByUsername(scene.database, 'ana'))?.id,
  );
});

t.test('addresses of this machine are told from others', async (t) => {
  for (const own of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1']) t.ok(isLoopback(own), own);
  for (const other of ['192.0.2.7', '::ffff:192.0.2.7', '::2', '128.0.0.1', '', 'localhost'])
    t.notOk(isLoopback(other), other);
});
