import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  addOwnSong,
  cancelTask,
  deleteUser,
  findSong,
  listAllSongs,
  listSongsOfRecording,
  removeSong,
  type User,
  uploadedBytes,
} from '@bachata-buddy/database';
import { makePulseClip, makePulseSong, makeSilentSong } from '@bachata-buddy/media/testkit';
import { analyseInWorker } from '@bachata-buddy/music';
import { makeLogger } from '@bachata-buddy/platform';
import { type ObjectStore, storageError } from '@bachata-buddy/storage';
import { ownSampleKey } from '@bachata-buddy/vocabulary';
import t from 'tap';
import { makePlanner } from '../../src/generate/planner.ts';
import { makeSongListener } from '../../src/songs/listen-to-songs.ts';
import { removeReleasedUploads } from '../../src/uploads/remove-released.ts';
import { addUser } from '../catalogue.ts';
import { FROM_SONG, WITH_AI } from '../generate/generation-scene.ts';
import { until } from '../launch/pretend-launcher.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';
import type { Tap } from '../tap.ts';

const SONGS = '/api/choreography/songs/';
const NO_SONG = /^Upload a song: /;

async function makeScene(t: Tap) {
  const log = makeLogger({ name: 'test', level: 'fatal' });
  const testApp = await makeTestApp(t, {
    analyseSound: analyseInWorker,
    makePlanner: (opened) => makePlanner({ ...opened, log }),
  });
  const { app, database, storageDirectory } = testApp;
  await addPlanningCatalogue(database, { songCount: 1 });
  const maria = await addUser(database, 'maria');
  const asMaria = actAs(app, maria);
  const asEve = actAs(app, await addUser(database, 'eve'));
  const pathOf = (name: string) => join(storageDirectory, name);
  const bring = async (path: string, fields: Record<string, string> = { rights: 'true' }) => {
    const form = new FormData();
    form.append('file', new Blob([await readFile(path)]), '../../../evil name.mp3');
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const encoded = new Response(form);
    const answer = await asMaria({
      method: 'POST',
      url: SONGS,
      payload: Buffer.from(await encoded.arrayBuffer()),
      headers: { 'content-type': encoded.headers.get('content-type') ?? '' },
    });
    return { status: answer.statusCode, body: answer.json(), headers: answer.headers };
  };
  const songOf = async (id: number) => findSong(database, id, 'operator');
  const whenHeard = async (id: number) => {
    let song = await songOf(id);
    await until('the song was listened to', async () => {
      song = await songOf(id);
      return song?.status !== 'analysing';
    });
    return song!;
  };
  return { ...testApp, maria, asMaria, asEve, pathOf, bring, songOf, whenHeard };
}

/** Long enough to be danced to. */
const SONG_SEC = 14;

async function makeSong(path: string): Promise<string> {
  await makePulseSong(path, {
    durationSec: SONG_SEC,
    tempoBpm: 120,
    tags: { title: 'Mi noche', artist: 'Los Primos' },
  });
  return path;
}

const idsIn = (answer: { json(): { results: { id: number }[] } }) =>
  answer.json().results.map(({ id }) => id);

t.test(
  'a song that somebody brings is listened to, and danced to by them; nobody else knows of it',
  async (t) => {
    const { database, storageDirectory, maria, asMaria, asEve, pathOf, bring, whenHeard } =
      await makeScene(t);
    const made = await bring(await makeSong(pathOf('own.mp3')));
    t.equal(made.status, 201);
    t.match(made.body, { title: 'Mi noche', artist: 'Los Primos', is_own: true, status: 'analysing' });
    t.match(made.body.audio_path, /^songs\/own\/[\da-f-]{36}\/song\.mp3$/);
    t.equal(made.headers['x-uploads-used-bytes'], String((await readFile(pathOf('own.mp3'))).length));
    const { id } = made.body;
    const heard = await whenHeard(id);
    t.match(heard, { status: 'ready', bpm: 120, failure: null });
    const url = `${SONGS}${id}/`;
    t.match((await asMaria({ url })).json(), { status: 'ready', analysis: { tempo_bpm: Number } });
    t.same(idsIn(await asMaria({ url: `${SONGS}?own=true` })), [id]);
    t.equal((await asMaria({ url: `${url}waveform/` })).statusCode, 200);
    t.equal((await asMaria({ url: `${url}sample/` })).statusCode, 200);
    t.ok(existsSync(join(storageDirectory, ownSampleKey(heard.audioPath))), 'its sample lies beside it');

    for (const path of ['', 'waveform/', 'sample/'])
      t.equal((await asEve({ url: `${url}${path}` })).statusCode, 404);
    for (const query of ['', '?own=true', '?search=noche', '?search=primos', '?bpm_min=1'])
      t.notOk(idsIn(await asEve({ url: `${SONGS}${query}` })).includes(id), query);
    const wish = { song_id: id, difficulty: 'beginner' };
    const stolen = await asEve({ method: 'POST', url: FROM_SONG, payload: wish });
    t.strictSame(
      [stolen.statusCode, stolen.json()],
      [400, { song_id: [`Song with id ${id} does not exist.`] }],
    );
    const payload = { query: 'a bachata to Mi noche by Los Primos for beginners' };
    const byName = async (ask: typeof asMaria) =>
      (await ask({ method: 'POST', url: WITH_AI, payload })).json().song.id;
    t.not(await byName(asEve), id, 'nor is it chosen for a sentence that names it');
    t.equal(await byName(asMaria), id);
    t.equal((await asMaria({ method: 'POST', url: FROM_SONG, payload: wish })).statusCode, 202);

    t.notOk(
      (await listAllSongs(database, 'catalogue')).some((song) => song.id === id),
      'ingest passes it over',
    );
    const { contentHash, recordingHash } = heard;
    const alike = { contentHash: contentHash ?? '', recordingHash: recordingHash ?? '' };
    t.same(await listSongsOfRecording(database, alike), [], 'nor takes it for a file of its own');
    const exported = (await asMaria({ url: '/api/auth/export/' })).json();
    t.match(exported.songs, [{ id, title: 'Mi noche' }]);
    t.ok(maria.id > 0);
  },
);

