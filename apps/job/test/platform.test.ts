import { randomUUID } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashBlueprint, parseBlueprint } from '@bachata-buddy/blueprint';
import { type Execution, startCloudRunServer } from '@bachata-buddy/cloud-run-testkit';
import {
  createTask,
  createUser,
  type Database,
  findTask,
  storeBlueprintAndOrderLaunch,
} from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { findMediaTools } from '@bachata-buddy/media';
import t, { type Test } from 'tap';
import { documentOf, makeClip } from './footage.ts';
import { JOB_COMMAND } from './job-program.ts';

const JOB_NAME = 'projects/p/locations/l/jobs/video-processor';

const CLIP = 'clip.mp4';

/** A task of one clip, which is there or not. */
async function addTask(db: Database): Promise<string> {
  const taskId = randomUUID();
  const { id: userId } = await createUser(db, { username: taskId, passwordHash: '!' });
  await createTask(db, { taskId, userId, requestKind: 'song', stage: 'generating_blueprint', message: '' });
  const moves = [{ clip: CLIP, startSec: 0, durationSec: 1 }];
  const output = { add_audio_overlay: false };
  const blueprint = parseBlueprint(documentOf({ moves, totalSec: 1, taskId, output }));
  await storeBlueprintAndOrderLaunch(db, { taskId, blueprint, sha256: hashBlueprint(blueprint) });
  return taskId;
}

/** Lets the platform run the rendering program for that task until it gives up or is content. */
async function runOnPlatform(
  t: Test,
  taskId: string,
  environment: Record<string, string>,
): Promise<Execution> {
  const common = { PATH: process.env.PATH ?? '', LOCAL_STORAGE_PATH: t.testdirName, LOG_LEVEL: 'silent' };
  const job = { command: JOB_COMMAND, environment: { ...common, ...environment } };
  const server = await startCloudRunServer({ jobs: { [JOB_NAME]: job } });
  t.teardown(() => server.close());
  const env = [{ name: 'TASK_ID', value: taskId }];
  const answer = await fetch(`${server.restEndpoint}/v2/${JOB_NAME}:run`, {
    method: 'POST',
    body: JSON.stringify({ overrides: { containerOverrides: [{ env }] } }),
  });
  const [execution] = server.executions;
  if (execution === undefined) throw new Error(await answer.text());
  while (!execution.hasEnded) await sleep(50);
  return execution;
}

t.jobs = 2;

t.test('a task that kills every job of it is tried three times, then failed with a reason', async (t) => {
  const { db, url } = await makeTestDatabase(t);
  const directory = t.testdir();
  await makeClip(directory, CLIP, { frames: 30 });
  const deadly = join(directory, 'ffprobe');
  await writeFile(deadly, '#!/bin/sh\nkill -9 $PPID\n');
  await chmod(deadly, 0o755);
  const taskId = await addTask(db);
  const { exits } = await runOnPlatform(t, taskId, { DATABASE_URL: url, FFPROBE_PATH: deadly });
  const killed = { exitCode: null, signal: 'SIGKILL' };
  t.same(exits, [killed, killed, killed, { exitCode: 0, signal: null }], 'the fourth start only says so');
  t.match(await findTask(db, taskId), {
    status: 'failed',
    attempt: 3,
    error: 'The rendering job stopped unexpectedly, 3 times in a row.',
    message: 'Video assembly failed',
  });
});

t.test('a task that fails for good is not tried again, though the platform starts it again', async (t) => {
  const { db, url } = await makeTestDatabase(t);
  t.testdir({});
  const taskId = await addTask(db);
  const { ffmpegPath, ffprobePath } = await findMediaTools();
  const tools = { FFMPEG_PATH: ffmpegPath, FFPROBE_PATH: ffprobePath };
  const { exits } = await runOnPlatform(t, taskId, { DATABASE_URL: url, ...tools });
  t.same(
    exits.map(({ exitCode }) => exitCode),
    [2, 0],
  );
  t.match(await findTask(db, taskId), { status: 'failed', attempt: 1, error: /file not found/ });
});
