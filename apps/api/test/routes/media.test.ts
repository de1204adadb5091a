import { mkdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { get as httpGet } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { join } from 'node:path';
import t from 'tap';
import { addCompletedTask, addStartedTask, addUser } from '../catalogue.ts';
import { actAs, makeTestApp } from '../make-test-app.ts';
import type { Tap } from '../tap.ts';

const BYTES = Buffer.from(Array.from({ length: 1000 }, (_, index) => index % 251));

async function makeVideo(t: Tap) {
  const testApp = await makeTestApp(t);
  const maria = await addUser(testApp.database, 'maria');
  const taskId = await addCompletedTask(testApp.database, maria.id);
  writeFileSync(join(testApp.storageDirectory, `output/choreography_${taskId}.mp4`), BYTES);
  mkdirSync(join(testApp.storageDirectory, 'songs'));
  writeFileSync(join(testApp.storageDirectory, 'songs/secret.mp3'), 'not for everybody');
  return { ...testApp, maria, taskId, url: `/media/output/choreography_${taskId}.mp4` };
}

t.test('a video is served without a login, whole or in part', async (t) => {
  const { app, url } = await makeVideo(t);
  const whole = await app.inject({ url });
  t.equal(whole.statusCode, 200);
  t.ok(whole.rawPayload.equals(BYTES));
  t.match(whole.headers, {
    'content-type': 'video/mp4',
    'content-length': '1000',
    'accept-ranges': 'bytes',
    'cache-control': 'public, max-age=3600',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    etag: /^"[^"]+"$/,
  });
  const cases: [range: string, start: number, end: number][] = [
    ['bytes=0-99', 0, 99],
    ['bytes=900-', 900, 999],
    ['bytes=-10', 990, 999],
    ['bytes=0-0', 0, 0],
    ['bytes=990-5000', 990, 999],
  ];
  for (const [range, start, end] of cases) {
    const part = await app.inject({ url, headers: { range } });
    t.equal(part.statusCode, 206, range);
    t.equal(part.headers['content-range'], `bytes ${start}-${end}/1000`);
    t.equal(part.headers['content-length'], String(end - start + 1));
    t.ok(part.rawPayload.equals(BYTES.subarray(start, end + 1)));
  }
  const outside = await app.inject({ url, headers: { range: 'bytes=1000-' } });
  t.equal(outside.statusCode, 416);
  t.equal(outside.headers['content-range'], 'bytes */1000');
  t.equal((await app.inject({ url, headers: { range: 'bytes=0-1,4-5' } })).statusCode, 200);
});

t.test('what the caller has already is not sent again', async (t) => {
  const { app, url } = await makeVideo(t);
  const { etag = '' } = (await app.inject({ method: 'HEAD', url })).headers as { etag?: string };
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const answer = await app.inject({ url, headers: { 'if-none-match': tag } });
    t.strictSame([answer.statusCode, answer.body, answer.headers.etag], [304, '', etag], tag);
  }
  t.equal((await app.inject({ url, headers: { 'if-none-match': '"other"' } })).statusCode, 200);
  const resume = (condition: string) =>
    app.inject({ url, headers: { range: 'bytes=5-', 'if-range': condition } });
  t.equal((await resume(etag)).statusCode, 206);
  t.equal((await resume('"other"')).statusCode, 200, 'another file is sent from its beginning');
});

