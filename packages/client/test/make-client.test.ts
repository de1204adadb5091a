import t from 'tap';
import { type ClientOptions, makeClient, type Tokens } from '../src/index.ts';

const BASE_URL = 'http://api.test';
const json = (status: number, body: object): Response => Response.json(body, { status });
const REFUSED = { detail: 'Authentication credentials were not provided.' };

/** An API of which one access token at a time is good, and every refresh makes the next one. */
function makePretendApi({ refreshStatus = 200 } = {}) {
  const seen: string[] = [];
  let generation = 1;
  const fetch = async (request: Request): Promise<Response> => {
    const { pathname } = new URL(request.url);
    const token = request.headers.get('authorization');
    const body = await request.text();
    seen.push(`${request.method} ${pathname} ${token ?? '-'}${body === '' ? '' : ` ${body}`}`);
    // Everybody who asks at the same time has asked before the first one is answered.
    await new Promise((resolve) => setImmediate(resolve));
    if (pathname === '/api/auth/login/') return json(401, { error: 'Invalid username or password' });
    if (pathname === '/api/auth/refresh/') {
      if (refreshStatus !== 200) return json(refreshStatus, { detail: 'Token is blacklisted' });
      generation += 1;
      return json(200, { access: `access-${generation}`, refresh: `refresh-${generation}` });
    }
    return token === `Bearer access-${generation}` ? json(200, { total_count: 3 }) : json(401, REFUSED);
  };
  return { fetch, seen };
}

t.test('a token that has run out is replaced once for all who wait, who then try again', async (t) => {
  const { fetch, seen } = makePretendApi();
  const kept: (Tokens | null)[] = [];
  const client = makeClient({
    baseUrl: BASE_URL,
    accessToken: 'access-0',
    refreshToken: 'refresh-1',
    onTokens: (tokens) => kept.push(tokens),
    fetch,
  });
  const answers = await Promise.all([
    client.GET('/api/collections/stats/'),
    client.GET('/api/collections/stats/'),
    client.POST('/api/collections/delete-all/', { body: { confirmation: true } }),
  ]);
  t.strictSame(
    answers.map(({ data }) => data),
    [{ total_count: 3 }, { total_count: 3 }, { total_count: 3 }],
  );
  t.strictSame(
    seen.filter((line) => line.includes('/refresh/')),
    ['POST /api/auth/refresh/ - {"refresh":"refresh-1"}'],
  );
  t.strictSame(
    seen.filter((line) => line.includes('/delete-all/')),
    [
      'POST /api/collections/delete-all/ Bearer access-0 {"confirmation":true}',
      'POST /api/collections/delete-all/ Bearer access-2 {"confirmation":true}',
    ],
  );
  t.strictSame(kept, [{ access: 'access-2', refresh: 'refresh-2' }], 'a rotated refresh token is kept');
});

t.test('a session that is over ends: the caller gets the 401 and nobody asks again', async (t) => {
  const { fetch, seen } = makePretendApi({ refreshStatus: 401 });
  const kept: (Tokens | null)[] = [];
  const onTokens = (tokens: Tokens | null) => kept.push(tokens);
  const client = makeClient({ baseUrl: BASE_URL, accessToken: 'old', refreshToken: 'gone', onTokens, fetch });
  const { error, response } = await client.GET('/api/collections/stats/');
  t.equal(response.status, 401);
  t.strictSame(error, REFUSED, 'its body is still there to read');
  t.strictSame(kept, [null]);
  await client.GET('/api/collections/stats/');
  t.equal(seen.at(-1), 'GET /api/collections/stats/ -', 'signed out');
});

t.test('an API in trouble ends no session, nor does one that heard too little or too much', async (t) => {
  const kept: (Tokens | null)[] = [];
  const onTokens = (tokens: Tokens | null) => kept.push(tokens);
  const tokens = { accessToken: 'old', refreshToken: 'good' };
  for (const refreshStatus of [408, 429, 503]) {
    const { fetch } = makePretendApi({ refreshStatus });
    const client = makeClient({ baseUrl: BASE_URL, ...tokens, onTokens, fetch });
    const isUntold = new RegExp(`could not be renewed: the API answered ${refreshStatus}`);
    await t.rejects(client.GET('/api/collections/stats/'), isUntold);
  }
  t.strictSame(kept, []);
});

t.test('without a refresh token, and for a wrong password, a 401 is just the answer', async (t) => {
  const { fetch, seen } = makePretendApi();
  const client = makeClient({ baseUrl: BASE_URL, accessToken: 'access-0', fetch });
  t.equal((await client.GET('/api/collections/stats/')).response.status, 401);
  const login = await client.POST('/api/auth/login/', { body: { username: 'ana', password: 'no' } });
  t.strictSame(login.error, { error: 'Invalid username or password' });
  t.strictSame(seen, [
    'GET /api/collections/stats/ Bearer access-0',
    'POST /api/auth/login/ - {"username":"ana","password":"no"}',
  ]);
  client.setTokens({ access: 'access-1' });
  t.strictSame((await client.GET('/api/collections/stats/')).data, { total_count: 3 });
});

t.test(
  'clients of one session take turns where they are told to, each with the newest refresh token',
  async (t) => {
    const { fetch, seen } = makePretendApi();
    let newest = 'refresh-1';
    let turn: Promise<unknown> = Promise.resolve();
    const refreshInTurn: ClientOptions['refreshInTurn'] = (_own, ask) => {
      const asked = turn.then(async () => {
        const tokens = await ask(newest);
        newest = tokens?.refresh ?? newest;
        return tokens;
      });
      turn = asked;
      return asked;
    };
    const makeTab = () =>
      makeClient({ baseUrl: BASE_URL, accessToken: 'old', refreshToken: 'refresh-1', refreshInTurn, fetch });
    const tabs = [makeTab(), makeTab()];
    for (const tab of tabs) t.equal((await tab.GET('/api/collections/stats/')).response.status, 200);
    t.strictSame(
      seen.filter((line) => line.includes('/refresh/')),
      [
        'POST /api/auth/refresh/ - {"refresh":"refresh-1"}',
        'POST /api/auth/refresh/ - {"refresh":"refresh-2"}',
      ],
    );
  },
);

t.test('whoever lets clients take turns can end a renewal that hangs, which ends no session', async (t) => {
  const deadline = new AbortController();
  const kept: (Tokens | null)[] = [];
  const client = makeClient({
    baseUrl: BASE_URL,
    accessToken: 'old',
    refreshToken: 'refresh-1',
    onTokens: (tokens) => kept.push(tokens),
    refreshInTurn: (own, ask) => ask(own, deadline.signal),
    fetch: async (request) => {
      if (!request.url.endsWith('/refresh/')) return json(401, REFUSED);
      return new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason));
        setImmediate(() => deadline.abort(new Error('That took too long.')));
      });
    },
  });
  await t.rejects(client.GET('/api/collections/stats/'), /too long/);
  t.strictSame(kept, []);
});
