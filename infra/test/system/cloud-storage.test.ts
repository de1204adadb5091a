import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { type CloudRunServer, startCloudRunServer } from '@bachata-buddy/cloud-run-testkit';
import { findTask } from '@bachata-buddy/database';
import { startGcsServer } from '@bachata-buddy/gcs-testkit';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import t, { type Test } from 'tap';
import { BUILT_APPS } from '../../build/apps.ts';
import { buildApp } from '../../build/build-app.ts';
import { isEnded, postGeneration, signIn, startSystem, taskUntil } from './running-api.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const JOB_NAME = 'projects/test/locations/local/jobs/video-processor';
const KEY_NAME = 'key-1';
const SECRET = Buffer.from('nZtRohdNF9m3cKM24IcK4w==', 'base64url');
/** Not of the test itself: its own folder is the system's. */
const directory = t.testdir({});

/** The apps as images hold them, where no package of the workspace can be found. */
async function buildApps(): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'bachata-built-'));
  t.teardown(() => rm(out, { recursive: true, force: true }));
  for (const [name, app] of Object.entries(BUILT_APPS)) {
    await buildApp({ app, root: ROOT, directory: join(out, name) });
  }
  return out;
}

/** Cloud Run with the real rendering program for a job; as on the platform, it is given what the job was deployed with. */
async function startCloudRun(
  t: Test,
  builtDirectory: string,
  environment: Readonly<Record<string, string>>,
): Promise<CloudRunServer> {
  const command = { file: process.execPath, args: ['job/main.js'], cwd: builtDirectory };
  const server = await startCloudRunServer({ jobs: { [JOB_NAME]: { command, environment } } });
  t.teardown(() => server.close());
  return server;
}

/** Of what every program here is given, what a container would be deployed with. */
const deployed = ({ PATH = '', DATABASE_URL = '', TMPDIR = '', ...rest }: NodeJS.ProcessEnv) => ({
  ...{ PATH, DATABASE_URL, TMPDIR, LOG_LEVEL: 'error', RENDER_SIZE: '320x180' },
  ...(rest.FFMPEG_PATH === undefined ? {} : { FFMPEG_PATH: rest.FFMPEG_PATH }),
  ...(rest.FFPROBE_PATH === undefined ? {} : { FFPROBE_PATH: rest.FFPROBE_PATH }),
});

t.test('built apps turn songs and clips in a bucket into a video at a signed address', async (t) => {
  const server = await startGcsServer({ buckets: ['media'], cdnKeys: { [KEY_NAME]: SECRET } });
  t.teardown(() => server.close());
  const credentials = await server.writeCredentials(directory);
  // Storage is never perfect: one part of the chain fails at first, each in its own way.
  server.fail({ method: 'GET', url: /alt=media/, nth: 2, fault: { kind: 'truncated' } });
  server.fail({ method: 'PUT', url: /upload_id=/, nth: 3, fault: { status: 503 } });
  const storage = {
    STORAGE: 'gcs',
    GCS_BUCKET_NAME: 'media',
    GCP_PROJECT_ID: 'test',
    GCS_API_ENDPOINT: server.origin,
    GOOGLE_APPLICATION_CREDENTIALS: credentials,
  };
  let cloudRun: CloudRunServer | undefined;
  const builtDirectory = await buildApps();
  const system = await startSystem(t, {
    builtDirectory,
    songDurationSec: 6,
    environment: async (common) => {
      cloudRun = await startCloudRun(t, builtDirectory, { ...deployed(common), ...storage });
      // Nor is the platform: one call starts two executions.
      cloudRun.fail({ method: 'RunJob', fault: { kind: 'started-twice' } });
      return {
        ...storage,
        JOB_LAUNCHER: 'cloud-run',
        CLOUD_RUN_REGION: 'local',
        CLOUD_RUN_JOB_NAME: 'video-processor',
        CLOUD_RUN_API_ENDPOINT: cloudRun.grpcEndpoint,
        CDN_BASE_URL: server.cdnUrl,
        CDN_SIGNING_KEY_NAME: KEY_NAME,
        CDN_SIGNING_KEY: SECRET.toString('base64url'),
      };
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
  t.equal((await findTask(system.db, task_id))?.result?.output_crc32c, stored?.crc32c);
  t.notOk('output_crc32c' in (task.result ?? {}), 'a matter of the operator');

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

  // The other execution found that the task was taken; so does a start that the platform makes after the end.
  const executions = cloudRun?.executions ?? [];
  while (executions.some((execution) => !execution.hasEnded)) await sleep(20);
  const done = { exitCode: 0, signal: null };
  t.same(
    executions.map((execution) => execution.exits),
    [[done], [done]],
  );
  const before = await findTask(system.db, task_id);
  t.match(before, { attempt: 1, jobExecutionName: executions[1]?.name });
  t.same(await executions[0]?.retryOnceMore(), done);
  t.same(await findTask(system.db, task_id), before);
  t.equal(server.writesOf(key), 1);
});
