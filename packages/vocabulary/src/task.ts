/** What becomes of a task, in this order; `completed` and `failed` are its two ends. */
export const TASK_STATUSES = ['pending', 'started', 'running', 'completed', 'failed'] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];

/** Statuses that no write may leave again, but for a task whose video is rendered once more. */
export const ENDED_STATUSES = ['completed', 'failed'] as const satisfies readonly TaskStatus[];
/** Statuses from which a task may still move. */
export const OPEN_STATUSES = ['pending', 'started', 'running'] as const satisfies readonly TaskStatus[];

/** Whether nothing more becomes of a task by itself. */
export function isEnded({ status }: { readonly status: string }): boolean {
  return ENDED_STATUSES.some((ended) => ended === status);
}

/** How a task was asked for: by choosing a song, or by a sentence. */
export const REQUEST_KINDS = ['song', 'ai'] as const;
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** So many jobs a task is given, and so many attempts; those that the service itself cut short do not count. */
export const MAX_ATTEMPTS = 3;

/** From one sign of life of a job to the next. */
export const HEARTBEAT_INTERVAL_SEC = 10;
/** Three signs missing: the job is not heard of any more, and its task may be taken from it. */
export const SILENT_AFTER_SEC = 3 * HEARTBEAT_INTERVAL_SEC;
