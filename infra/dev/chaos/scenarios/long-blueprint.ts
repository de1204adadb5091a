import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBlueprint, findTask } from '@bachata-buddy/database';
import { findMediaTools, probeMedia } from '@bachata-buddy/media';
import { isEnded, outputKeyOfTask } from '@bachata-buddy/vocabulary';
import { makeDirectory } from '../../system/teardown.ts';
import { type CloudScene, makeCloudScene } from '../harness/cloud-scene.ts';
import { MOVE_SEC, queueTask } from '../harness/queued-tasks.ts';
import type { Scenario } from '../harness/scenario.ts';
import { until } from '../support/wait-until.ts';

const LONG_BYTES = 100 * 1_024;
const MAX_PAYLOAD_BYTES = 1_024;
/** One and a half frames. */
const LENGTH_TOLERANCE_SEC = 0.05;
const PATIENCE = { timeoutMs: 600_000, pollMs: 100 };
const FIGURES = {
  small: { transports: ['grpc'], moveCounts: [200] },
  full: { transports: ['grpc', 'rest'], moveCounts: [200, 300] },
} as const;

interface LongTask {
  readonly taskId: string;
  readonly moveCount: number;
}

/** Blueprints that no variable of an execution could hold, launched by the API and rendered by the real job. */
export const longBlueprint: Scenario = {
  name: 'long-blueprint',
  promise: 'blueprints of 200 and 300 moves are launched with less than a kilobyte, and rendered',
  async run(context) {
    const { scale, say } = context;
    const { transports, moveCounts } = FIGURES[scale];
    const directory = await makeDirectory(context);
    // All moves are the same; in the small run it is rendered once and kept.
    const cache: Record<string, string> = scale === 'small' ? { RENDER_CACHE_DIR: directory } : {};
    const scene = await makeCloudScene(context, { jobEnvironment: cache });
    const problems: string[] = [];
    const figures: string[] = [];
    for (const transport of transports) {
      const api = await scene.makeApi({ transport });
      await api.start();
      for (const moveCount of moveCounts) {
        const task = { moveCount, taskId: await queueTask(scene.db, { userId: scene.userId, moveCount }) };
        const { figure, problems: found } = await follow(scene, task, directory);
        say(`${transport}: ${figure}`);
        figures.push(`${transport} ${figure}`);
        problems.push(...found);
      }
      await api.stop();
    }
    return { held: problems.length === 0, summary: figures.join('; '), problems };
  },
};

/** Follows one task from its launch to its video. */
async function follow(
  scene: CloudScene,
  task: LongTask,
  directory: string,
): Promise<{ figure: string; problems: string[] }> {
  const { taskId, moveCount } = task;
  const problems: string[] = [];
  const blueprintBytes = byteLength((await findBlueprint(scene.db, taskId))?.blueprint);
  if (blueprintBytes <= LONG_BYTES) problems.push(`the blueprint has only ${blueprintBytes} bytes`);
  const payloadBytes = byteLength(await launchOf(scene, taskId));
  if (payloadBytes >= MAX_PAYLOAD_BYTES) problems.push(`the launch took ${payloadBytes} bytes`);
  const ended = await until(
    `the end of the task with ${moveCount} moves`,
    async () => {
      const found = await findTask(scene.db, taskId);
      return found !== null && isEnded(found) ? found : null;
    },
    PATIENCE,
  );
  if (ended.status !== 'completed') problems.push(`${moveCount} moves: ${ended.error}`);
  else problems.push(...(await problemsOfVideo(scene, task, directory)));
  const figure = `${moveCount} moves, ${blueprintBytes} bytes, launched with ${payloadBytes}, ${ended.status}`;
  return { figure, problems };
}

/** The request to run the job for that task, as the platform received it. */
async function launchOf({ platform }: CloudScene, taskId: string): Promise<object> {
  const call = await until('the launch', () =>
    platform.server.calls.find(
      ({ method, request }) => method === 'RunJob' && JSON.stringify(request).includes(taskId),
    ),
  );
  return call.request;
}

async function problemsOfVideo(
  { bucket }: CloudScene,
  { taskId, moveCount }: LongTask,
  directory: string,
): Promise<string[]> {
  const video = bucket.server.object(outputKeyOfTask(taskId));
  if (video === undefined) return [`${moveCount} moves: there is no video`];
  const path = join(directory, `${taskId}.mp4`);
  await writeFile(path, video.bytes);
  const { durationSec } = await probeMedia(await findMediaTools(), path);
  const wantedSec = moveCount * MOVE_SEC;
  return Math.abs(durationSec - wantedSec) <= LENGTH_TOLERANCE_SEC
    ? []
    : [`${moveCount} moves: the video lasts ${durationSec} s instead of ${wantedSec} s`];
}

const byteLength = (value: unknown): number => Buffer.byteLength(JSON.stringify(value) ?? '');
