import { mkdtempSync } from 'node:fs';
import { readdir, readFile, rm } from 'node:fs/promises';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { join, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { findMediaTools, runFfmpeg } from '@bachata-buddy/media';
import { makePulseClip, makeSilentSong } from '@bachata-buddy/media/testkit';
import { makeLogger } from '@bachata-buddy/platform';
import { storageError } from '@bachata-buddy/storage';
import t from 'tap';
import { signAccessToken } from '../../src/auth/tokens.ts';
import { removeReleasedUploads } from '../../src/uploads/remove-released.ts';
import { addUser } from '../catalogue.ts';
import { makeTestApp, type TestAppOptions } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

const NO_VIDEO =
  'Upload a valid video. The file you uploaded was either not an mp4 video or a corrupted one.';
const NOT_A_FILE = 'The submitted data was not a file. Check the encoding type on the form.';
const UPLOAD_KEY = /^\/media\/(output\/uploads\/[\da-f-]{36}\.mp4)$/;

const media = t.testdir({});
/** Two seconds long; made when first wanted. */
const clipPath = join(media, 'clip.mp4');
let making: Promise<void> | undefined;

// biome-ignore lint/suspicious/noExplicitAny: answers of several shapes, compared as they are
type Body = any;
type Fields = Readonly<Record<string, string | Blob>>;

const fileOf = async (path: string): Promise<Blob> => new Blob([await readFile(path)]);

/** Where the service puts what it receives, for as long as it does. */
function receiveInOwnFolder(t: Tap): string {
  const { TMPDIR } = process.env;
  const directory = mkdtempSync(join(media, 'received-'));
  process.env.TMPDIR = directory;
  t.teardown(() => {
    if (TMPDIR === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = TMPDIR;
  });
  return directory;
}

async function makeScene(t: Tap, options: TestAppOptions = {}) {
  making ??= makePulseClip(clipPath, { durationSec: 2, tempoBpm: 120 });
  await making;
  const receivedDirectory = receiveInOwnFolder(t);
  const scene = await makeTestApp(t, options);
  const { app, database } = scene;
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const origin = `http://127.0.0.1:${port}`;
  const maria = await addUser(database, 'maria');
  const authorization = `Bearer ${signAccessToken(app, maria.id)}`;
  const send = async (method: string, path: string, body?: FormData | string, headers = {}) => {
    const response = await fetch(`${origin}/api/collections/${path}`, {
      method,
      headers: { authorization, ...headers },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as Body };
  };
  const form = (fields: Fields, fileName = 'dance.mp4') => {
    const data = new FormData();
    for (const [name, value] of Object.entries(fields)) {
      if (typeof value === 'string') data.append(name, value);
      else data.append(name, value, fileName);
    }
    return data;
  };
  const upload = (fields: Fields, fileName?: string) => send('POST', '', form(fields, fileName));
  const change = (id: string, fields: Fields) => send('PUT', `${id}/`, form(fields));
  const stored = async () =>
    (await readdir(join(scene.storageDirectory, 'output'), { recursive: true })).filter((name) =>
      name.endsWith('.mp4'),
    );
  const received = () => readdir(receivedDirectory);
  /** Its file is being written: whatever had to be asked for before is granted. */
  const begun = async () => {
    const isFile = (name: string) => name.includes(sep);
    while (!(await readdir(receivedDirectory, { recursive: true })).some(isFile)) await sleep(5);
  };
  const nothingReceived = async () => {
    while ((await received()).length > 0) await sleep(10);
  };
  return { ...scene, begun, nothingReceived, origin, port, authorization, send, upload, change, stored };
}

/** Sends the beginning of an upload of so many bytes, and nothing more. */
function sendBeginning(
  { port, authorization }: { port: number; authorization: string },
  bytes: number,
): Socket {
  const head = [
    'POST /api/collections/ HTTP/1.1',
    `host: a\r\nauthorization: ${authorization}`,
    `content-type: multipart/form-data; boundary=x\r\ncontent-length: ${bytes}\r\n`,
    '--x\r\ncontent-disposition: form-data; name="video_path"; filename="a.mp4"\r\n\r\nabc',
  ].join('\r\n');
  const socket = connect(port, '127.0.0.1', () => socket.write(head));
  socket.on('error', () => {});
  return socket;
}

const WISH = { title: ' Mi baile ', difficulty: 'advanced', duration: '2' };
t.test('a video of one’s own becomes an item, plays, and is kept and cleaned up as others are', async (t) => {
  const { send, upload, stored, nothingReceived, origin, storageDirectory } = await makeScene(t);
  const video = await fileOf(clipPath);
  const music = { song: 'Suegra', artist: 'Romeo Santos' };
  const added = await upload(
    {
      ...WISH,
      notes: 'slow',
      music_info: JSON.stringify(music),
      generation_parameters: '',
      video_path: video,
    },
    '../../../../etc/passwd\0.html',
  );
  t.equal(added.status, 201);
  const item = added.body;
  const key = UPLOAD_KEY.exec(item.video_path)?.[1] ?? '';
  t.strictSame(item, {
    id: item.id,
    title: 'Mi baile',
    video_path: `/media/${key}`,
    difficulty: 'advanced',
    duration: 2,
    notes: 'slow',
    song_title: '',
    music_info: music,
    generation_parameters: null,
    created_at: item.created_at,
    task_id: null,
  });
  const played = await fetch(`${origin}${item.video_path}`, { headers: { range: 'bytes=0-9' } });
  t.strictSame([played.status, played.headers.get('content-type')], [206, 'video/mp4']);
  t.same(await readFile(join(storageDirectory, key)), Buffer.from(await video.arrayBuffer()));
  t.strictSame((await send('GET', `${item.id}/`)).body, item);
  await nothingReceived();

  t.strictSame((await send('POST', 'cleanup/')).body.cleaned_count, 0);
  await send('DELETE', `${item.id}/`);
  t.equal((await stored()).length, 1, 'the video stays for a while');
  const again = (await upload({ ...WISH, video_path: video })).body;
  await rm(join(storageDirectory, again.video_path.slice('/media/'.length)));
  t.strictSame((await send('POST', 'cleanup/')).body.cleaned_count, 1, 'an item without its video goes');
});

t.test('a length that is far off is replaced by that of the video', async (t) => {
  const { upload } = await makeScene(t);
  const video_path = await fileOf(clipPath);
  const lengthFor = async (duration: string) =>
    (await upload({ ...WISH, duration, video_path })).body.duration;
  t.equal(await lengthFor('2.4'), 2.4);
  t.equal(await lengthFor('227.18').then(Math.round), 2);
});

t.test('all that is wrong with a form is told at once, in the documented words', async (t) => {
  const { send, upload, stored, nothingReceived } = await makeScene(t);
  const video_path = await fileOf(clipPath);
  const required = ['This field is required.'];
  const missing = { title: required, difficulty: required, duration: required };
  const cases: [fields: Fields, body: object][] = [
    [{ a: 'b' }, { ...missing, video_path: ['No file was submitted.'] }],
    [{ ...WISH, video_path: 'dance.mp4' }, { video_path: [NOT_A_FILE] }],
    [{ ...WISH, video_path: new Blob([]) }, { video_path: ['The submitted file is empty.'] }],
    [{ ...WISH, video_path: new Blob(['not a video']) }, { video_path: [NO_VIDEO] }],
    [
      { title: '', difficulty: 'expert', duration: 'long', music_info: '{', video_path },
      {
        title: ['This field may not be blank.'],
        difficulty: ['"expert" is not a valid choice.'],
        duration: ['A valid number is required.'],
        music_info: ['Value must be valid JSON.'],
      },
    ],
    [
      { ...WISH, title: 'x'.repeat(201), generation_parameters: '[1]', video_path: new Blob(['x']) },
      {
        title: ['Ensure this field has no more than 200 characters.'],
        generation_parameters: ['Expected a dictionary of items but got type "list".'],
        video_path: [NO_VIDEO],
      },
    ],
  ];
  for (const [fields, body] of cases) {
    const answer = await upload(fields);
    t.strictSame([answer.status, answer.body], [400, body]);
  }
  const json = { 'content-type': 'application/json' };
  for (const [text, body] of [
    ['{}', { ...missing, video_path: ['No file was submitted.'] }],
    [JSON.stringify({ ...WISH, video_path: '/media/output/x.mp4' }), { video_path: [NOT_A_FILE] }],
    ['[]', { non_field_errors: ['Invalid data. Expected a dictionary, but got list.'] }],
  ] as const) {
    const answer = await send('POST', '', text, json);
    t.strictSame([answer.status, answer.body], [400, body]);
  }
  t.strictSame(await stored(), []);
  await nothingReceived();
});

t.test('what only pretends to be a video in mp4 is refused by its content', async (t) => {
  const { upload, stored, nothingReceived } = await makeScene(t);
  const tools = await findMediaTools();
  const quickTime = join(media, 'clip.mov');
  const matroska = join(media, 'clip.mkv');
  const picture = join(media, 'picture.mp4');
  const sound = join(media, 'sound.mp4');
  for (const path of [quickTime, matroska]) {
    await runFfmpeg({ tools, args: ['-i', clipPath, '-c', 'copy', path] });
  }
  await makeSilentSong(sound, 1);
  await runFfmpeg({
    tools,
    args: ['-i', clipPath, '-frames:v', '1', '-f', 'image2', '-c:v', 'png', picture],
  });
  const whole = await readFile(clipPath);
  const hostile: Record<string, Buffer> = {
    'a playlist': Buffer.from('#EXTM3U\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:10,\nfile:///etc/passwd\n'),
    'a concat script': Buffer.from("ffconcat version 1.0\nfile '/etc/passwd'\n"),
    'half a video': whole.subarray(0, whole.length / 2),
    'a video with a tail': Buffer.concat([whole, Buffer.from('<script>alert(1)</script>')]),
    QuickTime: await readFile(quickTime),
    Matroska: await readFile(matroska),
    'a picture': await readFile(picture),
    'a sound': await readFile(sound),
  };
  for (const [name, bytes] of Object.entries(hostile)) {
    const answer = await upload({ ...WISH, video_path: new Blob([bytes]) });
    t.strictSame([answer.status, answer.body], [400, { video_path: [NO_VIDEO] }], name);
  }
  t.strictSame(await stored(), []);
  await nothingReceived();
});

t.test(
  "a film whose first brand is its camera maker's is taken for the brands that it is compatible with",
  async (t) => {
    const { upload } = await makeScene(t);
    const path = join(media, 'camera.mp4');
    const args = ['-i', clipPath, '-c', 'copy', '-brand', 'XAVC', '-timecode', '01:00:00:00', path];
    await runFfmpeg({ tools: await findMediaTools(), args });
    const bytes = await readFile(path);
    t.equal(bytes.toString('latin1', 8, 12), 'XAVC');
    t.equal((await upload({ ...WISH, video_path: new Blob([bytes]) })).status, 201);
  },
);

t.test('too large a file, too many parts, and what is no form are refused', async (t) => {
  const scene = await makeScene(t, { config: { UPLOAD_MAX_MB: 1 } });
  const { send, upload, stored, nothingReceived } = scene;
  const tooLarge = { detail: 'The request body is too large.' };
  for (const megabytes of [1.1, 5]) {
    const answer = await upload({ ...WISH, video_path: new Blob([Buffer.alloc(megabytes * 1024 * 1024)]) });
    t.strictSame([answer.status, answer.body], [413, tooLarge], `${megabytes} MB`);
  }
  t.strictSame((await upload({ ...WISH, music_info: ' '.repeat(70_000) })).body, tooLarge);
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`field-${index}`, 'x']));
  t.match(await upload(many), { status: 413, body: { detail: 'The form has too many parts.' } });
  for (const [type, body] of [
    ['multipart/form-data', '--x--'],
    ['multipart/form-data; boundary=x', '--x\r\ncontent-disposition: form-data; name="title"\r\n\r\nhalf'],
  ] as const) {
    const answer = await send('POST', '', body, { 'content-type': type });
    t.equal(answer.status, 400);
    t.match(answer.body, { detail: /^Multipart form parse error - / });
  }
  t.match(await send('POST', 'save/', '--x--', { 'content-type': 'multipart/form-data; boundary=x' }), {
    status: 415,
  });
  t.strictSame(await stored(), []);
  await nothingReceived();
});

