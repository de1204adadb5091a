import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiClient, makeClient, type Tokens } from '@bachata-buddy/client';
import {
  cancelTask,
  claimTask,
  completeTask,
  createPasswordReset,
  type Database,
  findUserByUsername,
} from '@bachata-buddy/database';
import { makeLogger } from '@bachata-buddy/platform';
import t from 'tap';
import { hashToken } from '../../src/auth/tokens.ts';
import { localPlayback } from '../../src/playback.ts';
import { addSong, addStartedTask } from '../catalogue.ts';
import { makeTestApp } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

const PASSWORD = 'una-noche-larga';
const MEDIA_ORIGIN = 'https://api.example.com';

/** A page of another origin that knows nothing but the document of the API, and the API that it asks. */
async function openPage(t: Tap) {
  const lines: string[] = [];
  const log = makeLogger({
    name: 'api-test',
    level: 'info',
    destination: { write: (line: string) => lines.push(line) },
  });
  const playback = localPlayback(MEDIA_ORIGIN);
  const { app, database, storageDirectory } = await makeTestApp(t, { playback, log });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as { port: number };
  const baseUrl = `http://127.0.0.1:${port}`;
  const visit = (tokens?: Tokens) =>
    makeClient({ baseUrl, accessToken: tokens?.access, refreshToken: tokens?.refresh });
  const logIn = async (username: string, password: string): Promise<ApiClient> => {
    const { data, response } = await visit().POST('/api/auth/login/', { body: { username, password } });
    if (data === undefined) throw new Error(`The login was answered ${response.status}.`);
    return visit(data);
  };
  /** A ticket as it would be had it been given that long ago. */
  const agedTicket = (ticket: string, minutes: number): string => {
    const { exp: _exp, ...claims } = JSON.parse(
      Buffer.from(ticket.split('.')[1] ?? '', 'base64url').toString(),
    );
    return app.jwt.sign({ ...claims, iat: claims.iat - minutes * 60 }, { expiresIn: '7d' });
  };
  return { database, storageDirectory, baseUrl, visit, logIn, agedTicket, lines };
}

async function register(client: ApiClient, username: string) {
  const body = { username, password: PASSWORD, password2: PASSWORD };
  const { data } = await client.POST('/api/auth/register/', { body });
  if (data === undefined) throw new Error('not registered');
  client.setTokens(data);
  return data.user.id;
}

/** A task of somebody whose job ends it as it is told to. */
async function addTask(database: Database, userId: number, songId: number, difficulty = 'intermediate') {
  const taskId = await addStartedTask(database, userId, { songId, difficulty: difficulty as 'advanced' });
  const key = `output/choreography_${taskId}`;
  const finish = async () => {
    const { attempt = 0 } = (await claimTask(database, taskId)) ?? {};
    await completeTask(database, taskId, attempt, {
      video_url: `/media/${key}.mp4`,
      output_path: `${key}.mp4`,
      poster_path: `${key}.jpg`,
      duration: 30.5,
      file_size: 4,
      num_moves: 4,
      difficulty,
    });
  };
  return { taskId, videoKey: `${key}.mp4`, finish };
}

