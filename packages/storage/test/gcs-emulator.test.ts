import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buffer } from 'node:stream/consumers';
import { programArguments } from '@bachata-buddy/platform/testkit';
import t, { type Test } from 'tap';
import { openObjectStore, signCdnUrl } from '../src/index.ts';

const PROGRAM = programArguments('packages/gcs-testkit/src/commands/serve.ts');
const KEY = Buffer.from('compose-file-key');
const directory = t.testdir({});
const keep = join(directory, 'objects.bin');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The emulator as the compose file starts it. @returns what ends it, as `docker compose stop` does */
async function startEmulator(t: Test, port: number): Promise<() => Promise<void>> {
  const buckets = ['output', 'media'].flatMap((name) => ['--bucket', name]);
  const places = ['--port', String(port), '--credentials', directory, '--keep', keep];
  const args = [...buckets, ...places, '--cdn-key', `local=${KEY.toString('base64url')}`];
  const child = spawn(process.execPath, [...PROGRAM, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.teardown(() => child.kill('SIGKILL'));
  await once(createInterface(child.stdout), 'line');
  return async () => {
    child.kill('SIGTERM');
    await once(child, 'close');
  };
}

t.test('the Cloud Storage of the compose file keeps what it was given over a restart', async (t) => {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  process.env.GOOGLE_APPLICATION_CREDENTIALS = join(directory, 'credentials.json');
  const stop = await startEmulator(t, port);
  const open = () =>
    openObjectStore({
      STORAGE: 'gcs',
      LOCAL_STORAGE_PATH: '',
      GCS_BUCKET_NAME: 'media',
      GCS_OUTPUT_BUCKET_NAME: 'output',
      GCP_PROJECT_ID: 'test',
      GCS_API_ENDPOINT: origin,
    });
  const path = join(directory, 'video.bin');
  await writeFile(path, 'a video');
  const store = await open();
  for (const key of ['songs/a.mp3', 'output/b.mp4'])
    await store.putFile(path, key, { contentType: 'video/mp4' });
  await stop();
  t.ok(existsSync(keep));

  await startEmulator(t, port);
  const again = await open();
  t.equal((await buffer(await again.openRead('songs/a.mp3'))).toString(), 'a video');
  const { etag } = await again.putFile(path, 'output/b.mp4', { contentType: 'video/mp4' });
  t.ok(Number(etag) > Number((await again.stat('songs/a.mp3'))?.etag), 'generations go on');

  const url = `${origin}/cdn/output/b.mp4`;
  const signed = signCdnUrl(url, { name: 'local', secret: KEY }, new Date(Date.now() + 60_000));
  t.equal(await (await fetch(signed)).text(), 'a video');
  t.equal((await fetch(url)).status, 403);
});
