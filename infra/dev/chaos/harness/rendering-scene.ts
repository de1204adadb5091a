import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type Blueprint, hashBlueprint, parseBlueprint } from '@bachata-buddy/blueprint';
import {
  createTask,
  createUser,
  type Database,
  findTask,
  storeBlueprintAndOrderLaunch,
  type TaskWithSong,
} from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { type GcsServer, startGcsServer } from '@bachata-buddy/gcs-testkit';
import { type ObjectStore, openObjectStore } from '@bachata-buddy/storage';
import { isEnded, outputKeyOfTask } from '@bachata-buddy/vocabulary';
import { makeDirectory } from '../../system/teardown.ts';
import { mediaLibrary } from '../support/media-library.ts';
import { until } from '../support/wait-until.ts';
import { type PostgresProxy, startPostgresProxy } from './postgres-proxy.ts';
import type { ScenarioContext } from './scenario.ts';

const SHARED_CLIP = 'clips/shared.mp4';
const SONG = 'songs/song.mp3';

/** Everything that jobs need, and that can be made to fail: a database behind a proxy, and a bucket with media. */
export interface RenderingScene {
  /** Past the proxy. */
  readonly db: Database;
  readonly userId: number;
  readonly proxy: PostgresProxy;
  readonly bucket: GcsServer;
  readonly store: ObjectStore;
  /** Where jobs make what they make on the way. */
  readonly tempDirectory: string;
  /** A place for a scenario's own files. */
  readonly directory: string;
  /** Of a job, but for its task. */
  readonly jobEnvironment: Readonly<Record<string, string>>;
  /** A pending task, and the clip that only it has. @returns its id */
  makeTask(): Promise<string>;
  /** Gives a task its blueprint and orders its launch. */
  orderLaunch(taskId: string, moves?: MovesToRender): Promise<void>;
}

export interface MovesToRender {
  /** Default 2. */
  readonly moveCount?: number;
  /** Default 1. */
  readonly moveSec?: number;
  /** Taken in turn. Default: the task's own clip and one that all share. */
  readonly clipKeys?: readonly string[];
}

export async function makeRenderingScene(
  context: Pick<ScenarioContext, 'teardown'>,
  environment: Readonly<Record<string, string>> = {},
): Promise<RenderingScene> {
  const { db, url } = await makeTestDatabase(context);
  const directory = await makeDirectory(context);
  const tempDirectory = join(directory, 'temporary');
  await mkdir(tempDirectory);
  const proxy = await startPostgresProxy(url);
  context.teardown(() => proxy.close());
  const bucket = await startGcsServer();
  context.teardown(() => bucket.close());
  const storage = await storageOf(bucket, directory);
  const store = await openObjectStore({ STORAGE: 'gcs', LOCAL_STORAGE_PATH: '', ...storage });
  const { clipPath, songPath } = await mediaLibrary();
  await store.putFile(clipPath, SHARED_CLIP, { contentType: 'video/mp4' });
  await store.putFile(songPath, SONG, { contentType: 'audio/mpeg' });
  const { id: userId } = await createUser(db, { username: `chaos-${randomUUID()}`, passwordHash: '!' });
  const { PATH = '', FFMPEG_PATH = 'ffmpeg', FFPROBE_PATH = 'ffprobe' } = process.env;
  return {
    db,
    userId,
    proxy,
    bucket,
    store,
    tempDirectory,
    directory,
    jobEnvironment: {
      PATH,
      FFMPEG_PATH,
      FFPROBE_PATH,
      LOG_LEVEL: 'info',
      HOME: directory,
      TMPDIR: directory,
      DATABASE_URL: proxy.url,
      STORAGE: 'gcs',
      ...storage,
      JOB_TEMP_DIR: tempDirectory,
      RENDER_SIZE: '160x90',
      RENDER_CONCURRENCY: '1',
      ...environment,
    },
    async makeTask() {
      const taskId = randomUUID();
      await store.putFile(clipPath, ownClipOf(taskId), { contentType: 'video/mp4' });
      const stage = 'generating_blueprint';
      await createTask(db, { taskId, userId, requestKind: 'song', stage, message: '' });
      return taskId;
    },
    async orderLaunch(taskId, moves = {}) {
      const blueprint = blueprintOf(taskId, moves);
      await storeBlueprintAndOrderLaunch(db, { taskId, blueprint, sha256: hashBlueprint(blueprint) });
    },
  };
}

/** The clip that only this task has. */
export function ownClipOf(taskId: string): string {
  return `clips/${taskId}.mp4`;
}

/** How one finds out that a task is at an end. */
export async function untilEnded(
  { db }: Pick<RenderingScene, 'db'>,
  taskId: string,
  timeoutMs = 600_000,
): Promise<TaskWithSong> {
  const look = async (): Promise<TaskWithSong | undefined> => {
    const task = await findTask(db, taskId);
    return task !== null && isEnded(task) ? task : undefined;
  };
  return until(`the end of task ${taskId}`, look, { timeoutMs, pollMs: 100 });
}

async function storageOf(bucket: GcsServer, directory: string) {
  const credentials = await bucket.writeCredentials(directory);
  // Google's client looks for it in the environment of the process, this one's too.
  process.env.GOOGLE_APPLICATION_CREDENTIALS = credentials;
  return {
    GCS_BUCKET_NAME: 'media',
    GCP_PROJECT_ID: 'test',
    GCS_API_ENDPOINT: bucket.origin,
    GOOGLE_APPLICATION_CREDENTIALS: credentials,
  };
}

function blueprintOf(
  taskId: string,
  { moveCount = 2, moveSec = 1, clipKeys = [ownClipOf(taskId), SHARED_CLIP] }: MovesToRender,
): Blueprint {
  const moves = Array.from({ length: moveCount }, (_, index) => ({
    clip_id: `move_${index + 1}`,
    video_path: clipKeys[index % clipKeys.length],
    start_time: index * moveSec,
    duration: moveSec,
    transition_type: 'cut',
  }));
  return parseBlueprint({
    task_id: taskId,
    audio_path: SONG,
    moves,
    total_duration: moveCount * moveSec,
    output_config: { output_path: outputKeyOfTask(taskId) },
  });
}
