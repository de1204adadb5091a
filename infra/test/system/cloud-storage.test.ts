import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { findTask } from '@bachata-buddy/database';
import type { GcsServer } from '@bachata-buddy/gcs-testkit';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import { makePulseClip } from '@bachata-buddy/media/testkit';
import { type OtlpReceiver, startOtlpReceiver } from '@bachata-buddy/telemetry/testkit';
import t, { type Test } from 'tap';
import { BUILT_APPS } from '../../build/apps.ts';
import { copyPackages } from '../../build/copy-packages.ts';
import { type ApiUser, followTask, signIn, startTask } from '../../dev/system/api-user.ts';
import { builtApps } from '../../dev/system/built-apps.ts';
import {
  deployedEnvironment,
  deployedJob,
  type JobPlatform,
  PICTURE_SIZE,
  startBucket,
  startJobPlatform,
} from '../../dev/system/cloud-services.ts';
import { startSystem } from '../../dev/system/running-system.ts';
import { readGrants } from '../deployment/grants.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** Not of the test itself: its own folder is the system's. */
const directory = t.testdir({});

/** The apps as images hold them, where no package of the workspace can be found. */
async function buildApps(): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'bachata-built-'));
  t.teardown(() => rm(out, { recursive: true, force: true }));
  // Those of the other tests, whose packages stay in the workspace, with packages of their own instead.
  const built = await builtApps('api', 'job', 'ingest');
  const filter = (path: string): boolean => basename(path) !== 'node_modules';
  await cp(built, out, { recursive: true, verbatimSymlinks: true, filter });
  for (const [name, { packages }] of Object.entries(BUILT_APPS)) {
    await copyPackages({ packages, root: ROOT, directory: join(out, name) });
  }
  return out;
}

/** The steps of a job, in their order. */
const JOB_STEPS = [
  ...['claim task', 'load blueprint', 'fetch clips', 'make picture', 'write video', 'verify video'],
  ...['store extras', 'upload video', 'complete task'],
];
/** Beside those of the picture. */
const SOUND_STEPS = ['fetch song', 'make sound'];

/** One trace: the request, what it did, the launch, and both executions that one call had started. */
async function checkTrace(t: Test, { spans }: OtlpReceiver, taskId: string): Promise<void> {
  // A service sends what it has every five seconds, a job when it ends.
  while (!spans.some(({ name }) => name === 'launch job')) await sleep(50);
  const named = (name: string) => spans.filter((span) => span.name === name);
  const [launch] = named('launch job');
  const [request] = spans.filter(({ spanId }) => spanId === launch?.parentSpanId);
  t.match(request, {
    service: 'bachata-buddy-api',
    name: 'POST /api/choreography/generate-from-song',
    attributes: { 'task.id': taskId },
  });
  t.match(launch?.attributes, { 'launch.outcome': 'handed-over' });
  const runs = named('run job').filter(({ attributes }) => attributes['task.id'] === taskId);
  t.equal(runs.length, 2);
  t.ok(runs.every((run) => run.service === 'bachata-buddy-job' && run.parentSpanId === launch?.spanId));
  const steps = spans.filter(({ name, parentSpanId }) => {
    return name !== 'claim task' && runs.some(({ spanId }) => spanId === parentSpanId);
  });
  const names = steps.map(({ name }) => name);
  const isOfSound = (name: string): boolean => SOUND_STEPS.includes(name);
  t.strictSame(
    names.filter((name) => !isOfSound(name)),
    JOB_STEPS.filter((name) => name !== 'claim task'),
    'one of them did the work',
  );
  t.strictSame(names.filter(isOfSound), SOUND_STEPS);
  t.equal(named('claim task').length, 2);
  t.equal(new Set([request, launch, ...runs, ...steps].map((span) => span?.traceId)).size, 1);
}

/** The API stores a video of one's own where it may. */
async function checkUpload(t: Test, origin: string, { headers }: ApiUser, server: GcsServer) {
  const path = join(directory, 'own.mp4');
  await makePulseClip(path, { durationSec: 1, tempoBpm: null });
  const form = new FormData();
  for (const [name, value] of Object.entries({ title: 'Mine', difficulty: 'beginner', duration: '1' })) {
    form.append(name, value);
  }
  form.append('video_path', new Blob([await readFile(path)]), 'own.mp4');
  const answer = await fetch(`${origin}/api/collections/`, { method: 'POST', headers, body: form });
  t.equal(answer.status, 201);
  const uploads = server.objects().output?.filter(({ name }) => name.startsWith('output/uploads/'));
  t.equal(uploads?.length, 1);
}

