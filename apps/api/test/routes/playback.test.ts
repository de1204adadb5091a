import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cdnSignatureOf } from '@bachata-buddy/gcs-testkit';
import { makeLocalStore } from '@bachata-buddy/storage';
import t from 'tap';
import { makePlayback, type PlaybackConfig } from '../../src/playback.ts';
import { addCompletedTask, addUser } from '../catalogue.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

const SECRET = 'nZtRohdNF9m3cKM24IcK4w==';
const BASE = { STORAGE: 'gcs', GCS_SIGNED_URLS: false, SIGNED_URL_TTL_SEC: 3600 } as const;
const CDN = { ...BASE, CDN_BASE_URL: 'https://cdn.example.com/' } as const;
const SIGNED_CDN = { ...CDN, CDN_SIGNING_KEY_NAME: 'my-key', CDN_SIGNING_KEY: SECRET } as const;

/** What is asked here is which address a video gets, so a folder stands for the bucket. */
async function makeScene(t: Tap, config: PlaybackConfig) {
  const directory = t.testdir({ output: {} });
  const playback = makePlayback(config, makeLocalStore({ rootDirectory: directory }));
  const testApp = await makeTestApp(t, { playback });
  const maria = await addUser(testApp.database, 'maria');
  const taskId = await addCompletedTask(testApp.database, maria.id);
  writeFileSync(join(testApp.storageDirectory, `output/choreography_${taskId}.mp4`), 'pictures');
  return { ...testApp, maria, taskId, asMaria: actAs(testApp.app, maria) };
}

/** Checked against the scheme that Google documents for its CDN. */
function isSignedFor(url: string, place: string, t: Tap & { equal(a: unknown, b: unknown): unknown }): void {
  const [, signedPart = '', signature] = /^(.*)&Signature=(.*)$/.exec(url) ?? [];
  t.equal(signedPart.replace(/Expires=\d+/, ''), `${place}?&KeyName=my-key`);
  t.equal(signature, cdnSignatureOf(signedPart, Buffer.from(SECRET, 'base64url')));
}

t.test('with a signing key of the CDN, a task and the owner’s route lead to signed addresses', async (t) => {
  const { app, asMaria, taskId, database } = await makeScene(t, SIGNED_CDN);
  const place = `https://cdn.example.com/output/choreography_${taskId}.mp4`;
  const task = (await asMaria({ url: `/api/choreography/tasks/${taskId}/` })).json();
  isSignedFor(task.result.video_url, place, t);
  const expiresSec = Number(new URL(task.result.video_url).searchParams.get('Expires'));
  t.ok(Math.abs(expiresSec - Date.now() / 1000 - 3600) < 60);
  t.notOk('output_path' in task.result);
  for (const method of ['GET', 'HEAD'] as const) {
    const answer = await asMaria({ method, url: `/api/choreography/videos/${taskId}/` });
    t.strictSame([answer.statusCode, answer.headers['cache-control']], [302, 'no-store']);
    isSignedFor(String(answer.headers.location), place, t);
  }
  const other = actAs(app, await addUser(database, 'pedro'));
  t.equal((await other({ url: `/api/choreography/videos/${taskId}/` })).statusCode, 403);
  const lost = await addCompletedTask(database, (await addUser(database, 'ana')).id);
  t.equal((await other({ url: `/api/choreography/videos/${lost}/` })).statusCode, 403);
  t.equal((await app.inject({ url: `/media/output/choreography_${taskId}.mp4` })).statusCode, 404);
});

t.test(
  'what belongs to a video is signed like it; thumbnails come from where their sheets are',
  async (t) => {
    const { app, asMaria, taskId, database, storageDirectory } = await makeScene(t, SIGNED_CDN);
    const stem = `output/choreography_${taskId}`;
    const keys = { captions: 'vtt', chapters: 'chapters.vtt', thumbnails: 'thumbnails.vtt', poster: 'jpg' };
    const paths = Object.entries(keys).map(([kind, ending]) => [`${kind}_path`, `${stem}.${ending}`]);
    await database.pool.query('update choreography_tasks set result = result || $2 where task_id = $1', [
      taskId,
      JSON.stringify(Object.fromEntries(paths)),
    ]);
    const { result } = (await asMaria({ url: `/api/choreography/tasks/${taskId}/` })).json();
    for (const kind of ['captions', 'chapters', 'poster'] as const) {
      isSignedFor(result[`${kind}_url`], `https://cdn.example.com/${stem}.${keys[kind]}`, t);
      t.notOk(`${kind}_path` in result);
    }
    t.equal(result.thumbnails_url, `/media/${stem}.thumbnails.vtt`);
    const sheet = `prepared/clips/${'0'.repeat(32)}.sheet.jpg`;
    mkdirSync(join(storageDirectory, 'prepared/clips'), { recursive: true });
    writeFileSync(join(storageDirectory, sheet), 'a sheet');
    writeFileSync(join(storageDirectory, `${stem}.thumbnails.vtt`), 'WEBVTT');
    t.equal((await app.inject({ url: result.thumbnails_url })).body, 'WEBVTT');
    const seenFrom = new URL(`../${sheet}`, `http://here${result.thumbnails_url}`);
    t.equal((await app.inject({ url: seenFrom.pathname })).body, 'a sheet');
  },
);

