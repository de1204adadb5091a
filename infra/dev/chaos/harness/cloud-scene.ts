import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createUser, type Database } from '@bachata-buddy/database';
import { makeTestDatabase } from '@bachata-buddy/database/testkit';
import { findMediaTools, prepareClip, probeMedia } from '@bachata-buddy/media';
import { makePulseClip, makePulseSong } from '@bachata-buddy/media/testkit';
import { type ApiProcess, type ApiProcessOptions, makeApiProcess } from '../../system/api-process.ts';
import { builtApps } from '../../system/built-apps.ts';
import {
  type Bucket,
  deployedEnvironment,
  deployedJob,
  type JobPlatform,
  startBucket,
  startJobPlatform,
} from '../../system/cloud-services.ts';
import { commonEnvironment } from '../../system/common-environment.ts';
import { programsOf } from '../../system/programs.ts';
import { makeDirectory } from '../../system/teardown.ts';
import type { ScenarioContext } from './scenario.ts';

/** Storage keys of all the media there is: every move of every video shows the one clip. */
export const CLIP_KEY = 'clips/step.mp4';
export const SONG_KEY = 'songs/pulso.mp3';
export const CLIP_SEC = 4.4;
export const SONG_SEC = 6;
export const TEMPO_BPM = 125;
/** Of clips and videos: what is asked of videos here is that they are there, once. */
const PICTURES = { width: 64, height: 36 };

export interface MakeApiOptions {
  readonly transport?: 'grpc' | 'rest';
  readonly environment?: Readonly<Record<string, string>>;
  readonly onLogLine?: ApiProcessOptions['onLogLine'];
}

/** A database of the scenario's own, a bucket, a Cloud Run that runs the real job, and as many APIs as are wanted. */
export interface CloudScene {
  readonly db: Database;
  readonly userId: number;
  readonly bucket: Bucket;
  readonly platform: JobPlatform;
  /** The API as a process, not started yet; killed when the scenario ends. */
  makeApi(options?: MakeApiOptions): Promise<ApiProcess>;
}

export interface CloudSceneOptions {
  /** Executions that run at once; the others wait. Default 2. */
  readonly machines?: number;
  /** False: executions are only noted. Default true. */
  readonly isRendering?: boolean;
  /** What stands between the programs and their database. Default: nothing. */
  readonly throughDatabase?: (url: string) => Promise<string>;
  /** For the job alone. */
  readonly jobEnvironment?: Readonly<Record<string, string>>;
}

export async function makeCloudScene(
  context: ScenarioContext,
  { machines = 2, isRendering = true, jobEnvironment = {}, throughDatabase }: CloudSceneOptions = {},
): Promise<CloudScene> {
  const builtDirectory = await builtApps('api', 'job');
  const directory = await makeDirectory(context);
  await mkdir(join(directory, 'tmp'));
  const { url, db } = await makeTestDatabase(context);
  const common = commonEnvironment((await throughDatabase?.(url)) ?? url, directory);
  const bucket = await startBucket(context);
  await stockBucket(bucket, directory);
  const { width, height } = PICTURES;
  const cheap = { RENDER_SIZE: `${width}x${height}`, RENDER_CONCURRENCY: '1', LOG_LEVEL: 'fatal' };
  const job = deployedJob(builtDirectory, {
    ...deployedEnvironment(common),
    ...bucket.environment,
    ...cheap,
    ...jobEnvironment,
  });
  const platform = await startJobPlatform(
    context,
    isRendering ? { ...job, machines } : { environment: job.environment },
  );
  const { id: userId } = await createUser(db, { username: 'chaos', passwordHash: '!' });
  return {
    db,
    userId,
    bucket,
    platform,
    async makeApi({ transport, environment = {}, onLogLine } = {}) {
      const services = {
        ...bucket.environment,
        ...bucket.cdnEnvironment,
        ...platform.environment(transport),
      };
      const api = await makeApiProcess({
        start: programsOf(builtDirectory),
        environment: { ...common, LOG_LEVEL: 'fatal', ...services, ...environment },
        ...(onLogLine === undefined ? {} : { onLogLine }),
      });
      context.teardown(() => api.kill());
      return api;
    },
  };
}

async function stockBucket({ server }: Bucket, directory: string): Promise<void> {
  server.put(CLIP_KEY, await readFile(await makePreparedClip(directory)));
  const songPath = join(directory, 'pulso.mp3');
  await makePulseSong(songPath, { durationSec: SONG_SEC, tempoBpm: TEMPO_BPM });
  server.put(SONG_KEY, await readFile(songPath));
}

/** As ingest stores clips: a job copies its pictures. @returns its file */
async function makePreparedClip(directory: string): Promise<string> {
  const [path, outPath] = [join(directory, 'step.mp4'), join(directory, 'prepared.mp4')];
  await makePulseClip(path, { durationSec: CLIP_SEC, tempoBpm: TEMPO_BPM });
  const tools = await findMediaTools();
  await prepareClip({
    tools,
    path,
    probe: await probeMedia(tools, path),
    size: PICTURES,
    keyframeTimesSec: [0],
    outPath,
    posterPath: join(directory, 'poster.jpg'),
    sheetPath: join(directory, 'sheet.jpg'),
  });
  return outPath;
}
