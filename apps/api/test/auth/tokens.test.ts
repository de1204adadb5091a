import { createHmac } from 'node:crypto';
import { findRefreshSession, updateUser } from '@bachata-buddy/database';
import t from 'tap';
import { hashToken, signAccessToken } from '../../src/auth/tokens.ts';
import { addUser } from '../catalogue.ts';
import { makeTestApp, TEST_SECRET, type TestApp } from '../make-test-app.ts';

const NOW_SEC = Math.floor(Date.now() / 1000);
const CLAIMS = {
  token_type: 'access',
  jti: '0123456789abcdef0123456789abcdef',
  user_id: '1',
  iss: 'bachata-buddy',
  aud: 'bachata-buddy-api',
  iat: NOW_SEC,
  exp: NOW_SEC + 600,
};

/** A token by hand: the oracle is RFC 7515, not the library. */
function forge(
  claims: object,
  {
    alg = 'HS256',
    secret = TEST_SECRET,
    header = {},
  }: { alg?: string; secret?: string; header?: object } = {},
): string {
  const text = [{ alg, typ: 'JWT', ...header }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  if (alg.toLowerCase() === 'none') return `${text}.`;
  const digest = `sha${/^HS(\d+)$/.exec(alg)?.[1] ?? 256}`;
  return `${text}.${createHmac(digest, secret).update(text).digest('base64url')}`;
}

/** Headers that ask a careless verifier to fetch or take the key from the token itself. */
const OWN_KEY = {
  kid: '../../../dev/null',
  jku: 'http://127.0.0.1:9/keys.json',
  jwk: { kty: 'oct', k: Buffer.from('x'.repeat(40)).toString('base64url') },
};

const CREDENTIALS = 'Authentication credentials were not provided.';
const refusal = (message: string) => ({
  detail: CREDENTIALS,
  code: 'token_not_valid',
  messages: [{ token_class: 'AccessToken', token_type: 'access', message }],
});

async function login(t: Parameters<typeof makeTestApp>[0], config = {}) {
  const testApp = await makeTestApp(t, { config });
  const password = 'correct horse';
  const payload = { username: 'maria', password, password2: password };
  const answer = await testApp.app.inject({ method: 'POST', url: '/api/auth/register/', payload });
  return { ...testApp, ...(answer.json() as { access: string; refresh: string }) };
}

async function refresh({ app }: Pick<TestApp, 'app'>, token: unknown, action = 'refresh') {
  const answer = await app.inject({
    method: 'POST',
    url: `/api/auth/${action}/`,
    payload: { refresh: token },
  });
  return { status: answer.statusCode, body: answer.json() };
}

t.test('a request without a good token is refused', async (t) => {
  const { app, database } = await makeTestApp(t);
  await addUser(database, 'maria');
  const get = async (authorization?: string) => {
    const headers = authorization === undefined ? {} : { authorization };
    const answer = await app.inject({ url: '/api/auth/me/', headers });
    return { status: answer.statusCode, body: answer.json(), challenge: answer.headers['www-authenticate'] };
  };

  t.equal((await get(`Bearer ${forge(CLAIMS)}`)).status, 200, 'the forger can write a good one');
  const none = { status: 401, body: { detail: CREDENTIALS }, challenge: 'Bearer realm="api"' };
  t.strictSame(await get(), none);
  t.strictSame(await get('Basic bWFyaWE6eA=='), none);

  const [header, , signature] = forge({ ...CLAIMS, user_id: '2' }).split('.');
  const mixed = [header, forge(CLAIMS).split('.')[1], signature].join('.');
  const bad = (body: object) => ({ status: 401, body });
  const twoWords = {
    detail: 'Authorization header must contain two space-delimited values',
    code: 'bad_authorization_header',
  };
  const cases: [name: string, authorization: string, body: object][] = [
    ['no token', 'Bearer', twoWords],
    ['two tokens', 'Bearer a b', twoWords],
    ['nonsense', 'Bearer nonsense', refusal('Token is invalid')],
    ['no signature', `Bearer ${forge(CLAIMS, { alg: 'none' })}`, refusal('Token is invalid')],
    ['another algorithm', `Bearer ${forge(CLAIMS, { alg: 'HS512' })}`, refusal('Token is invalid')],
    [
      'no signature, spelt otherwise',
      `Bearer ${forge(CLAIMS, { alg: 'nOnE' })}`,
      refusal('Token is invalid'),
    ],
    [
      'an algorithm that is none of ours',
      `Bearer ${forge(CLAIMS, { alg: 'HS384' })}`,
      refusal('Token is invalid'),
    ],
    [
      'a public key for a secret',
      `Bearer ${forge(CLAIMS, { alg: 'RS256', secret: '-----BEGIN PUBLIC KEY-----' })}`,
      refusal('Token is invalid'),
    ],
    [
      'a key of its own',
      `Bearer ${forge(CLAIMS, { secret: 'x'.repeat(40), header: OWN_KEY })}`,
      refusal('Token is invalid'),
    ],
    ['an empty secret', `Bearer ${forge(CLAIMS, { secret: '' })}`, refusal('Token is invalid')],
    ['not yet valid', `Bearer ${forge({ ...CLAIMS, nbf: NOW_SEC + 600 })}`, refusal('Token is invalid')],
    ['cut short', `Bearer ${forge(CLAIMS).slice(0, -5)}`, refusal('Token is invalid')],
    [
      'without its third part',
      `Bearer ${forge(CLAIMS).split('.', 2).join('.')}`,
      refusal('Token is invalid'),
    ],
    ['with a fourth part', `Bearer ${forge(CLAIMS)}.e30`, refusal('Token is invalid')],
    ['the signature of another', `Bearer ${mixed}`, refusal('Token is invalid')],
    ['claims that are a list', `Bearer ${forge([CLAIMS])}`, refusal('Token is invalid')],
    ['no type', `Bearer ${forge({ ...CLAIMS, token_type: undefined })}`, refusal('Token is invalid')],
    [
      'a user beyond all numbers',
      `Bearer ${forge({ ...CLAIMS, user_id: '9'.repeat(40) })}`,
      refusal('Token is invalid'),
    ],
    ['a user of another sign', `Bearer ${forge({ ...CLAIMS, user_id: '-1' })}`, refusal('Token is invalid')],
    ['an end that is text', `Bearer ${forge({ ...CLAIMS, exp: '9999999999' })}`, refusal('Token is invalid')],
    [
      'a very long one',
      `Bearer ${forge({ ...CLAIMS, padding: 'x'.repeat(12_000), exp: 1 })}`,
      refusal('Token is expired'),
    ],
    ['another secret', `Bearer ${forge(CLAIMS, { secret: 'x'.repeat(40) })}`, refusal('Token is invalid')],
    ['another issuer', `Bearer ${forge({ ...CLAIMS, iss: 'eve' })}`, refusal('Token is invalid')],
    ['another audience', `Bearer ${forge({ ...CLAIMS, aud: 'eve' })}`, refusal('Token is invalid')],
    ['no end', `Bearer ${forge({ ...CLAIMS, exp: undefined })}`, refusal('Token is invalid')],
    ['an end in ages', `Bearer ${forge({ ...CLAIMS, exp: 1e300 })}`, refusal('Token is invalid')],
    [
      'an end in a year',
      `Bearer ${forge({ ...CLAIMS, exp: NOW_SEC + 31_536_000 })}`,
      refusal('Token is invalid'),
    ],
    [
      'made tomorrow',
      `Bearer ${forge({ ...CLAIMS, iat: NOW_SEC + 86_400, exp: NOW_SEC + 90_000 })}`,
      refusal('Token is invalid'),
    ],
    ['no issuer', `Bearer ${forge({ ...CLAIMS, iss: undefined })}`, refusal('Token is invalid')],
    ['no audience', `Bearer ${forge({ ...CLAIMS, aud: undefined })}`, refusal('Token is invalid')],
    ['no beginning', `Bearer ${forge({ ...CLAIMS, iat: undefined })}`, refusal('Token is invalid')],
    ['no id', `Bearer ${forge({ ...CLAIMS, jti: undefined })}`, refusal('Token is invalid')],
    ['a number for a user', `Bearer ${forge({ ...CLAIMS, user_id: 1 })}`, refusal('Token is invalid')],
    ['SQL for a user', `Bearer ${forge({ ...CLAIMS, user_id: '1 or 1=1' })}`, refusal('Token is invalid')],
    ['an old one', `Bearer ${forge({ ...CLAIMS, exp: NOW_SEC - 1 })}`, refusal('Token is expired')],
    [
      'a refresh token',
      `Bearer ${forge({ ...CLAIMS, token_type: 'refresh' })}`,
      refusal('Token has wrong type'),
    ],
    [
      'nobody',
      `Bearer ${forge({ ...CLAIMS, user_id: '999' })}`,
      { detail: 'User not found', code: 'user_not_found' },
    ],
  ];
  for (const [name, authorization, body] of cases) {
    const { challenge: _challenge, ...answer } = await get(authorization);
    t.strictSame(answer, bad(body), name);
  }
  const expired = await get(`Bearer ${forge({ ...CLAIMS, exp: NOW_SEC - 1 })}`);
  t.equal(
    expired.challenge,
    'Bearer realm="api", error="invalid_token", error_description="Token is expired"',
  );

  await updateUser(database, 1, { isActive: false });
  t.strictSame((await get(`Bearer ${forge(CLAIMS)}`)).body, {
    detail: 'User is inactive',
    code: 'user_inactive',
  });
});

t.test('credentials are asked for before anything else is looked at', async (t) => {
  const { app } = await makeTestApp(t);
  const closed = [
    ['GET', '/api/auth/profile'],
    ['PUT', '/api/auth/me/'],
    ['GET', '/api/choreography/songs/'],
    ['GET', '/api/choreography/songs/1/'],
    ['POST', '/api/choreography/generate-from-song'],
    ['POST', '/api/choreography/generate-with-ai/'],
    ['POST', '/api/choreography/parse-query'],
    ['GET', '/api/choreography/tasks'],
    ['GET', '/api/choreography/tasks/x'],
    ['DELETE', '/api/choreography/tasks/x/'],
    ['GET', '/api/choreography/videos/x'],
  ] as const;
  for (const [method, url] of closed) {
    const answer = await app.inject({
      method,
      url,
      headers: { 'content-type': 'text/nonsense' },
      payload: '{',
    });
    t.strictSame([answer.statusCode, answer.json()], [401, { detail: CREDENTIALS }], `${method} ${url}`);
  }
});

t.test('a refresh token gives access tokens and stays what it is', async (t) => {
  const context = await login(t);
  for (const _again of [1, 2]) {
    const { status, body } = await refresh(context, context.refresh);
    t.equal(status, 200);
    t.equal(body.refresh, context.refresh);
    t.not(body.access, context.access);
    const headers = { authorization: `Bearer ${body.access}` };
    t.equal((await context.app.inject({ url: '/api/auth/me/', headers })).statusCode, 200);
  }
  const session = await findRefreshSession(context.database, hashToken(context.refresh));
  t.equal(session?.tokenHash.includes(context.refresh), false, 'only a hash is kept');
});

t.test('a refresh token that is none is refused', async (t) => {
  const context = await login(t);
  const invalid = (detail: string) => ({ status: 401, body: { detail, code: 'token_not_valid' } });
  const required = (text: string) => ({ status: 400, body: { refresh: [text] } });
  t.strictSame(await refresh(context, undefined), required('This field is required.'));
  t.strictSame(await refresh(context, ''), required('This field may not be blank.'));
  t.strictSame(await refresh(context, 'x'), invalid('Token is invalid'));
  t.strictSame(await refresh(context, context.access), invalid('Token has wrong type'));
  const old = forge({ ...CLAIMS, token_type: 'refresh', exp: NOW_SEC - 1 });
  t.strictSame(await refresh(context, old), invalid('Token is expired'));
  const neverGiven = forge({ ...CLAIMS, token_type: 'refresh' });
  t.strictSame(await refresh(context, neverGiven), invalid('Token is invalid'));
});

t.test('a logout ends the session of its refresh token', async (t) => {
  const context = await login(t);
  const gone = { status: 200, body: { message: 'Logged out successfully' } };
  t.strictSame(await refresh(context, context.refresh, 'logout'), gone);
  t.strictSame(await refresh(context, context.refresh, 'logout'), gone, 'twice is no harm');
  t.strictSame(await refresh(context, context.refresh), {
    status: 401,
    body: { detail: 'Token is blacklisted', code: 'token_not_valid' },
  });
  t.equal((await refresh(context, 'x', 'logout')).status, 401);
});

t.test('with rotation each refresh token works once, and using it again ends its whole family', async (t) => {
  const context = await login(t, { AUTH_ROTATE_REFRESH: true });
  const second = await refresh(context, context.refresh);
  t.equal(second.status, 200);
  t.not(second.body.refresh, context.refresh);
  const third = await refresh(context, second.body.refresh);
  t.equal(third.status, 200);
  const blacklisted = { status: 401, body: { detail: 'Token is blacklisted', code: 'token_not_valid' } };
  t.strictSame(await refresh(context, context.refresh), blacklisted);
  t.strictSame(await refresh(context, third.body.refresh), blacklisted, 'the newest one is ended too');
});

t.test('pages that refresh at the same moment get one and the same token, and stay logged in', async (t) => {
  const context = await login(t, { AUTH_ROTATE_REFRESH: true });
  const answers = await Promise.all([1, 2, 3].map(() => refresh(context, context.refresh)));
  t.strictSame(
    answers.map(({ status }) => status),
    [200, 200, 200],
  );
  t.equal(new Set(answers.map(({ body }) => body.refresh)).size, 1, 'one chain of tokens');
  t.equal(new Set(answers.map(({ body }) => body.access)).size, 3);
  // However long the machine took until here.
  await context.database.pool.query(
    'update refresh_sessions set revoked_at = clock_timestamp() where revoked_at is not null',
  );
  const late = await refresh(context, context.refresh);
  t.equal(late.body.refresh, answers[0]?.body.refresh, 'a page that comes a little later gets it as well');
  const next = await refresh(context, answers[0]?.body.refresh);
  t.equal(next.status, 200);
  const headers = { authorization: `Bearer ${next.body.access}` };
  t.equal((await context.app.inject({ url: '/api/auth/me/', headers })).statusCode, 200);
});

t.test('a token that is used again later than that ends its family, with its access tokens', async (t) => {
  const context = await login(t, { AUTH_ROTATE_REFRESH: true });
  const second = await refresh(context, context.refresh);
  await context.database.pool.query(
    "update refresh_sessions set revoked_at = revoked_at - interval '11 seconds'",
  );
  const blacklisted = { status: 401, body: { detail: 'Token is blacklisted', code: 'token_not_valid' } };
  t.strictSame(await refresh(context, context.refresh), blacklisted);
  t.strictSame(await refresh(context, second.body.refresh), blacklisted, 'though nobody has used that one');
  const headers = { authorization: `Bearer ${second.body.access}` };
  const answer = await context.app.inject({ url: '/api/auth/me/', headers });
  t.match([answer.statusCode, answer.json()], [401, { messages: [{ message: 'Token is invalid' }] }]);
});

t.test('a token that a logout ended is not given another, however soon it comes', async (t) => {
  const context = await login(t, { AUTH_ROTATE_REFRESH: true });
  const second = await refresh(context, context.refresh);
  // Of a page that has not heard of the new one yet.
  t.equal((await refresh(context, context.refresh, 'logout')).status, 200);
  t.equal((await refresh(context, context.refresh)).status, 401);
  t.equal((await refresh(context, second.body.refresh)).status, 401);
});

t.test('a disabled account gets no new access token', async (t) => {
  const context = await login(t);
  await updateUser(context.database, 1, { isActive: false });
  t.strictSame(await refresh(context, context.refresh), {
    status: 401,
    body: { detail: 'User is inactive', code: 'user_inactive' },
  });
});

t.test('tokens of the secret before this one are good, and new ones are signed by this one', async (t) => {
  const previous = 'the secret of last month, which is long enough';
  const { app, database } = await makeTestApp(t, { config: { JWT_SECRET_PREVIOUS: previous } });
  await addUser(database, 'maria');
  const get = async (token: string) => {
    const answer = await app.inject({ url: '/api/auth/me/', headers: { authorization: `Bearer ${token}` } });
    return [answer.statusCode, answer.json().messages?.[0].message];
  };
  t.strictSame(await get(forge(CLAIMS)), [200, undefined]);
  t.strictSame(await get(forge(CLAIMS, { secret: previous })), [200, undefined]);
  const old = forge({ ...CLAIMS, exp: NOW_SEC - 1 }, { secret: previous });
  t.strictSame(await get(old), [401, 'Token is expired']);
  t.strictSame(await get(forge(CLAIMS, { secret: 'x'.repeat(40) })), [401, 'Token is invalid']);
  t.strictSame(await get(forge(CLAIMS, { secret: previous, alg: 'HS512' })), [401, 'Token is invalid']);
  const [head, claims, signature] = signAccessToken(app, 1).split('.');
  const text = `${head}.${claims}`;
  t.equal(createHmac('sha256', TEST_SECRET).update(text).digest('base64url'), signature);
});