t.test('built apps turn songs and clips in a bucket into a video at a signed address', async (t) => {
  // Each program may do what Terraform grants its account, and no more.
  const { storage: grants, run } = await readGrants();
  const { server, environmentOf, cdnEnvironment } = await startBucket(t, { hasOutputBucket: true, grants });
  const collector = await startOtlpReceiver();
  t.teardown(() => collector.close());
  // Storage is never perfect: one part of the chain fails at first, each in its own way.
  server.fail({ method: 'GET', url: /alt=media/, nth: 2, fault: { kind: 'truncated' } });
  server.fail({ method: 'PUT', url: /upload_id=/, nth: 3, fault: { status: 503 } });
  const tracing = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.endpoint };
  let platform: JobPlatform | undefined;
  const builtDirectory = await buildApps();
  const system = await startSystem(t, {
    builtDirectory,
    songDurationSec: 6,
    ingestEnvironment: { ...(await environmentOf('ingest')), RENDER_SIZE: PICTURE_SIZE },
    environment: async (common) => {
      platform = await startJobPlatform(
        t,
        deployedJob(builtDirectory, {
          ...deployedEnvironment(common),
          ...tracing,
          ...(await environmentOf('render')),
        }),
        run.api,
      );
      // Nor is the platform: one call starts two executions.
      platform.server.fail({ method: 'RunJob', fault: { kind: 'started-twice' } });
      return {
        ...tracing,
        ...(await environmentOf('api')),
        ...platform.environment(),
        ...cdnEnvironment,
      };
    },
  });
  t.same(await readdir(system.mediaDirectory), [], 'nothing lies in a folder');
  const ana = await signIn(system.origin, 'ana');
  const taskId = await startTask(ana);
  const task = await followTask(ana, taskId);
  t.equal(task.error ?? task.status, 'completed');
  const key = `output/choreography_${taskId}.mp4`;
  const stored = server.object(key);
  t.match(stored, { contentType: 'video/mp4', cacheControl: 'public, max-age=86400' });
  t.equal(task.result?.file_size, stored?.bytes.length);
  t.equal((await findTask(system.db, taskId))?.result?.output_crc32c, stored?.crc32c);
  t.notOk('output_crc32c' in (task.result ?? {}), 'a matter of the operator');

  const url = task.result?.video_url ?? '';
  t.ok(url.startsWith(`${server.cdnUrl}/${key}?Expires=`));
  const video = await fetch(url, { headers: { range: 'bytes=0-99' } });
  t.strictSame([video.status, (await video.arrayBuffer()).byteLength], [206, 100]);
  t.equal((await fetch(url.replace(/Expires=\d/, 'Expires=9'))).status, 403, 'a tampered one');
  t.equal((await fetch(url.split('?')[0] ?? '')).status, 403, 'an unsigned one');

  // Followed with the token, as a client would: the owner's route leads to the same bytes.
  const owned = await fetch(`${system.origin}/api/choreography/videos/${taskId}/`, { headers: ana.headers });
  const path = join(directory, 'video.mp4');
  await writeFile(path, Buffer.from(await owned.arrayBuffer()));
  const probe = await probeMedia(await findMediaTools(), path);
  t.match(probe, { video: { codec: 'h264', width: 320, height: 180 }, audio: { codec: 'aac' } });
  t.ok(Math.abs(probe.durationSec - (task.result?.duration ?? 0)) < 0.1);

  // The other execution found that the task was taken; so does a start that the platform makes after the end.
  const executions = platform?.server.executions ?? [];
  while (executions.some((execution) => !execution.hasEnded)) await sleep(20);
  const done = { exitCode: 0, signal: null };
  t.same(
    executions.map((execution) => execution.exits),
    [[done], [done]],
  );
  await checkTrace(t, collector, taskId);
  const before = await findTask(system.db, taskId);
  t.match(before, { attempt: 1, jobExecutionName: executions[1]?.name });
  t.same(await executions[0]?.retryOnceMore(), done);
  t.same(await findTask(system.db, taskId), before);
  t.equal(server.writesOf(key), 1);
  await checkUpload(t, system.origin, ana, server);
});
