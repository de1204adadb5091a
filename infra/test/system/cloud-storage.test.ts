import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startGcsServer } from '@bachata-buddy/gcs-testkit';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import t from 'tap';
import { isEnded, postGeneration, signIn, startSystem, taskUntil } from './running-api.ts';

const KEY_NAME = 'key-1';
const SECRET = Buffer.from('nZtRohdNF9m3cKM24IcK4w==', 'base64url');
/** Not of the test itself: its own folder is the system's. */
const directory = t.testdir({});

t.test('from songs and clips in a bucket to a video that plays at a signed address', async (t) => {
  const server = await startGcsServer({ buckets: ['media'], cdnKeys: { [KEY_NAME]: SECRET } });
  t.teardown(() => server.close());
  const credentials = await server.writeCredentials(directory);
  // Storage is never perfect: one part of the chain fails at first, each in its own way.
  server.fail({ method: 'GET', url: /alt=media/, nth: 2, fault: { kind: 'truncated' } });
  server.fail({ method: 'PUT', url: /upload_id=/, nth: 3, fault: { status: 503 } });
  const system = await startSystem(t, {
    songDurationSec: 6,
    environment: {
      RENDER_SIZE: '320x180',
      STORAGE: 'gcs',
      GCS_BUCKET_NAME: 'media',
      GCP_PROJECT_ID: 'test',
      GCS_API_ENDPOINT: server.origin,
      GOOGLE_APPLICATION_CREDENTIALS: credentials,
      CDN_BASE_URL: server.cdnUrl,
      CDN_SIGNING_KEY_NAME: KEY_NAME,
      CDN_SIGNING_KEY: SECRET.toString('base64url'),
    },
  });
  t.same(await readdir(system.mediaDirectory), [], 'nothing lies in a folder');
  const headers = await signIn(system.origin, 'ana');
  const { task_id } = await postGeneration(system.origin, headers);
  const task = await taskUntil(system.origin, headers, task_id, isEnded);
  t.equal(task.error ?? task.status, 'completed');
  const key = `output/choreography_${task_id}.mp4`;
  const stored = server.object(key);
  t.match(stored, { contentType: 'video/mp4', cacheControl: 'public, max-age=86400' });
  t.equal(task.result?.file_size, stored?.bytes.length);

  const url = task.result?.video_url ?? '';
  t.ok(url.startsWith(`${server.cdnUrl}/${key}?Expires=`));
  const video = await fetch(url, { headers: { range: 'bytes=0-99' } });
  t.strictSame([video.status, (await video.arrayBuffer()).byteLength], [206, 100]);
  t.equal((await fetch(url.replace(/Expires=\d/, 'Expires=9'))).status, 403, 'a tampered one');
  t.equal((await fetch(url.split('?')[0] ?? '')).status, 403, 'an unsigned one');

  // Followed with the token, as a client would: the owner's route leads to the same bytes.
  const owned = await fetch(`${system.origin}/api/choreography/videos/${task_id}/`, { headers });
  const path = join(directory, 'video.mp4');
  await writeFile(path, Buffer.from(await owned.arrayBuffer()));
  const probe = await probeMedia(await findMediaTools(), path);
  t.match(probe, { video: { codec: 'h264', width: 320, height: 180 }, audio: { codec: 'aac' } });
  t.ok(Math.abs(probe.durationSec - (task.result?.duration ?? 0)) < 0.1);
});