t.test('what is no song is refused, and what has no beat fails in words', async (t) => {
  const { asMaria, pathOf, bring, whenHeard } = await makeScene(t);
  const path = await makeSong(pathOf('own.m4a'));
  const saying = { rights: 'true', title: ' Otra ', artist: 'Nadie' };
  const named = await bring(path, saying);
  t.match(named.body, { title: 'Otra', artist: 'Nadie' }, 'as it is said');
  t.strictSame((await bring(path, { rights: 'false' })).body, {
    rights: ['Say that you may use this song.'],
  });
  t.match((await bring(path, {})).body, { rights: ['This field is required.'] });
  await makePulseClip(pathOf('clip.mp4'), { durationSec: 1, tempoBpm: 120 });
  await writeFile(pathOf('text.mp3'), '#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n');
  for (const name of ['clip.mp4', 'text.mp3']) {
    const { status, body } = await bring(pathOf(name));
    t.equal(status, 400, name);
    t.match(body.file[0], NO_SONG, name);
  }
  t.match((await asMaria({ method: 'POST', url: SONGS, payload: {} })).json(), {
    file: ['No file was submitted.'],
  });
  await makeSilentSong(pathOf('silent.wav'), 2);
  const silent = await bring(pathOf('silent.wav'));
  t.match(silent, { status: 201, body: { title: 'Evil name', artist: 'Unknown artist' } });
  const failed = await whenHeard(silent.body.id);
  t.match(failed, { status: 'failed', failure: /^No beat could be found/ });
  await makePulseSong(pathOf('short.wav'), { durationSec: 2.2, tempoBpm: 120 });
  const short = await whenHeard((await bring(pathOf('short.wav'))).body.id);
  t.match(short, { status: 'failed', failure: /^It is too short to be danced to/ });
  const payload = { song_id: failed.id, difficulty: 'beginner' };
  t.match((await asMaria({ method: 'POST', url: FROM_SONG, payload })).json(), {
    song_id: [/^This song cannot be danced to\. No beat/],
  });
});

t.test('its owner says how it is counted, and deletes it when nothing needs it', async (t) => {
  const { database, storageDirectory, maria, asMaria, asEve, pathOf, bring, songOf, whenHeard } =
    await makeScene(t);
  const { body } = await bring(await makeSong(pathOf('own.mp3')));
  const { audioPath } = await whenHeard(body.id);
  const url = `${SONGS}${body.id}/`;
  const count = (payload: object, ask = asMaria) => ask({ method: 'PATCH', url: `${url}grid/`, payload });
  const downbeats = async () => (await asMaria({ url: `${url}waveform/` })).json().downbeats_sec;
  const before = await downbeats();
  t.match((await count({ shift_counts: 2 })).json(), { analysis: { is_corrected: true } });
  t.ok(Math.abs((await downbeats())[1] - before[1] - 1) < 0.1 || (await downbeats())[0] !== before[0]);
  t.match((await count({ tempo: 'half' })).json(), { bpm: 60 });
  t.match((await count({ first_eight_sec: 9_000 })).json(), {
    first_eight_sec: [/^There is no beat at 9000 s/],
  });
  t.equal((await count({ shift_counts: 8 })).statusCode, 400);
  t.match((await count({})).json(), { bpm: 120, analysis: { is_corrected: false } }, 'as it was measured');
  t.equal((await count({}, asEve)).statusCode, 404);
  const ofAll = await asMaria({ method: 'PATCH', url: `${SONGS}1/grid/`, payload: {} });
  t.equal(ofAll.statusCode, 403, 'songs of the catalogue are not for users to change');
  t.equal((await asMaria({ method: 'DELETE', url: `${SONGS}1/` })).statusCode, 403);

  const wish = { song_id: body.id, difficulty: 'beginner' };
  const { task_id: taskId } = (await asMaria({ method: 'POST', url: FROM_SONG, payload: wish })).json();
  const remove = (ask = asMaria) => ask({ method: 'DELETE', url });
  t.equal((await remove(asEve)).statusCode, 404);
  const needed = await remove();
  t.strictSame(
    [needed.statusCode, needed.json()],
    [409, { error: `This song stays: it is needed by the task ${taskId}.` }],
  );
  await cancelTask(database, taskId, maria.id);
  t.equal((await remove()).statusCode, 200);
  t.equal(await songOf(body.id), null);
  for (const key of [audioPath, ownSampleKey(audioPath)])
    t.notOk(existsSync(join(storageDirectory, key)), key);
  t.equal(await uploadedBytes(database, maria.id), 0, 'and takes no room any more');
  const { rowCount } = await database.pool.query(
    "select from song_waveforms where content_hash not like 'hash-%'",
  );
  t.equal(rowCount, 0, 'nor is kept what was heard in it');
});