t.test('conditions count in the order of HTTP, by tag before by date', async (t) => {
  const { app, url, storageDirectory } = await makeVideo(t);
  const changed = new Date('2026-03-04T05:06:07.890Z');
  utimesSync(join(storageDirectory, url.replace('/media/', '')), changed, changed);
  const { etag = '' } = (await app.inject({ method: 'HEAD', url })).headers as { etag?: string };
  const [then, before, after] = [
    'Wed, 04 Mar 2026 05:06:07 GMT',
    'Wed, 04 Mar 2026 05:06:06 GMT',
    'Wednesday, 04-Mar-26 05:06:08 GMT',
  ];
  const range = 'bytes=0-9';
  const cases: [headers: Record<string, string>, status: number][] = [
    [{ 'if-modified-since': then }, 304],
    [{ 'if-modified-since': after }, 304],
    [{ 'if-modified-since': 'Wed Mar  4 05:06:07 2026' }, 304],
    [{ 'if-modified-since': before }, 200],
    [{ 'if-modified-since': 'Wed, 31 Feb 2027 05:06:07 GMT' }, 200],
    [{ 'if-modified-since': '2027' }, 200],
    [{ 'if-modified-since': then, 'if-none-match': '"other"' }, 200],
    [{ 'if-modified-since': before, 'if-none-match': etag }, 304],
    [{ 'if-modified-since': then, range }, 304],
    [{ 'if-match': etag }, 200],
    [{ 'if-match': `"other", ${etag}`, range }, 206],
    [{ 'if-match': '*' }, 200],
    [{ 'if-match': '"other"' }, 412],
    [{ 'if-match': `W/${etag}` }, 412],
    [{ 'if-match': '"other"', 'if-none-match': etag, range }, 412],
    [{ 'if-match': etag, 'if-unmodified-since': before }, 200],
    [{ 'if-unmodified-since': then, range }, 206],
    [{ 'if-unmodified-since': before }, 412],
    [{ 'if-unmodified-since': 'yesterday' }, 200],
    [{ 'if-range': then, range }, 206],
    [{ 'if-range': after, range }, 200],
    [{ 'if-range': before, range }, 200],
    [{ 'if-range': `W/${etag}`, range }, 200],
    [{ 'if-range': then }, 200],
  ];
  for (const method of ['GET', 'HEAD'] as const) {
    for (const [headers, status] of cases) {
      const answer = await app.inject({ method, url, headers });
      const expected = method === 'HEAD' && status === 206 ? 200 : status;
      t.equal(answer.statusCode, expected, `${method} ${JSON.stringify(headers)}`);
      if (status === 412) t.equal(answer.headers['cache-control'], 'no-store');
    }
  }
  const soon = new Date(Date.now() + 60_000);
  utimesSync(join(storageDirectory, url.replace('/media/', '')), soon, soon);
  const answer = await app.inject({ url, headers: { 'if-range': soon.toUTCString(), range } });
  t.equal(answer.statusCode, 200, 'a date says nothing of what may change again within its second');
});

t.test('HEAD answers like GET, without the bytes', async (t) => {
  const { app, url } = await makeVideo(t);
  const head = await app.inject({ method: 'HEAD', url });
  t.strictSame([head.statusCode, head.body, head.headers['content-length']], [200, '', '1000']);
  const part = await app.inject({ method: 'HEAD', url, headers: { range: 'bytes=0-9' } });
  t.strictSame([part.statusCode, part.body, part.headers['content-length']], [200, '', '1000']);
  const outside = await app.inject({ method: 'HEAD', url, headers: { range: 'bytes=1000-' } });
  t.equal(outside.statusCode, 200, 'a range is about what a GET sends');
  t.equal((await app.inject({ method: 'HEAD', url: '/media/output/none.mp4' })).statusCode, 404);
});

t.test('pages of any origin may ask, with a Range and a token', async (t) => {
  const { app, url } = await makeVideo(t);
  const headers = {
    origin: 'https://elsewhere.example',
    'access-control-request-method': 'GET',
    'access-control-request-headers': 'authorization,range',
  };
  const preflight = await app.inject({ method: 'OPTIONS', url, headers });
  t.equal(preflight.statusCode, 204);
  t.equal(preflight.headers['access-control-allow-origin'], '*');
  t.match(preflight.headers['access-control-allow-headers'], /authorization.*range/);
  const { headers: sent } = await app.inject({ url, headers: { origin: 'https://elsewhere.example' } });
  t.match(sent['access-control-expose-headers'], /content-range.*x-error-code/);
});

