import { ENDED_STATUSES, OPEN_STATUSES, type TaskStatus } from '@bachata-buddy/vocabulary';
import { inArray, type SQL } from 'drizzle-orm';
import { choreographyTasks } from '../../schema/index.ts';

/** How a task comes from one status to another. */
export interface Transition {
  readonly from: readonly TaskStatus[];
  readonly to: TaskStatus;
  /** Who moves it, by which query. */
  readonly by: string;
}

/** Every way from one status to another, by the query that goes it. A task begins as `pending` (`createTask`). */
export const TRANSITIONS = {
  storeBlueprintAndOrderLaunch: { from: ['pending'], to: 'started', by: 'the API, which has planned it' },
  claimTask: { from: ['started', 'running'], to: 'running', by: 'a job, which takes it up or over' },
  completeTask: { from: ['running'], to: 'completed', by: 'the job that holds it' },
  failAttempt: { from: ['running'], to: 'failed', by: 'the job that holds it' },
  failTask: { from: OPEN_STATUSES, to: 'failed', by: 'the API: planning, launching or recovery gave it up' },
  cancelTask: { from: OPEN_STATUSES, to: 'failed', by: 'its owner' },
  renewLaunch: { from: ENDED_STATUSES, to: 'started', by: 'its owner, whose video has expired' },
} as const satisfies Readonly<Record<string, Transition>>;

/** Who finds that nobody works on a task any more, by which query; ended ones need nobody. */
export const FOUND_DEAD_BY = {
  pending: 'recovery: findAbandonedPendingTasks, once planning is overdue',
  started: 'recovery: findSilentTasks, once its launch is not heard of',
  running: 'recovery: findSilentTasks, once its job is not heard of',
} as const satisfies Readonly<Record<(typeof OPEN_STATUSES)[number], string>>;

/** The condition that a task is where that way begins. */
export function isBefore(transition: keyof typeof TRANSITIONS): SQL {
  return inArray(choreographyTasks.status, TRANSITIONS[transition].from);
}
