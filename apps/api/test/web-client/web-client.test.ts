import { writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { makeClient } from '@bachata-buddy/client';
import { claimTask, completeTask, type Database } from '@bachata-buddy/database';
import t from 'tap';
import { makeScene, SENTENCE, UUID } from '../generate/generation-scene.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';
import type { Tap } from '../tap.ts';
import { shownError, WebClient } from './web-client.ts';

const VIDEO = Buffer.from('the bytes of a finished video');
const PASSWORD = 'una-noche-larga';
const WISH = { song_id: 1, difficulty: 'intermediate', energy_level: 'medium', style: 'playful' } as const;

/** The API on a port of this machine, songs and moves to plan with, and a registered user. */
async function makeWebScene(t: Tap) {
  const scene = await makeScene(t);
  await addPlanningCatalogue(scene.database);
  await scene.app.listen({ host: '127.0.0.1', port: 0 });
  const origin = `http://127.0.0.1:${(scene.app.server.address() as AddressInfo).port}`;
  const web = new WebClient(origin);
  const { status, body } = await web.post('auth/register/', {
    username: 'ana',
    email: 'ana@example.com',
    password: PASSWORD,
    password2: PASSWORD,
  });
  if (status !== 201) throw new Error(shownError({ status, body }));
  web.signIn(body);
  return { ...scene, origin, web };
}

/** Does what a job does for a task: claims it, stores a video, says that it is done. */
async function finish(database: Database, storageDirectory: string, taskId: string): Promise<void> {
  const outputPath = `output/choreography_${taskId}.mp4`;
  const claimed = await claimTask(database, taskId);
  writeFileSync(join(storageDirectory, outputPath), VIDEO);
  await completeTask(database, taskId, claimed?.attempt ?? 0, {
    video_url: `/media/${outputPath}`,
    output_path: outputPath,
    duration: 66,
    file_size: VIDEO.length,
    num_moves: 9,
    difficulty: 'intermediate',
  });
}

t.test('the web client registers, logs in, and stays logged in with one refresh token', async (t) => {
  const { web, origin } = await makeWebScene(t);
  const login = await new WebClient(origin).post('auth/login/', { username: 'ana', password: PASSWORD });
  t.equal(login.status, 200);
  t.match(login.body, {
    access: /^\S+\.\S+\.\S+$/,
    refresh: /^\S+\.\S+\.\S+$/,
    user: { id: Number, username: 'ana', email: 'ana@example.com' },
  });

  // It refreshes whenever it is loaded and never keeps another refresh token than the first.
  for (let load = 0; load < 3; load++) await web.refresh();
  web.storage.set('accessToken', 'one that has run out');
  const profile = await web.get('auth/me/');
  t.match(profile, { status: 200, body: { username: 'ana', display_name: '' } }, 'a 401 was healed');
  t.match(await web.put('auth/me/', { display_name: 'Ana' }), { status: 200, body: { display_name: 'Ana' } });
  const preferences = await web.get('auth/preferences/');
  t.equal(preferences.status, 200);
  t.strictSame(await web.put('auth/preferences/', preferences.body), preferences);

  const stranger = new WebClient(origin);
  const wrong = await stranger.post('auth/login/', { username: 'ana', password: 'no-es-esa' });
  t.equal(shownError(wrong), 'Invalid username or password');
  const taken = { username: 'ana', email: 'ana@', password: '12345678', password2: '12345678' };
  t.match(
    shownError(await stranger.post('auth/register/', taken)),
    /^username: A user with that username already exists\.$/m,
    'each text on a line of its own',
  );
});

t.test('the web client finds a song with its search, filters and orders', async (t) => {
  const { web } = await makeWebScene(t);
  const page = 'choreography/songs/?page=1&page_size=20';
  const all = await web.get(`${page}&ordering=-title`);
  t.equal(all.status, 200);
  t.equal(all.body.count, 2);
  t.strictSame(
    all.body.results.map((song: { title: string }) => song.title),
    ['Cancion 2', 'Cancion 1'],
  );
  t.match(all.body.results[0], {
    id: 2,
    title: 'Cancion 2',
    artist: 'Los Probadores',
    bpm: 125,
    genre: 'Bachata',
    duration: 66,
  });
  for (const [query, count] of [
    ['&ordering=title&search=cancion+1', 1],
    ['&ordering=-bpm&genre=bachata', 2],
    ['&ordering=artist&genre=modern', 0],
    ['&ordering=-artist&bpm_min=120&bpm_max=130', 1],
  ] as const) {
    t.equal((await web.get(`${page}${query}`)).body.count, count, query);
  }
  t.match(await web.get('choreography/songs/1/'), { status: 200, body: { title: 'Cancion 1' } });
});

t.test('the web client generates both ways, follows, cancels, and plays the video', async (t) => {
  const { web, origin, database, storageDirectory } = await makeWebScene(t);
  const fromSong = await web.post('choreography/generate-from-song/', WISH);
  t.match(fromSong, { status: 202, body: { task_id: UUID } });
  const preview = await web.post('choreography/parse-query/', { query: SENTENCE });
  t.equal(preview.status, 200);
  t.match(preview.body.parameters, {
    difficulty: 'beginner',
    energy_level: 'low',
    style: 'romantic',
    tempo: /^(slow|medium|fast)$/,
    confidence: Number,
  });
  const described = await web.post('choreography/generate-with-ai/', { query: SENTENCE });
  t.match(described, { status: 202, body: { task_id: UUID } });

  const cancelled: string = described.body.task_id;
  t.equal((await web.delete(`choreography/tasks/${cancelled}/`)).status, 200, 'a body that is JSON');
  t.match((await web.get(`choreography/tasks/${cancelled}/`)).body, {
    status: 'failed',
    error: 'Cancelled by user',
  });

  const taskId: string = fromSong.body.task_id;
  const progress = (await web.get(`choreography/tasks/${taskId}/`)).body;
  t.match(progress, { status: 'started', progress: 0, stage: 'video_assembly', message: String });
  await finish(database, storageDirectory, taskId);
  const { body: done } = await web.get(`choreography/tasks/${taskId}/`);
  t.match(done, {
    status: 'completed',
    result: { video_url: `/media/output/choreography_${taskId}.mp4`, num_moves: 9 },
    song: { title: 'Cancion 1', artist: 'Los Probadores' },
    difficulty: 'intermediate',
    style: 'playful',
  });
  t.equal((await web.get('choreography/tasks/')).body.count, 2);

  const address = `${origin}${done.result.video_url}`;
  const token = { Authorization: `Bearer ${web.storage.get('accessToken')}` };
  for (const headers of [token, {}]) {
    const video = await fetch(address, { headers });
    t.equal(video.status, 200);
    t.ok(VIDEO.equals(Buffer.from(await video.arrayBuffer())), 'whole, with and without a login');
  }
});

t.test('the web client keeps, shows, edits and removes what it saved', async (t) => {
  const { web, database, storageDirectory } = await makeWebScene(t);
  const { body: started } = await web.post('choreography/generate-from-song/', WISH);
  await finish(database, storageDirectory, started.task_id);
  const saving = {
    task_id: started.task_id,
    title: 'Cancion 1 - Intermediate',
    difficulty: 'intermediate',
    notes: '',
  };
  t.equal((await web.post('collections/save/', saving)).status, 201);
  t.equal(shownError(await web.post('collections/save/', saving)), 'Choreography already saved');

  const { body: list } = await web.get('collections/?page=1&search=&difficulty=&ordering=-created_at');
  t.equal(list.results.length, 1, 'filters that are sent empty are none');
  const [item] = list.results;
  t.match(item, {
    id: UUID,
    title: 'Cancion 1 - Intermediate',
    difficulty: 'intermediate',
    duration: 66,
    created_at: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
    task_id: started.task_id,
    notes: '',
    song_title: 'Cancion 1',
    music_info: { song: 'Cancion 1', artist: 'Los Probadores' },
  });
  t.strictSame((await web.get('collections/?page=1&page_size=3')).body.results, [item], 'on the home page');
  t.strictSame((await web.get('collections/stats/')).body, {
    total_count: 1,
    total_duration: 66,
    by_difficulty: { intermediate: 1 },
    recent_count: 1,
  });

  const edit = { title: 'Para el sábado', difficulty: 'advanced', notes: 'Lento al final' };
  t.equal((await web.put(`collections/${item.id}/`, edit)).status, 200);
  t.match((await web.get(`collections/${item.id}/`)).body, edit);
  const searched = 'collections/?page=1&search=s%C3%A1bado&difficulty=advanced&ordering=title';
  t.equal((await web.get(searched)).body.count, 1);
  t.equal((await web.delete(`collections/${item.id}/`)).status, 200, 'a body that is JSON');
  t.strictSame((await web.get('collections/?page=1&page_size=3')).body.results, []);
});

t.test('the typed client makes the same way against the service itself', async (t) => {
  const { origin, web, database, storageDirectory } = await makeWebScene(t);
  const kept: unknown[] = [];
  const client = makeClient({ baseUrl: origin, onTokens: (tokens) => kept.push(tokens) });
  const login = await client.POST('/api/auth/login/', { body: { username: 'ana', password: PASSWORD } });
  if (login.error !== undefined) throw new Error('the login failed');
  client.setTokens({ access: 'one that has run out', refresh: login.data.refresh });
  const songs = await client.GET('/api/choreography/songs/', { params: { query: { search: 'cancion 2' } } });
  t.equal(songs.data?.results[0]?.id, 2);
  t.equal(kept.length, 2, 'tokens were set, and renewed');

  const body = { song_id: 2, difficulty: 'advanced' } as const;
  const started = await client.POST('/api/choreography/generate-from-song', { body });
  const taskId = started.data?.task_id ?? '';
  await finish(database, storageDirectory, taskId);
  const path = { params: { path: { task_id: taskId } } };
  const task = await client.GET('/api/choreography/tasks/{task_id}/', path);
  t.equal(task.data?.result?.num_moves, 9);
  const saved = await client.POST('/api/collections/save/', { body: { task_id: taskId } });
  t.equal(saved.data?.song_title, 'Cancion 2');
  const refused = await client.POST('/api/collections/save/', { body: { task_id: taskId } });
  t.strictSame(refused.error, { error: 'Choreography already saved' });
  const blueprint = await client.GET('/api/choreography/tasks/{task_id}/blueprint/', path);
  t.equal(blueprint.data?.task_id, taskId);
  t.equal((await web.get('collections/')).body.count, 1, 'both clients see the same');
});