t.test('in a folder, what belongs to a video lies beside it, and only what there is is named', async (t) => {
  const { app, database } = await makeTestApp(t);
  const maria = await addUser(database, 'maria');
  const taskId = await addCompletedTask(database, maria.id);
  const urlsOf = async () => {
    const { result } = (await actAs(app, maria)({ url: `/api/choreography/tasks/${taskId}/` })).json();
    return Object.keys(result).filter((field) => field.endsWith('_url') || field.endsWith('_path'));
  };
  t.strictSame(await urlsOf(), ['video_url']);
  const poster = JSON.stringify({ poster_path: `output/choreography_${taskId}.jpg` });
  await database.pool.query('update choreography_tasks set result = result || $2 where task_id = $1', [
    taskId,
    poster,
  ]);
  t.strictSame(await urlsOf(), ['video_url', 'poster_url']);
});

t.test('without a signing key the address is the CDN’s own', async (t) => {
  const { asMaria, taskId } = await makeScene(t, CDN);
  const task = (await asMaria({ url: `/api/choreography/tasks/${taskId}/` })).json();
  t.equal(task.result.video_url, `https://cdn.example.com/output/choreography_${taskId}.mp4`);
});

t.test('V4 signed URLs come from the bucket, where they are asked for and no CDN signs', async (t) => {
  const store = makeLocalStore({ rootDirectory: t.testdir() });
  const asked: (string | number | undefined)[][] = [];
  const bucket = {
    ...store,
    signedUrl: async (key: string, expiresAt: Date, disposition?: string) => {
      const minutes = Math.round((expiresAt.getTime() - Date.now()) / 60_000);
      asked.push([key, minutes, disposition]);
      return 'https://storage.googleapis.com/signed';
    },
  };
  const urlOf = (config: PlaybackConfig) => makePlayback(config, bucket).urlOf('output/a b.mp4');
  t.equal(await urlOf({ ...CDN, GCS_SIGNED_URLS: true }), 'https://storage.googleapis.com/signed');
  t.match(
    await urlOf({ ...SIGNED_CDN, GCS_SIGNED_URLS: true }),
    /^https:\/\/cdn.example.com\/output\/a%20b\.mp4\?/,
  );
  t.strictSame(asked, [['output/a b.mp4', 60, undefined]]);

  const playback = makePlayback({ ...CDN, GCS_SIGNED_URLS: true }, bucket);
  const { app, database, storageDirectory } = await makeTestApp(t, { playback });
  const maria = await addUser(database, 'maria');
  const taskId = await addCompletedTask(database, maria.id);
  const key = `output/choreography_${taskId}.mp4`;
  mkdirSync(join(storageDirectory, 'output'), { recursive: true });
  writeFileSync(join(storageDirectory, key), 'pictures');
  const file = await actAs(app, maria)({ url: `/api/choreography/videos/${taskId}/?download=1` });
  t.equal(file.statusCode, 302);
  t.match(asked.at(-1), [key, 60, /^attachment; filename=/], 'as a file it has its name from there');
});

t.test('an address for videos is configured whole or refused', async (t) => {
  const store = makeLocalStore({ rootDirectory: t.testdir() });
  const { CDN_SIGNING_KEY: _secret, ...half } = SIGNED_CDN;
  for (const config of [BASE, half, { ...SIGNED_CDN, CDN_BASE_URL: undefined }]) {
    t.throws(() => makePlayback(config as PlaybackConfig, store), { code: 'CONFIG_INVALID' });
  }
});

t.test('addresses of local videos begin where the configuration says', async (t) => {
  const store = makeLocalStore({ rootDirectory: t.testdir() });
  const local = { ...BASE, STORAGE: 'local' as const };
  const urlOf = (config: Partial<PlaybackConfig>) =>
    makePlayback({ ...local, ...config }, store).urlOf('output/a.mp4');
  const absolute = { VIDEO_URLS: 'absolute', HOST: '0.0.0.0', PORT: 8000 } as const;
  t.equal(await urlOf({}), '/media/output/a.mp4');
  t.equal(await urlOf({ ...absolute, VIDEO_URLS: 'relative' }), '/media/output/a.mp4');
  t.equal(await urlOf(absolute), 'http://localhost:8000/media/output/a.mp4');
  t.equal(await urlOf({ ...absolute, HOST: '::1' }), 'http://[::1]:8000/media/output/a.mp4');
  const PUBLIC_URL = 'https://api.example.com/';
  t.equal(await urlOf({ ...absolute, PUBLIC_URL }), 'https://api.example.com/media/output/a.mp4');
  t.throws(() => makePlayback({ ...local, ...absolute, PORT: 0 }, store), { code: 'CONFIG_INVALID' });
});
