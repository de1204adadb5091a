import { findUserByUsername, updateUser } from '@bachata-buddy/database';
import { hash } from '@node-rs/argon2';
import t from 'tap';
import { addUser } from '../catalogue.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';

const GOOD = { username: 'maria', password: 'correct horse', password2: 'correct horse' };
const user = (id: number, values: object = {}) => ({
  id,
  username: 'maria',
  email: '',
  display_name: '',
  is_instructor: false,
  preferences: {},
  ...values,
});

t.test('registering answers with the account and two tokens that work', async (t) => {
  const { app, database } = await makeTestApp(t);
  const payload = { ...GOOD, email: 'maria@example.org', display_name: ' María ', is_instructor: true };
  const answer = await app.inject({ method: 'POST', url: '/api/auth/register/', payload });
  t.equal(answer.statusCode, 201);
  const { access, refresh, ...rest } = answer.json();
  t.strictSame(rest, { user: user(1, { email: 'maria@example.org', display_name: 'María' }) });

  const claims = JSON.parse(Buffer.from(access.split('.')[1], 'base64url').toString());
  t.match(claims, { token_type: 'access', user_id: '1', jti: /^[\da-f]{32}$/, iss: String, aud: String });
  t.equal(claims.exp - claims.iat, 3_600);
  t.equal(Buffer.from(access.split('.')[0], 'base64url').toString(), '{"alg":"HS256","typ":"JWT"}');

  const headers = { authorization: `Bearer ${access}` };
  for (const url of ['/api/auth/profile/', '/api/auth/profile', '/api/auth/me/', '/api/auth/me']) {
    t.strictSame((await app.inject({ url, headers })).json(), rest.user, url);
  }
  const stored = await findUserByUsername(database, 'maria');
  t.match(stored?.passwordHash, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  t.equal(
    (await app.inject({ method: 'POST', url: '/api/auth/refresh/', payload: { refresh } })).statusCode,
    200,
  );
});

t.test('registering names everything that is wrong at once', async (t) => {
  const { app, database } = await makeTestApp(t);
  await addUser(database, 'maria');
  const post = async (payload: object) => {
    const answer = await app.inject({ method: 'POST', url: '/api/auth/register', payload });
    return { status: answer.statusCode, body: answer.json() };
  };
  const required = ['This field is required.'];
  const badName =
    'Enter a valid username. This value may contain only letters, numbers, and @/./+/-/_ characters.';
  const taken = ['A user with that username already exists.'];
  const cases: [payload: object, body: object][] = [
    [{}, { username: required, password: required, password2: required }],
    [{ ...GOOD }, { username: taken }],
    [
      { username: 'maria', password: '123', password2: '123', email: 'x' },
      {
        username: taken,
        email: ['Enter a valid email address.'],
        password: [
          'This password is too short. It must contain at least 8 characters.',
          'This password is entirely numeric.',
        ],
      },
    ],
    [{ ...GOOD, username: 'a b!' }, { username: [badName] }],
    [
      { ...GOOD, username: 'x'.repeat(151) },
      { username: ['Ensure this field has no more than 150 characters.'] },
    ],
    [
      { ...GOOD, username: 'joe', password2: 'another horse' },
      { password: ["Password fields didn't match."] },
    ],
    [
      { username: 'joe.the.great', password: 'Joe.The.Great', password2: 'Joe.The.Great' },
      { password: ['The password is too similar to the username.'] },
    ],
    [
      { ...GOOD, username: 'joe', display_name: 'a\0' },
      { display_name: ['Null characters are not allowed.'] },
    ],
  ];
  for (const [payload, body] of cases) {
    t.strictSame(await post(payload), { status: 400, body }, JSON.stringify(payload));
  }
});

t.test('of two people who take one name at the same time, one gets it', async (t) => {
  const { app } = await makeTestApp(t);
  const answers = await Promise.all(
    [1, 2].map(() => app.inject({ method: 'POST', url: '/api/auth/register/', payload: GOOD })),
  );
  t.strictSame(answers.map((answer) => answer.statusCode).sort(), [201, 400]);
});

t.test('a name and a password are the same on every system, in whatever form it types them', async (t) => {
  const { app, database } = await makeTestApp(t);
  const post = async (payload: object, action = 'login') =>
    (await app.inject({ method: 'POST', url: `/api/auth/${action}/`, payload })).statusCode;
  const password = 'contraseña-muy-larga';
  const decomposed = password.normalize('NFD');
  t.not(decomposed, password);
  t.equal(await post({ username: 'josé', password, password2: decomposed }, 'register'), 201);
  for (const username of ['josé', 'jose\u0301', 'JOSE\u0301'])
    for (const typed of [password, decomposed]) t.equal(await post({ username, password: typed }), 200);
  t.equal(await post({ username: 'jose', password }), 401, 'without its accent it is another name');
  t.equal(await post({ username: 'josé', password: 'contrasena-muy-larga' }), 401);

  // As passwords of before were hashed: letter by letter as they were typed.
  const asTyped = await hash(decomposed);
  await updateUser(database, 1, { passwordHash: asTyped });
  t.equal(await post({ username: 'josé', password }), 401);
  t.equal(await post({ username: 'josé', password: decomposed }), 200);
  t.not((await findUserByUsername(database, 'josé'))?.passwordHash, asTyped, 'it is hashed anew');
  t.equal(await post({ username: 'josé', password }), 200);
});

t.test('names differ in more than case, and blanks around a password count', async (t) => {
  const { app } = await makeTestApp(t);
  const post = (payload: object, action = 'register') =>
    app.inject({ method: 'POST', url: `/api/auth/${action}/`, payload });
  t.equal(
    (await post({ username: 'maria', password: ' horse cart ', password2: ' horse cart ' })).statusCode,
    201,
  );
  t.strictSame((await post({ ...GOOD, username: 'MARIA' })).json(), {
    username: ['A user with that username already exists.'],
  });
  t.equal((await post({ username: 'maria', password: 'horse cart' }, 'login')).statusCode, 401);
  t.equal((await post({ username: ' maria ', password: ' horse cart ' }, 'login')).statusCode, 200);
  const shown = await post({ username: 'MariA', password: ' horse cart ' }, 'login');
  t.equal(shown.json().user.username, 'maria', 'shown as it was first typed');
});

t.test('a login says no more than that it failed, until the password is right', async (t) => {
  const { app, database } = await makeTestApp(t);
  await app.inject({ method: 'POST', url: '/api/auth/register/', payload: GOOD });
  const login = async (payload: object) => {
    const answer = await app.inject({ method: 'POST', url: '/api/auth/login/', payload });
    return { status: answer.statusCode, body: answer.json(), challenge: answer.headers['www-authenticate'] };
  };
  const refused = (error: string) => ({ status: 401, body: { error }, challenge: 'Bearer realm="api"' });

  const good = await login({ username: 'maria', password: GOOD.password });
  t.equal(good.status, 200);
  t.strictSame(Object.keys(good.body), ['user', 'access', 'refresh']);
  t.strictSame(good.body.user, user(1));
  const wrong = refused('Invalid username or password');
  t.strictSame(await login({ username: 'maria', password: 'wrong horse' }), wrong);
  t.strictSame(await login({ username: 'nobody', password: GOOD.password }), wrong);
  await updateUser(database, 1, { isActive: false });
  t.strictSame(await login({ username: 'maria', password: 'wrong horse' }), wrong);
  t.strictSame(
    await login({ username: 'maria', password: GOOD.password }),
    refused('User account is disabled'),
  );
  t.strictSame((await login({ username: '', password: null })).body, {
    username: ['This field may not be blank.'],
    password: ['This field may not be null.'],
  });
});

t.test('a profile changes field by field, and nobody promotes themselves', async (t) => {
  const { app, database } = await makeTestApp(t);
  const maria = await addUser(database, 'maria');
  const asMaria = actAs(app, maria);
  const put = async (payload: object, url = '/api/auth/profile/') =>
    (await asMaria({ method: 'PUT', url, payload })).json();

  t.strictSame(await put({}), user(1));
  t.strictSame(
    await put({ email: 'm@example.org', id: 7, username: 'eve' }),
    user(1, { email: 'm@example.org' }),
  );
  t.strictSame(
    await put({ email: '', display_name: 'M', preferences: { theme: { dark: true } } }, '/api/auth/me'),
    user(1, { display_name: 'M', preferences: { theme: { dark: true } } }),
  );
  t.strictSame(
    await put({ preferences: { a: 1 }, is_instructor: 'true' }),
    user(1, { display_name: 'M', preferences: { a: 1 } }),
  );

  await updateUser(database, 1, { isStaff: true });
  t.match(await put({ is_instructor: 'yes' }), { is_instructor: true });
});

t.test('a profile that cannot be is refused', async (t) => {
  const { app, database } = await makeTestApp(t);
  const asMaria = actAs(app, await addUser(database, 'maria'));
  const cases: [payload: string, body: object][] = [
    ['{"email":"x"}', { email: ['Enter a valid email address.'] }],
    ['{"is_instructor":"maybe"}', { is_instructor: ['Must be a valid boolean.'] }],
    ['{"preferences":"x"}', { preferences: ['Expected a dictionary of items but got type "str".'] }],
    [
      JSON.stringify({ preferences: { theme: 'x'.repeat(5_000) } }),
      { preferences: ['Preferences may take at most 4096 bytes as JSON.'] },
    ],
    ['{"preferences":{"a\\u0000":1}}', { preferences: ['Null characters are not allowed.'] }],
    ['{"preferences":{"a":"\\ud800"}}', { preferences: ['Surrogate characters are not allowed: U+D800.'] }],
    [
      `{"preferences":{"a":${'['.repeat(40)}${']'.repeat(40)}}}`,
      { preferences: ['This value is nested too deeply.'] },
    ],
    [
      `{"display_name":"${'x'.repeat(201)}"}`,
      { display_name: ['Ensure this field has no more than 200 characters.'] },
    ],
  ];
  const headers = { 'content-type': 'application/json' };
  for (const [payload, body] of cases) {
    const answer = await asMaria({ method: 'PUT', url: '/api/auth/profile/', payload, headers });
    t.equal(answer.statusCode, 400);
    t.strictSame(answer.json(), body, payload.slice(0, 60));
  }
  const patch = await asMaria({ method: 'PATCH', url: '/api/auth/profile/', payload: {} });
  t.equal(patch.statusCode, 405);
  t.equal(patch.headers.allow, 'GET, PUT, HEAD, OPTIONS');
});