t.test('with an account go its songs and their files', async (t) => {
  const { database, store, storageDirectory, maria, pathOf, bring, songOf, whenHeard } = await makeScene(t);
  const { body } = await bring(await makeSong(pathOf('own.mp3')));
  const { audioPath } = await whenHeard(body.id);
  const files = [audioPath, ownSampleKey(audioPath)].map((key) => join(storageDirectory, key));
  await removeReleasedUploads({ database, store }, 0);
  t.ok(
    files.every((file) => existsSync(file)),
    'nothing goes as long as it is there',
  );
  await deleteUser(database, (maria satisfies User).id);
  t.equal(await songOf(body.id), null);
  await removeReleasedUploads({ database, store }, 0);
  t.notOk(files.some((file) => existsSync(file)));
});

t.test('a song that nobody listens to any more is taken up by whoever starts next', async (t) => {
  const { app, database, storageDirectory } = await makeTestApp(t, { analyseSound: analyseInWorker });
  const { id: ownerId } = await addUser(database, 'maria');
  const bringLeft = async (name: string, age: string) => {
    const audioPath = `songs/own/${name}/song.m4a`;
    await mkdir(join(storageDirectory, `songs/own/${name}`), { recursive: true });
    await makeSong(join(storageDirectory, audioPath));
    const facts = { durationSec: SONG_SEC, audioPath, contentHash: name, recordingHash: name };
    const { id } = await addOwnSong(database, { title: name, artist: 'Yo', genre: null, ownerId, ...facts });
    const sql =
      'update songs set updated_at = now() - $2::interval, created_at = now() - $2::interval where id = $1';
    await database.pool.query(sql, [id, age]);
    return id;
  };
  const left = await bringLeft('left', '11 minutes');
  const old = await bringLeft('old', '61 minutes');
  const waiting = await bringLeft('waiting', '1 minute');
  await app.ready();
  const statusOf = async (id: number) => (await findSong(database, id, 'operator'))?.status;
  await until('it was listened to', async () => (await statusOf(left)) === 'ready');
  t.strictSame([await statusOf(old), await statusOf(waiting)], ['failed', 'analysing']);
});

/** A song that waits to be listened to, and who listens with a store that is like the app's but for what the test changes. */
async function makeListening(t: Tap, change: (store: ObjectStore, songId: number) => Partial<ObjectStore>) {
  const { database, store, storageDirectory } = await makeTestApp(t);
  const { id: ownerId } = await addUser(database, 'maria');
  const audioPath = 'songs/own/x/song.m4a';
  await mkdir(join(storageDirectory, 'songs/own/x'), { recursive: true });
  await makeSong(join(storageDirectory, audioPath));
  const facts = { durationSec: SONG_SEC, audioPath, contentHash: 'f'.repeat(64), recordingHash: 'x' };
  const song = await addOwnSong(database, { title: 'X', artist: 'Yo', genre: null, ownerId, ...facts });
  const log = makeLogger({ name: 'test', level: 'silent' });
  const changed = { ...store, ...change(store, song.id) };
  const listener = makeSongListener({ database, store: changed, analyseSound: analyseInWorker, log });
  return { database, storageDirectory, song, listener };
}

t.test('of a song that is deleted while it is listened to nothing stays', async (t) => {
  let isDeleted = false;
  const { database, storageDirectory, song, listener } = await makeListening(t, (store, songId) => ({
    putFile: async (...given) => {
      await removeSong(database, songId, async () => {});
      const facts = await store.putFile(...given);
      isDeleted = true;
      return facts;
    },
  }));
  listener.listen(song);
  await until('its sample is stored', () => isDeleted);
  const sample = join(storageDirectory, ownSampleKey(song.audioPath));
  await until('and removed', () => !existsSync(sample));
  const heard = async () =>
    (await database.pool.query('select from song_analyses where content_hash = $1', [song.contentHash]))
      .rowCount;
  await until('and forgotten', async () => (await heard()) === 0);
  await listener.close();
});

t.test('a song that storage does not give now waits for another try', async (t) => {
  let asked = 0;
  const { database, song, listener } = await makeListening(t, () => ({
    stat: async () => {
      asked += 1;
      throw storageError('STORAGE_FAILED', 'Storage does not answer.');
    },
  }));
  listener.listen(song);
  await until('it is asked', () => asked > 0);
  await listener.close();
  t.match(await findSong(database, song.id, 'operator'), { status: 'analysing', failure: null });
});
