import t from 'tap';
import { networkOf } from '../../src/auth/login-limits.ts';
import { makeTestApp } from '../make-test-app.ts';

const PASSWORD = 'correct horse';

async function makeScene(t: Parameters<typeof makeTestApp>[0], config = {}) {
  const { app } = await makeTestApp(t, { config });
  const payload = { username: 'maria', password: PASSWORD, password2: PASSWORD };
  await app.inject({ method: 'POST', url: '/api/auth/register/', payload });
  return async (payload: object, { from = '192.0.2.1', forwardedFor = '' } = {}) => {
    const answer = await app.inject({
      method: 'POST',
      url: '/api/auth/login/',
      payload,
      remoteAddress: from,
      headers: forwardedFor === '' ? {} : { 'x-forwarded-for': forwardedFor },
    });
    return {
      status: answer.statusCode,
      body: answer.json(),
      wait: Number(answer.headers['retry-after']),
      limit: answer.headers.ratelimit,
    };
  };
}

t.test('ten wrong passwords lock a name on their network, whoever is right there', async (t) => {
  const login = await makeScene(t);
  const right = { username: 'maria', password: PASSWORD };
  for (let index = 0; index < 12; index++) t.equal((await login(right)).status, 200);
  for (let index = 0; index < 10; index++) {
    t.equal((await login({ username: 'maria', password: 'a guess' })).status, 401);
  }
  const { status, body, wait } = await login(right);
  t.equal(status, 429, 'also with the right password: else it could still be found');
  t.ok(wait > 800 && wait <= 900, `${wait} s`);
  t.strictSame(body, { detail: `Request was throttled. Expected available in ${wait} seconds.` });
  t.equal((await login({ username: 'joe', password: 'x' })).status, 401, 'other names are free');
  t.equal((await login(right, { from: '198.51.100.7' })).status, 200, 'and so are other networks');
});

t.test('a hundred wrong passwords lock a name, but not where its owner is at home', async (t) => {
  const login = await makeScene(t);
  const right = { username: 'maria', password: PASSWORD };
  const home = { from: '198.51.100.7' };
  t.equal((await login(right, home)).status, 200);
  for (let network = 0; network < 20; network++) {
    const from = `203.0.113.${network}`;
    const guesses = Array.from({ length: 5 }, () =>
      login({ username: 'maria', password: 'a guess' }, { from }),
    );
    for (const { status } of await Promise.all(guesses)) t.equal(status, 401);
  }
  t.equal((await login(right, { from: '203.0.113.99' })).status, 429, 'from a strange network');
  t.equal((await login(right, home)).status, 200, 'from a network where she logged in before');
  t.equal((await login(right, { from: '127.0.0.1' })).status, 200, 'from the one where she registered');
  for (let index = 0; index < 10; index++) {
    t.equal((await login({ username: 'maria', password: 'a guess' }, home)).status, 401);
  }
  t.equal((await login(right, home)).status, 429, 'there too nobody guesses without end');
});

t.test('what one limit refuses is no failure of another', async (t) => {
  const login = await makeScene(t);
  for (let index = 0; index < 60; index++) await login({ username: 'maria', password: 'a guess' });
  t.equal((await login({ username: 'joe', password: 'x' })).status, 401, 'the network has failed ten times');
});

t.test('an address that tries many names is stopped, and a header it sends does not help', async (t) => {
  const login = await makeScene(t);
  const guesses = await Promise.all(
    Array.from({ length: 60 }, (_, index) =>
      login({ username: `user${index}`, password: 'a guess' }, { forwardedFor: `203.0.113.${index}` }),
    ),
  );
  t.equal(guesses.filter(({ status }) => status === 401).length, 50);
  t.equal(guesses.filter(({ status }) => status === 429).length, 10);
  t.match(
    guesses.find(({ status }) => status === 429)?.limit,
    /^"login-address";r=0;/,
    'the one that refuses',
  );
  const right = { username: 'maria', password: PASSWORD };
  t.equal((await login(right)).status, 429);
  t.equal((await login(right, { from: '192.0.2.2' })).status, 200, 'other addresses are free');
});

t.test('behind a proxy that is trusted, the address it names counts', async (t) => {
  const login = await makeScene(t, { TRUSTED_PROXIES: '192.0.2.0/24' });
  for (let index = 0; index < 50; index++) {
    await login({ username: `user${index}`, password: 'a guess' }, { forwardedFor: '203.0.113.1' });
  }
  const right = { username: 'maria', password: PASSWORD };
  t.equal((await login(right, { forwardedFor: '203.0.113.1' })).status, 429);
  t.equal((await login(right, { forwardedFor: '203.0.113.2' })).status, 200);
});

t.test('an IPv6 address counts as its network of 64 bits', async (t) => {
  const cases: [address: string, network: string][] = [
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:0:7::1', '2001:db8:0:7'],
    ['2001:0DB8:0000:0007:ffff:1:2:3', '2001:db8:0:7'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['::1', '0:0:0:0'],
  ];
  for (const [address, network] of cases) t.equal(networkOf(address), network, address);
});