t.test('what a front-end needs is there by the document alone', async (t) => {
  const page = await openPage(t);
  const { database, logIn, visit } = page;
  const ana = visit();
  const anaId = await register(ana, 'ana');
  const me = (client: ApiClient) => client.GET('/api/auth/me/');
  const statusOf = async (client: ApiClient) => (await me(client)).response.status;
  const song = await addSong(database, 'Corazón', { artist: 'Los Niños' });
  const other = await addSong(database, 'Suegra', { artist: 'Romeo' });

  await t.test('a password is changed by who knows it, and every other session ends', async (t) => {
    const elsewhere = await logIn('ana', PASSWORD);
    const change = (current_password: string, new_password: string) =>
      ana.POST('/api/auth/password/', { body: { current_password, new_password } });
    const wrong = await change('a guess', 'otra-noche-mas-larga');
    t.same([wrong.response.status, wrong.error], [400, { current_password: ['The password is not right.'] }]);
    const weak = await change(PASSWORD, 'ana');
    t.equal(weak.response.status, 400);
    t.match(weak.error, { new_password: [/similar to the username/, /too short/] });
    t.equal(await statusOf(elsewhere), 200, 'nothing has changed so far');
    const { data, response } = await change(PASSWORD, 'otra-noche-mas-larga');
    t.match(data, { message: /changed/, access: String, refresh: String });
    t.match(Object.fromEntries([...response.headers].filter(([name]) => name.startsWith('ratelimit'))), {
      ratelimit: /^"password";r=7;t=3[56]\d\d$/,
      'ratelimit-policy': '"password";q=10;w=3600',
      'ratelimit-limit': '10',
      'ratelimit-remaining': '7',
      'ratelimit-reset': /^3[56]\d\d$/,
    });
    t.equal(await statusOf(elsewhere), 401, 'its access token as well');
    t.equal(await statusOf(ana), 401);
    ana.setTokens(data ?? null);
    t.equal(await statusOf(ana), 200);
    await t.rejects(logIn('ana', PASSWORD));
  });

  await t.test('a password is reset by a link, once', async (t) => {
    const token = randomUUID();
    await createPasswordReset(database, 'ana', { tokenHash: hashToken(token), validSec: 60 });
    const reset = (body: { token: string; new_password: string }) =>
      visit().POST('/api/auth/password/reset/', { body });
    const weak = await reset({ token, new_password: '12345' });
    t.match(weak.error, { new_password: [/too short/, /numeric/] });
    const answers = await Promise.all(
      ['primera-vez-larga', 'segunda-vez-larga'].map((new_password) => reset({ token, new_password })),
    );
    t.same(answers.map(({ response }) => response.status).sort(), [200, 400], 'of two at once one succeeds');
    const late = answers.find(({ response }) => response.status === 400);
    t.equal(late?.response.headers.get('x-error-code'), 'RESET_LINK_INVALID');
    t.equal(await statusOf(ana), 401, 'whoever was logged in is not any more');
    const first = answers[0]?.response.status === 200;
    const again = await logIn('ANA', first ? 'primera-vez-larga' : 'segunda-vez-larga');
    const { data } = await again.POST('/api/auth/password/', {
      body: { current_password: first ? 'primera-vez-larga' : 'segunda-vez-larga', new_password: PASSWORD },
    });
    ana.setTokens(data ?? null);
    await createPasswordReset(database, 'ana', { tokenHash: hashToken('old'), validSec: -1 });
    t.equal(
      (await reset({ token: 'old', new_password: 'tercera-vez-larga' })).response.status,
      400,
      'expired',
    );
  });

  await t.test('sessions are listed, ended one by one and all together', async (t) => {
    const [phone, laptop] = [await logIn('ana', PASSWORD), await logIn('ana', PASSWORD)];
    const { data } = await ana.GET('/api/auth/sessions/', { params: { query: { page_size: '2' } } });
    t.match(data, { count: 3, next: /page=2/, previous: null });
    const all = (await ana.GET('/api/auth/sessions/')).data?.results ?? [];
    t.equal(all.filter(({ is_current }) => is_current).length, 1);
    t.match(all[0], {
      id: String,
      user_agent: 'node',
      created_at: /Z$/,
      last_used_at: /Z$/,
      expires_at: /Z$/,
    });
    const end = (session_id: string) =>
      ana.DELETE('/api/auth/sessions/{session_id}/', { params: { path: { session_id } } });
    const ofPhone = (await phone.GET('/api/auth/sessions/')).data?.results.find((one) => one.is_current);
    t.equal((await end(ofPhone?.id ?? '')).response.status, 200);
    t.equal((await end(ofPhone?.id ?? '')).response.status, 404, 'it has ended');
    t.same([await statusOf(phone), await statusOf(laptop), await statusOf(ana)], [401, 200, 200]);
    const eve = visit();
    await register(eve, 'eve');
    const ofEve = (await eve.GET('/api/auth/sessions/')).data?.results[0]?.id ?? '';
    t.equal((await end(ofEve)).response.status, 404, "somebody else's is not there");
    const others = await ana.DELETE('/api/auth/sessions/', { params: { query: { keep_current: 'true' } } });
    t.equal(others.data?.ended_count, 1);
    t.same([await statusOf(laptop), await statusOf(ana)], [401, 200]);
    t.equal((await ana.DELETE('/api/auth/sessions/')).data?.ended_count, 1);
    t.same([await statusOf(ana), await statusOf(eve)], [401, 200]);
    const back = await logIn('ana', PASSWORD);
    const again = await back.POST('/api/auth/password/', {
      body: { current_password: PASSWORD, new_password: PASSWORD },
    });
    ana.setTokens(again.data ?? null);
  });

  await t.test(
    'a ticket opens the events of one task without a header, and again after a break',
    async (t) => {
      const { taskId, finish } = await addTask(database, anaId, song.id);
      const path = { task_id: taskId };
      const { data } = await ana.POST('/api/choreography/tasks/{task_id}/events/ticket/', {
        params: { path },
      });
      const url = data?.events_url ?? '';
      const leaving = new AbortController();
      const first = await fetch(url, { signal: leaving.signal });
      t.equal(first.headers.get('content-type'), 'text/event-stream; charset=utf-8');
      leaving.abort();
      await finish();
      // As EventSource does after a break, of itself.
      const second = await fetch(url);
      const text = await second.text();
      t.match(text, /^retry: 3000\n\nid: \S+\ndata: \{"task_id".*"status":"completed"/);
      const id = /id: (\S+)/.exec(text)?.[1] ?? '';
      const third = await fetch(url, { headers: { 'last-event-id': id } });
      t.equal(third.status, 204, 'there is nothing more');
      const elsewhere = await addTask(database, anaId, song.id);
      t.equal((await fetch(url.replace(taskId, elsewhere.taskId))).status, 401, 'for one task alone');
      t.equal((await fetch(url.replace('events/', ''))).status, 401, 'for its events alone');
      const asToken = { authorization: `Bearer ${data?.ticket}` };
      t.equal((await fetch(`${page.baseUrl}/api/auth/me/`, { headers: asToken })).status, 401);
      await database.pool.query(
        "update choreography_tasks set completed_at = completed_at - interval '16 minutes' where task_id = $1",
        [taskId],
      );
      t.equal((await fetch(url)).status, 200, 'good for a while, though the task was over by then');
      const aged = page.agedTicket(data?.ticket ?? '', 16);
      const late = await fetch(url.replace(data?.ticket ?? '?', aged));
      t.same([late.status, late.headers.get('x-error-code')], [401, 'TOKEN_INVALID']);
      t.notOk(
        page.lines.some((line) => line.includes(data?.ticket ?? '?')),
        'no log holds it',
      );
      await cancelTask(database, elsewhere.taskId, anaId);
    },
  );

  await t.test('the list of tasks says what became of each, filtered and in order', async (t) => {
    const advanced = await addTask(database, anaId, other.id, 'advanced');
    await advanced.finish();
    const list = async (query: object) =>
      (await ana.GET('/api/choreography/tasks/', { params: { query } })).data?.results ?? [];
    const [newest] = await list({ details: 'true', page_size: '1' });
    t.match(newest, {
      task_id: advanced.taskId,
      difficulty: 'advanced',
      style: 'modern',
      song: { title: 'Suegra' },
      result: {
        video_url: `${MEDIA_ORIGIN}/media/${advanced.videoKey}`,
        poster_url: `${MEDIA_ORIGIN}/media/${advanced.videoKey.replace('mp4', 'jpg')}`,
        num_moves: 4,
      },
      completed_at: /Z$/,
    });
    t.match(await list({ details: 'true', status: 'failed' }), [{ error: 'Cancelled by user' }]);
    const [plain] = await list({ page_size: '1' });
    t.notOk(plain !== undefined && ('result' in plain || 'difficulty' in plain), 'only on demand');
    t.match(plain, { poster_url: /\.jpg$/ }, 'but for the picture');
    const songs = async (query: object) => (await list(query)).map((task) => task.song?.title);
    t.same(await songs({ ordering: 'song' }), ['Corazón', 'Corazón', 'Suegra']);
    t.same(await songs({ ordering: '-song', page_size: '1' }), ['Suegra']);
    t.same(await songs({ difficulty: 'advanced' }), ['Suegra']);
    t.same(await songs({ style: 'sensual' }), []);
    t.same(await songs({ song_id: String(other.id) }), ['Suegra']);
    t.same(await songs({ search: 'CORAZON', status: 'completed' }), ['Corazón']);
    const wrong = await ana.GET('/api/choreography/tasks/', { params: { query: { song_id: 'x' } } });
    t.same([wrong.response.status, wrong.error], [400, { error: 'song_id must be a valid integer' }]);
  });

  await t.test(
    'what is saved is called by its song, has its picture, and downloads under its name',
    async (t) => {
      const { taskId, videoKey, finish } = await addTask(database, anaId, song.id);
      await finish();
      writeFileSync(join(page.storageDirectory, videoKey), 'mp4!');
      const saved = await ana.POST('/api/collections/save/', { body: { task_id: taskId } });
      t.match(saved.data, {
        title: 'Corazón - Intermediate',
        video_path: `${MEDIA_ORIGIN}/media/${videoKey}`,
        poster_url: `${MEDIA_ORIGIN}/media/${videoKey.replace('mp4', 'jpg')}`,
      });
      const listed = await ana.GET('/api/collections/', { params: { query: { search: 'NINOS' } } });
      t.match(listed.data?.results, [{ poster_url: /\.jpg$/ }]);
      const named = `attachment; filename="Corazon - Intermediate.mp4"; filename*=UTF-8''Coraz%C3%B3n%20-%20Intermediate.mp4`;
      const path = { task_id: taskId };
      const download = await ana.GET('/api/choreography/videos/{task_id}/', {
        params: { path, query: { download: '1' } },
        parseAs: 'text',
      });
      t.same([download.data, download.response.headers.get('content-disposition')], ['mp4!', named]);
      const open = await fetch(`${page.baseUrl}/media/${videoKey}?download=1`);
      const bySong = `attachment; filename=Corazon.mp4; filename*=UTF-8''Coraz%C3%B3n.mp4`;
      t.equal(open.headers.get('content-disposition'), bySong, 'whoever has its address learns no title');
      const shown = await fetch(`${page.baseUrl}/media/${videoKey}`);
      t.match(shown.headers.get('content-disposition'), /^inline/);
      t.equal(shown.headers.get('content-encoding'), null);
    },
  );

  await t.test('lists come compressed, and not again to whoever has them', async (t) => {
    const get = (headers: Record<string, string>) =>
      ana.GET('/api/choreography/tasks/', { params: { query: { details: 'true' } }, headers });
    const plain = await get({ 'accept-encoding': 'identity' });
    t.equal(plain.response.headers.get('content-encoding'), null);
    for (const encoding of ['br', 'gzip']) {
      const { data, response } = await get({ 'accept-encoding': encoding });
      t.equal(response.headers.get('content-encoding'), encoding);
      t.match(response.headers.get('vary'), /accept-encoding/i);
      t.same(data, plain.data);
      const etag = response.headers.get('etag') ?? '';
      t.match(etag, /^W\/"/);
      const again = await get({ 'accept-encoding': encoding, 'if-none-match': etag });
      t.equal(again.response.status, 304);
    }
    const short = await ana.GET('/api/auth/preferences/', { headers: { 'accept-encoding': 'br' } });
    t.equal(short.response.headers.get('content-encoding'), null, 'what is short stays as it is');
    const document = await fetch(`${page.baseUrl}/api/schema/`, { headers: { 'accept-encoding': 'br' } });
    t.equal(document.headers.get('content-encoding'), 'br');
    const etag = document.headers.get('etag') ?? '';
    t.match(etag, /^W\/"/, 'other bytes have no strong tag');
    const known = await fetch(`${page.baseUrl}/api/schema/`, { headers: { 'if-none-match': etag } });
    t.equal(known.status, 304);
  });

  await t.test('a page of another origin may read all of these headers', async (t) => {
    const headers = { origin: 'http://localhost:5173' };
    const { response } = await ana.GET('/api/auth/me/', { headers });
    const exposed = response.headers.get('access-control-expose-headers')?.toLowerCase().split(/, ?/) ?? [];
    for (const name of [
      ...['x-error-code', 'retry-after', 'ratelimit', 'ratelimit-policy', 'ratelimit-limit'],
      ...['ratelimit-remaining', 'ratelimit-reset', 'etag', 'content-disposition'],
    ])
      t.ok(exposed.includes(name), name);
  });

  await t.test('an account is exported with all that it has, and deleted with it', async (t) => {
    const { data } = await ana.GET('/api/auth/export/');
    t.match(data, {
      user: { username: 'ana' },
      preferences: { default_difficulty: 'intermediate' },
      sessions: [{ is_current: true }],
      class_plans: [],
    });
    t.equal(data?.tasks.length, 4);
    t.equal(data?.collection.length, 1);
    const done = data?.tasks.find(({ task }) => task.song?.title === 'Suegra');
    t.match(done, {
      task: { status: 'completed', result: { num_moves: 4 } },
      links: { video: /download=1$/ },
    });

    const running = await addTask(database, anaId, song.id);
    const remove = (password: string) => ana.POST('/api/auth/delete-account/', { body: { password } });
    t.equal((await remove('a guess')).response.status, 400);
    t.equal(await statusOf(ana), 200);
    t.equal((await remove(PASSWORD)).response.status, 200);
    t.equal(await statusOf(ana), 401);
    t.equal(await findUserByUsername(database, 'ana'), null);
    const left = await database.pool.query(
      'select (select count(*) from choreography_tasks)::int tasks, (select count(*) from saved_choreographies)::int items',
    );
    t.same(left.rows, [{ tasks: 0, items: 0 }]);
    const released = await database.pool.query(
      'select from uploads where key = $1 and released_at is not null',
      [running.videoKey],
    );
    t.equal(released.rowCount, 1, 'the videos go, also of what was under way');
    t.equal((await register(visit(), 'Ana')) > anaId, true, 'the name is free again');
  });
});