t.test('nothing but finished output can be reached', async (t) => {
  const { app, storageDirectory } = await makeVideo(t);
  writeFileSync(join(storageDirectory, 'output/.hidden.mp4'), 'x');
  symlinkSync(join(storageDirectory, '../..'), join(storageDirectory, 'output/up'));
  const server = await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const hostile = [
    '/media/output/../songs/secret.mp3',
    '/media/output/%2e%2e/songs/secret.mp3',
    '/media/output/..%2fsongs%2fsecret.mp3',
    '/media/output/%252e%252e/songs/secret.mp3',
    '/media/output/..%5csongs%5csecret.mp3',
    '/media/output//etc/passwd',
    '/media/output/%2fetc%2fpasswd',
    '/media/output/a%00.mp4',
    '/media/output/.hidden.mp4',
    '/media/output/up/package.json',
    '/media/output/',
    '/media/output',
    '/media/songs/secret.mp3',
    '/media/../songs/secret.mp3',
    '/media/output/%',
    `/media/output/${'a/'.repeat(40)}b`,
    `/media/output/${'a'.repeat(400)}`,
  ];
  for (const path of hostile) {
    // Over a bare socket: clients tidy such addresses up before they send them.
    const answer = await sendRaw(port, `GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    t.match(answer, /^HTTP\/1\.1 404 /, path);
    t.match(answer, /\{"detail":"Not found\."\}/, path);
    t.notMatch(answer, /not for everybody/);
  }
  t.type(server, 'string');
});

t.test('captions and a poster are served beside their video, as what they are', async (t) => {
  const { app, url, storageDirectory, taskId } = await makeVideo(t);
  const types = {
    vtt: 'text/vtt; charset=utf-8',
    'thumbnails.vtt': 'text/vtt; charset=utf-8',
    jpg: 'image/jpeg',
  };
  for (const [ending, type] of Object.entries(types)) {
    writeFileSync(join(storageDirectory, `output/choreography_${taskId}.${ending}`), 'WEBVTT or a picture');
    const answer = await app.inject({ url: url.replace('mp4', ending), headers: { range: 'bytes=0-5' } });
    t.strictSame([answer.statusCode, answer.body], [206, 'WEBVTT']);
    t.match(answer.headers, {
      'content-type': type,
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=3600',
      etag: /^"[^"]+"$/,
    });
  }
});

t.test(
  'the pictures of a prepared clip are shown to whoever knows its hash, the clip to nobody',
  async (t) => {
    const { app, storageDirectory } = await makeVideo(t);
    const folder = join(storageDirectory, 'prepared/clips');
    mkdirSync(join(folder, 'deeper'), { recursive: true });
    const hash = '0123456789abcdef0123456789abcdef';
    for (const ending of ['mp4', 'jpg', 'sheet.jpg'])
      writeFileSync(join(folder, `${hash}.${ending}`), ending);
    writeFileSync(join(folder, 'guessable.jpg'), 'x');
    const ask = (name: string) => app.inject({ url: `/media/prepared/clips/${name}` });
    for (const ending of ['jpg', 'sheet.jpg']) {
      const answer = await ask(`${hash}.${ending}`);
      t.strictSame([answer.statusCode, answer.body], [200, ending]);
      t.match(answer.headers, {
        'content-type': 'image/jpeg',
        'access-control-allow-origin': '*',
        'cache-control': 'public, max-age=31536000, immutable',
      });
    }
    const others = ['guessable.jpg', '..%2f..%2fsongs%2fsecret.mp3', 'deeper', '', `${hash}.sheet.jpg%00`];
    for (const name of [
      `${hash}.mp4`,
      `${hash.toUpperCase()}.jpg`,
      `${hash.replace('0', '9')}.jpg`,
      ...others,
    ]) {
      const answer = await ask(name);
      t.strictSame([answer.statusCode, answer.json()], [404, { detail: 'Not found.' }], name);
    }
  },
);

t.test('an owner plays the video of their task by its id', async (t) => {
  const { app, database, maria, taskId } = await makeVideo(t);
  const asMaria = actAs(app, maria);
  const url = `/api/choreography/videos/${taskId}/`;
  const whole = await asMaria({ url });
  t.equal(whole.statusCode, 200);
  t.equal(whole.headers['content-type'], 'video/mp4');
  t.equal(whole.headers['content-disposition'], `inline; filename="choreography_${taskId}.mp4"`);
  t.equal(whole.headers['cache-control'], 'private, max-age=3600');
  const part = await asMaria({ url, headers: { range: 'bytes=-1' } });
  t.strictSame([part.statusCode, part.headers['content-range']], [206, 'bytes 999-999/1000']);

  const started = await addStartedTask(database, maria.id);
  const early = await asMaria({ url: `/api/choreography/videos/${started}` });
  const notReady = { error: 'Video is not ready yet. Task status: started' };
  t.strictSame([early.statusCode, early.json()], [404, notReady]);
  const lost = await asMaria({
    url: `/api/choreography/videos/${await addCompletedTask(database, maria.id)}/`,
  });
  t.strictSame([lost.statusCode, lost.json()], [404, { error: 'Video file not found' }]);
});

t.test('a caller who leaves in the middle of a video does no harm', async (t) => {
  const { app, url, storageDirectory } = await makeVideo(t);
  writeFileSync(join(storageDirectory, 'output/long.mp4'), Buffer.alloc(20_000_000));
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  await new Promise<void>((resolve, reject) => {
    const request = httpGet({ port, path: '/media/output/long.mp4', agent: false }, (response) => {
      response.once('data', () => response.destroy());
      response.once('close', resolve);
    });
    request.once('error', reject);
  });
  t.equal((await app.inject({ url })).statusCode, 200);
});

function sendRaw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
    });
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
}
