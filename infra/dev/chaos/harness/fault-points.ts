import { setTimeout as sleep } from 'node:timers/promises';
import { childrenOf, isFfmpeg } from '../support/processes.ts';
import { pick, type Random } from '../support/random.ts';
import { until } from '../support/wait-until.ts';
import { ownClipOf, type RenderingScene } from './rendering-scene.ts';

/** Moments in the life of a job, in their order. */
export const FAULT_POINTS = [
  'claimed',
  'downloading',
  'mid-status-write',
  'mid-ffmpeg',
  'uploaded-not-committed',
  'committed-not-exited',
] as const;

/** More of them, where a job has something in its hands that it must not leave behind. */
export type FaultPoint = (typeof FAULT_POINTS)[number] | 'about-to-upload' | 'uploading';

/** An ffmpeg of a short video comes and goes between two looks at the list of processes. */
export function movesFor(point: FaultPoint): number {
  return point === 'mid-ffmpeg' ? 10 : 1;
}

/** How long a transfer stands still: ample time to do something to the job. */
const TRANSFER_PAUSE_MS = 3_000;
const MAX_INTO_FFMPEG_MS = 60;

const TASKS = 'update "choreography_tasks"';
const CLAIM = [TASKS, '"held_by" ='];
const PROGRESS = [TASKS, 'greatest("choreography_tasks"."progress"'];
const COMPLETION = [TASKS, '"completed_at" ='];

export interface JobMoment {
  readonly point: FaultPoint;
  readonly scene: RenderingScene;
  readonly taskId: string;
  readonly random: Random;
  /** The task's job, once there is one; undefined before and afterwards. */
  readonly findJob: () => Promise<number | undefined>;
}

/**
 * Resolves with the process id of a task's first job when it is at that point, and keeps it there for a moment where
 * it can: the proxy before the database sees the statement, the bucket the request, /proc the ffmpeg. The job itself
 * knows nothing of it. To be called before the launch is ordered.
 *
 * @returns undefined where the job was over before it was noticed, as happens on a machine with too much to do
 */
export async function jobAt(moment: JobMoment): Promise<number | undefined> {
  await comingOf(moment);
  return moment.findJob();
}

async function comingOf({ point, scene, taskId, random, findJob }: JobMoment): Promise<void> {
  const { proxy, bucket } = scene;
  const side = pick(random, ['hold', 'hold-answer'] as const);
  switch (point) {
    case 'claimed':
      return proxy.watch({ words: [...CLAIM, taskId], until: 'commit', fate: 'hold-answer' });
    case 'downloading':
      return downloadOf(bucket, taskId, TRANSFER_PAUSE_MS);
    case 'mid-status-write':
      return proxy.watch({ words: [...PROGRESS, taskId], nth: pick(random, [1, 2]), fate: side });
    case 'mid-ffmpeg': {
      const delayMs = random() * MAX_INTO_FFMPEG_MS;
      await downloadOf(bucket, taskId, 1);
      await until('an ffmpeg of the job', () => isEncoding(findJob), { pollMs: 5 });
      await sleep(delayMs);
      return;
    }
    case 'about-to-upload':
      return proxy.watch({ words: [...PROGRESS, taskId, 'uploading_result'], fate: side });
    case 'uploading':
      return uploadOf(bucket, taskId);
    case 'uploaded-not-committed': {
      const commit = pick(random, [{}, { until: 'commit' }]);
      return proxy.watch({ words: [...COMPLETION, taskId], ...commit, fate: 'hold' });
    }
    case 'committed-not-exited':
      return proxy.watch({ words: [...COMPLETION, taskId], until: 'commit', fate: 'hold-answer' });
  }
}

function downloadOf(bucket: RenderingScene['bucket'], taskId: string, delayMs: number): Promise<void> {
  const url = new RegExp(`${encodeURIComponent(ownClipOf(taskId))}.*alt=media`);
  return new Promise((resolve) => {
    bucket.fail({ method: 'GET', url, fault: { delayMs }, onFault: resolve });
  });
}

/** The first part of the upload that this task begins; only its beginning says whose it is. */
function uploadOf(bucket: RenderingScene['bucket'], taskId: string): Promise<void> {
  return new Promise((resolve) => {
    bucket.fail({
      method: 'POST',
      url: new RegExp(`^/upload/.*${taskId}`),
      fault: { delayMs: 0 },
      onFault: () => {
        const fault = { delayMs: TRANSFER_PAUSE_MS };
        bucket.fail({ method: 'PUT', url: /upload_id=/, fault, onFault: resolve });
      },
    });
  });
}

/** A probe is an ffmpeg too, but it makes nothing: it has no `-progress`. True also where the job is over. */
async function isEncoding(findJob: JobMoment['findJob']): Promise<boolean> {
  const pid = await findJob();
  if (pid === undefined) return true;
  return (await childrenOf(pid)).some((facts) => isFfmpeg(facts) && facts.command.includes('-progress'));
}
