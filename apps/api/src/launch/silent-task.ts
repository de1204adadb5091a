import {
  type Database,
  failTask,
  recordHandOver,
  releaseLaunchOrder,
  type SilentTask,
} from '@bachata-buddy/database';
import { AppError, type Logger } from '@bachata-buddy/platform';
import { ASSEMBLY_FAILED, MAX_ATTEMPTS } from '@bachata-buddy/vocabulary';
import { STOPPED_UNEXPECTEDLY } from './conclusion.ts';
import type { ExecutionPlatform } from './job-launcher.ts';

/** A platform that has not got a job to its first claim by then has had its time; nor is its silence waited for longer. */
const BEGIN_WITHIN_SEC = 300;

export interface SilentTaskOptions {
  readonly database: Database;
  readonly platform: ExecutionPlatform | undefined;
  readonly log: Logger;
}

/** What became of a task that was not heard of. */
export type SilentTaskEnd = 'waits' | 'relaunched' | 'failed';

type Verdict =
  /** Its execution is still being started, or nobody can say. */
  | 'wait'
  /** Nobody knows whether it was submitted: the launch is submitted again, under its number. */
  | 'submit-again'
  | 'relaunch';

/** Brings a task on whose job is not heard of: to another launch, or, after too many, to its end. */
export async function recoverSilentTask(
  task: SilentTask,
  { database, platform, log }: SilentTaskOptions,
): Promise<SilentTaskEnd> {
  const { taskId, launches, countedLaunches } = task;
  const verdict = platform === undefined ? 'relaunch' : await judge(task, { database, platform, log });
  log.warn({ ...task, verdict }, 'a task is silent');
  if (verdict === 'wait') return 'waits';
  if (verdict === 'relaunch' && (launches === 0 || countedLaunches >= MAX_ATTEMPTS)) {
    await failTask(database, taskId, STOPPED_UNEXPECTEDLY, { message: ASSEMBLY_FAILED });
    return 'failed';
  }
  const isSameLaunch = verdict === 'submit-again';
  await releaseLaunchOrder(database, taskId, { ifLaunches: launches, isSameLaunch });
  return 'relaunched';
}

async function judge(
  task: SilentTask,
  { database, platform, log }: SilentTaskOptions & { readonly platform: ExecutionPlatform },
): Promise<Verdict> {
  const { taskId, launches: launch, orderedAtMs, silentSec, isClaimed } = task;
  try {
    // The one that took the task up; before that, the one that was to.
    const execution = (isClaimed ? task.heldBy : null) ?? task.executionName;
    if (execution !== null) return await judgeExecution(task, execution, platform);
    const found = await platform.findExecution({ taskId, launch, orderedAtMs: orderedAtMs ?? undefined });
    if (found === null) return isClaimed ? 'relaunch' : 'submit-again';
    await recordHandOver(database, taskId, { launch, executionName: found });
    return await judgeExecution(task, found, platform);
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    log.warn({ err: thrown, taskId }, 'the platform does not say what became of a task');
    return thrown.retryable && silentSec < BEGIN_WITHIN_SEC ? 'wait' : 'relaunch';
  }
}

async function judgeExecution(
  { isClaimed, silentSec }: SilentTask,
  execution: string,
  platform: ExecutionPlatform,
): Promise<Verdict> {
  const state = await platform.stateOf(execution);
  if (state === 'ended' || state === 'unknown') return 'relaunch';
  // A job that took its task up and fell silent is dead or cut off; one that has not may still be on its way.
  if (!isClaimed && silentSec < BEGIN_WITHIN_SEC) return 'wait';
  await platform.cancel(execution);
  return 'relaunch';
}
