import { createHmac, hkdfSync } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { makeLogger } from '@bachata-buddy/platform';
import { usualSoundKey } from '@bachata-buddy/songs';
import t from 'tap';
import { makePlanner } from '../../src/generate/planner.ts';
import { makeSignedMedia } from '../../src/signed-media.ts';
import { addPendingTask, addUser } from '../catalogue.ts';
import { FROM_SONG, theBlueprint, WISH } from '../generate/generation-scene.ts';
import { actAs, makeTestApp, TEST_SECRET, testSignedMedia } from '../make-test-app.ts';
import { addPlanningCatalogue } from '../planning-scene.ts';
import type { Tap } from '../tap.ts';

const SOUND = 'the sound of the song, long enough to be asked for in parts';

async function makeScene(t: Tap) {
  const written: string[] = [];
  const destination = { write: (line: string) => void written.push(line) };
  const log = makeLogger({ name: 'api', level: 'info', destination });
  const testApp = await makeTestApp(t, {
    log,
    makePlanner: (opened) => makePlanner({ ...opened, log }),
  });
  const { app, database, storageDirectory } = testApp;
  const [song] = await addPlanningCatalogue(database);
  const maria = await addUser(database, 'maria');
  const asMaria = actAs(app, maria);
  const answer = await asMaria({ method: 'POST', url: FROM_SONG, payload: WISH });
  const taskId: string = answer.json().task_id;
  const put = (key: string, text: string) => {
    const path = join(storageDirectory, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  const ask = (path: string) => asMaria({ url: `/api/choreography/tasks/${taskId}/${path}` });
  const mediaOf = async () => (await ask('media/')).json();
  return { ...testApp, song: song!, asMaria, taskId, put, ask, mediaOf, written };
}

/** Done by hand, as it is written down. */
function signatureOf(key: string, expiresSec: number, secret = TEST_SECRET): string {
  const signingKey = Buffer.from(hkdfSync('sha256', secret, '', 'bachata-buddy signed media v1', 32));
  return createHmac('sha256', signingKey).update(`${expiresSec}\n${key}`).digest('base64url');
}

const urlOf = (key: string, expiresSec: number, signature: string) =>
  `/media/private/${key}?expires=${expiresSec}&signature=${signature}`;

t.test('a task tells its owner a working address for each of its clips and its song', async (t) => {
  const { app, database, song, taskId, put, ask, mediaOf, asMaria } = await makeScene(t);
  const { blueprint } = await theBlueprint(database, taskId);
  const clipKeys = blueprint.moves.map(({ video_path: path }) => path.replace(/^data\//, ''));
  const areClips = clipKeys.every((key) => key.startsWith('Bachata_steps/') || key.startsWith('prepared/'));
  t.ok(areClips, clipKeys.join(' '));
  for (const key of clipKeys) put(key, `clip ${key}`);
  put(song.audioPath, 'as it was brought in');
  t.equal((await app.inject({ url: (await mediaOf()).song_url })).body, 'as it was brought in');
  put(usualSoundKey(song.contentHash!), SOUND);
  const media = await mediaOf();
  t.equal(media.clip_urls.length, blueprint.moves.length);
  for (const [index, url] of media.clip_urls.entries()) {
    const answer = await app.inject({ url });
    t.strictSame(
      [answer.body, answer.headers['content-type']],
      [`clip ${clipKeys[index]}`, 'video/mp4'],
      `${index}`,
    );
  }
  const part = await app.inject({ url: media.song_url, headers: { range: 'bytes=4-8' } });
  t.strictSame([part.statusCode, part.body], [206, SOUND.slice(4, 9)]);
  t.match(part.headers, {
    'content-type': 'audio/mp4',
    'accept-ranges': 'bytes',
    'access-control-allow-origin': '*',
    'cache-control': /^private, max-age=\d+$/,
    'content-range': `bytes 4-8/${SOUND.length}`,
  });
  const head = await app.inject({ method: 'HEAD', url: media.song_url });
  t.strictSame([head.statusCode, head.headers['content-length']], [200, String(SOUND.length)]);
  const leftMs = Date.parse(media.expires_at) - Date.now();
  t.ok(leftMs > 55 * 60_000 && leftMs <= 65 * 60_000, 'about an hour');
  t.equal((await ask('media/')).headers['cache-control'], 'private, no-cache');
  const foreign = await addPendingTask(database, (await addUser(database, 'eve')).id);
  t.equal((await asMaria({ url: `/api/choreography/tasks/${foreign}/media/` })).statusCode, 403);
});

t.test('an address is for one file and one time, and nothing of it can be changed', async (t) => {
  const { app, put } = await makeScene(t);
  const key = 'prepared/clips/0a.mp4';
  for (const other of [key, 'prepared/clips/0b.mp4', 'output/a.mp4', 'secret.txt']) put(other, other);
  const statusOf = async (url: string) => (await app.inject({ url })).statusCode;
  const expires = Math.floor(Date.now() / 1_000) + 60;
  const good = signatureOf(key, expires);
  t.equal(await statusOf(urlOf(key, expires, good)), 200, 'made by hand');
  const hidden = 'prepared/clips/../../secret.txt';
  const bare = createHmac('sha256', TEST_SECRET).update(`${expires}\n${key}`).digest('base64url');
  const wrong: Record<string, string> = {
    'of another file': urlOf('prepared/clips/0b.mp4', expires, good),
    'for longer': urlOf(key, expires + 1, good),
    'cut short': urlOf(key, expires, good.slice(0, -2)),
    'no signature': urlOf(key, expires, ''),
    'nothing at all': `/media/private/${key}`,
    'of another secret': urlOf(key, expires, signatureOf(key, expires, 'x'.repeat(32))),
    'by the bare secret': urlOf(key, expires, bare),
    'of the past': urlOf(key, expires - 61, signatureOf(key, expires - 61)),
    'of a video': urlOf('output/a.mp4', expires, signatureOf('output/a.mp4', expires)),
    'of anything else': urlOf('secret.txt', expires, signatureOf('secret.txt', expires)),
    climbing: urlOf(hidden.replaceAll('/', '%2f'), expires, signatureOf(hidden, expires)),
    'no time': `/media/private/${key}?expires=never&signature=${good}`,
  };
  for (const [what, url] of Object.entries(wrong)) t.equal(await statusOf(url), 403, what);
  const gone = 'prepared/clips/0c.mp4';
  t.equal(await statusOf(urlOf(gone, expires, signatureOf(gone, expires))), 404, 'not there any more');
});

t.test('names of any letters are signed as they are stored', async (t) => {
  const { app, put } = await makeScene(t);
  const key = 'songs/Año nuevo #1 (50% más) ?.mp3';
  put(key, 'a song');
  const url = await testSignedMedia.urlOf(key, testSignedMedia.expiry());
  const answer = await app.inject({ url });
  t.strictSame([answer.body, answer.headers['content-type']], ['a song', 'audio/mpeg']);
});

t.test('addresses signed with the secret before work on, and a bucket signs its own', async (t) => {
  const make = (secrets: readonly [string, ...string[]], more = {}) =>
    makeSignedMedia({ secrets, lifetimeSec: 60, mediaUrlOf: (key) => `/media/${key}`, ...more });
  const [older, newer] = ['o'.repeat(32), 'n'.repeat(32)];
  const old = make([older]);
  const key = 'songs/a.mp3';
  const expiresAt = old.expiry();
  const { searchParams } = new URL(await old.urlOf(key, expiresAt), 'http://localhost');
  const [expires = '', signature = ''] = [
    searchParams.get('expires') ?? '',
    searchParams.get('signature') ?? '',
  ];
  t.same(make([newer, older]).check({ key, expires, signature }), expiresAt);
  t.equal(make([newer]).check({ key, expires, signature }), null);
  const bucketUrlOf = async (name: string, at: Date) => `https://bucket/${name}?until=${at.getTime()}`;
  const ofBucket = await make([newer], { bucketUrlOf }).urlOf(key, expiresAt);
  t.equal(ofBucket, `https://bucket/songs/a.mp3?until=${expiresAt.getTime()}`);
});

t.test('an address is good for whatever time it is signed for', async (t) => {
  const key = 'songs/a.mp3';
  for (let lifetimeSec = 60; lifetimeSec <= 660; lifetimeSec++) {
    const media = makeSignedMedia({ secrets: ['s'.repeat(32)], lifetimeSec, mediaUrlOf: (path) => path });
    const expiresAt = media.expiry();
    const { searchParams } = new URL(await media.urlOf(key, expiresAt), 'http://localhost');
    const [expires = '', signature = ''] = [...searchParams.values()];
    t.same(media.check({ key, expires, signature }), expiresAt, `${lifetimeSec} s`);
  }
});

t.test('a log says neither which file was read nor what opens it', async (t) => {
  const { app, mediaOf, written } = await makeScene(t);
  const { song_url: url } = await mediaOf();
  await app.inject({ url });
  const signature = new URL(url, 'http://localhost').searchParams.get('signature') ?? '-';
  const text = written.join('');
  t.ok(text.includes('/media/private/[redacted]'));
  t.notOk(text.includes(signature));
});

t.test('the best other moves for a place come with why, and can be put there', async (t) => {
  const { database, taskId, ask, asMaria } = await makeScene(t);
  const { blueprint } = await theBlueprint(database, taskId);
  const { index, move_id: moveId, alternatives } = (await ask('moves/2/alternatives/')).json();
  t.strictSame([index, moveId, alternatives.length], [2, blueprint.moves[2]!.move_id, 3]);
  const near = blueprint.moves.slice(1, 4).map((move) => move.move_id);
  for (const one of alternatives) {
    t.notOk(near.includes(one.move_id));
    t.not(one.difficulty, 'advanced', 'no harder than was asked for');
    t.match(one, {
      name: String,
      family: String,
      reason: /\w/,
      join: /"1"|count/,
      clip_url: /^\/media\/private\//,
    });
  }
  const preview = async (edit: object) => {
    const url = `/api/choreography/tasks/${taskId}/revise/?preview=1`;
    const answer = await asMaria({ method: 'POST', url, payload: { edits: [edit] } });
    return answer.json().blueprint.moves[2].move_id;
  };
  t.equal(await preview({ action: 'another', index: 2 }), alternatives[0].move_id);
  const last = alternatives[2].move_id;
  t.equal(await preview({ action: 'replace', index: 2, move_id: last }), last);
  for (const unknown of [blueprint.moves.length, -1, 'x', '1.5']) {
    t.equal((await ask(`moves/${unknown}/alternatives/`)).statusCode, 404, `${unknown}`);
  }
});