t.test('a client that leaves, and one that sends next to nothing, leave nothing behind', async (t) => {
  const scene = await makeScene(t, { bodyTimeoutMs: 1_000 });
  const { stored, begun, nothingReceived } = scene;
  const leaving = sendBeginning(scene, 100_000);
  await begun();
  leaving.destroy();
  await nothingReceived();

  const dripping = sendBeginning(scene, 100_000);
  const drip = setInterval(() => dripping.write('a'), 20);
  t.teardown(() => clearInterval(drip));
  let answer = '';
  for await (const chunk of dripping) answer += chunk;
  clearInterval(drip);
  t.match(answer, /^HTTP\/1\.1 408 .*\{"detail":"The request took too long to arrive\."\}$/s);
  await nothingReceived();
  t.strictSame(await stored(), []);
});

t.test('a form changes an item, and its video where one comes; JSON changes it as ever', async (t) => {
  const { send, upload, change, stored, app, database, origin } = await makeScene(t);
  const video_path = await fileOf(clipPath);
  const { body: item } = await upload({ ...WISH, video_path });
  const longer = join(media, 'longer.mp4');
  await makePulseClip(longer, { durationSec: 4, tempoBpm: null });

  const renamed = { ...item, title: 'Renamed', notes: 'n' };
  t.strictSame((await change(item.id, { title: 'Renamed', notes: 'n' })).body, renamed);
  const json = { 'content-type': 'application/json' };
  const ignored = JSON.stringify({ difficulty: 'beginner', video_path: '/media/output/other.mp4' });
  const easier = { ...renamed, difficulty: 'beginner' };
  t.strictSame((await send('PUT', `${item.id}/`, ignored, json)).body, easier);
  t.match(await send('PUT', `${item.id}/`, '{"title":""}', { 'content-type': 'application/vnd.api+json' }), {
    status: 400,
    body: { title: ['This field may not be blank.'] },
  });

  const replaced = (await change(item.id, { video_path: await fileOf(longer) })).body;
  t.strictSame(replaced, { ...easier, video_path: replaced.video_path, duration: 4 });
  t.not(replaced.video_path, item.video_path);
  t.match(replaced.video_path, UPLOAD_KEY);
  for (const [fields, body] of [
    [
      { video_path: new Blob(['x']), title: '' },
      { title: ['This field may not be blank.'], video_path: [NO_VIDEO] },
    ],
    [{ video_path: 'x' }, { video_path: [NOT_A_FILE] }],
  ] as [Fields, object][]) {
    const answer = await change(item.id, fields);
    t.strictSame([answer.status, answer.body], [400, body]);
  }
  t.strictSame((await send('GET', `${item.id}/`)).body, replaced);

  const eve = await addUser(database, 'eve');
  const form = new FormData();
  form.append('video_path', video_path, 'a.mp4');
  const foreign = await fetch(`${origin}/api/collections/${item.id}/`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${signAccessToken(app, eve.id)}` },
    body: form,
  });
  t.equal(foreign.status, 404);
  t.equal((await stored()).length, 2, 'the video before stays, nobody else’s comes');
});

t.test('a user may send so many videos an hour; a form without one does not count', async (t) => {
  const { upload, change, stored } = await makeScene(t, { config: { UPLOAD_RATE_LIMIT_PER_HOUR: 2 } });
  const video_path = await fileOf(clipPath);
  await upload({ ...WISH });
  const { body: item } = await upload({ ...WISH, video_path });
  t.equal((await change(item.id, { video_path: new Blob(['x']) })).status, 400);
  const refused = await upload({ ...WISH, video_path });
  const seconds = refused.headers.get('retry-after');
  t.strictSame(
    [refused.status, refused.body],
    [429, { detail: `Request was throttled. Expected available in ${seconds} seconds.` }],
  );
  t.equal((await change(item.id, { title: 'Still' })).status, 200);
  t.equal((await stored()).length, 1);
});

t.test('what a process receives at once is bounded: who comes then is told when to come again', async (t) => {
  const scene = await makeScene(t, { config: { UPLOADS_AT_ONCE_MAX_MB: 1 } });
  const { begun, upload, stored, nothingReceived } = scene;
  const slow = sendBeginning(scene, 1_000_000);
  await begun();
  const large = new Blob([Buffer.alloc(500_000)]);
  const refused = await upload({ ...WISH, video_path: large });
  t.strictSame(
    [refused.status, refused.headers.get('retry-after'), refused.body],
    [503, '30', { detail: 'Service temporarily unavailable.' }],
  );
  slow.destroy();
  await nothingReceived();
  t.equal((await upload({ ...WISH, video_path: await fileOf(clipPath) })).status, 201);
  t.equal((await stored()).length, 1);
});

t.test('an upload that is cut off is no failure of ours: the log has one line of information', async (t) => {
  const lines: Record<string, unknown>[] = [];
  const destination = { write: (line: string) => void lines.push(JSON.parse(line)) };
  const scene = await makeScene(t, { log: makeLogger({ name: 'api', level: 'info', destination }) });
  const { begun, nothingReceived } = scene;
  const leaving = sendBeginning(scene, 100_000);
  await begun();
  leaving.destroy();
  await nothingReceived();
  while (!lines.some(({ message }) => message === 'an upload was cut off')) await sleep(5);
  t.same(
    lines.filter(({ severity }) => severity !== 'INFO'),
    [],
  );
});

t.test('a disk that is full is said as such, and not as a fault of the program', async (t) => {
  const scene = await makeScene(t);
  const full = storageError('STORAGE_FULL', 'The disk is full.');
  scene.store.putFile = () => Promise.reject(full);
  const answer = await scene.upload({ ...WISH, video_path: await fileOf(clipPath) });
  t.strictSame(
    [answer.status, answer.headers.get('retry-after'), answer.body],
    [503, '30', { detail: 'Service temporarily unavailable.' }],
  );
  await scene.nothingReceived();
});

t.test(
  'a user’s videos take so much in all, which the answers tell; what is deleted makes room in time',
  async (t) => {
    const video_path = await fileOf(clipPath);
    const { send, upload, change, stored, database, store } = await makeScene(t, {
      config: { UPLOAD_QUOTA_MB: 1 },
    });
    const sizes = async () =>
      Number((await database.pool.query('select sum(size_bytes) from uploads')).rows[0].sum);
    const first = await upload({ ...WISH, video_path });
    t.strictSame(
      [first.headers.get('x-uploads-used-bytes'), first.headers.get('x-uploads-quota-bytes')],
      [String(video_path.size), '1000000'],
    );
    // As if it were large.
    await database.pool.query('update uploads set size_bytes = 1000000 - $1', [video_path.size - 1]);
    const refused = await upload({ ...WISH, video_path });
    t.equal(refused.status, 413);
    t.match(refused.body, {
      detail: /^Your own videos and songs take 1 MB of 1 MB: there is no room for this one\. /,
    });
    t.equal((await change(first.body.id, { video_path })).status, 413);
    t.equal((await stored()).length, 1);

    await send('DELETE', `${first.body.id}/`);
    const upkeep = { database, store };
    t.equal(await removeReleasedUploads(upkeep, 0), 0, 'an item may be about to be written');
    await database.pool.query("update uploads set created_at = now() - interval '61 minutes'");
    t.equal(await removeReleasedUploads(upkeep), 0, 'somebody may be watching it');
    t.equal((await stored()).length, 1);
    t.equal(await removeReleasedUploads(upkeep, 0), 1);
    t.same([(await stored()).length, await sizes()], [0, 0]);
    const again = await upload({ ...WISH, video_path });
    t.equal(again.status, 201);
    await database.pool.query("update uploads set created_at = now() - interval '61 minutes'");
    const replaced = await change(again.body.id, { video_path });
    t.equal(await removeReleasedUploads(upkeep, 0), 1, 'what was replaced goes');
    t.ok(await store.stat(replaced.body.video_path.slice('/media/'.length)), 'what is shown stays');
  },
);
