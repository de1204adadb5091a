import type { Logger } from '@bachata-buddy/platform';
import { HEARTBEAT_INTERVAL_SEC, type JobStep } from '@bachata-buddy/vocabulary';
import type { TaskRecord } from './task-record.ts';

/** A percent a second is as much as anyone polls for. */
const PROGRESS_INTERVAL_MS = 1_000;

/** A status write found that the task was cancelled, or taken over by a later attempt. */
export class OwnershipLostError extends Error {
  constructor() {
    super('The task is not this attempt’s any more');
    this.name = 'OwnershipLostError';
  }
}

export interface Ownership {
  /** Aborts, with {@link OwnershipLostError}, as soon as a write finds that the task is not ours. */
  readonly signal: AbortSignal;
  /** Notes that a step begins; a failure to write is logged. @throws OwnershipLostError; the reason of a signal to stop */
  step(step: JobStep): Promise<void>;
  /** Notes how much of a step is done (0 to 1), at most once a second and one write at a time; failures to write are logged. */
  report(step: JobStep, fraction: number): void;
  /** Ends heartbeat and reports; waits for a write that is under way. */
  end(): Promise<void>;
}

export interface OwnershipOptions {
  readonly record: TaskRecord;
  readonly log: Logger;
  /** Aborted when the process is asked to end: then no step waits for a database that says nothing. */
  readonly signal: AbortSignal;
  /** Default 10 s. */
  readonly heartbeatIntervalMs?: number | undefined;
}

/** Keeps a task alive while the job works on it, and notices when it is not the job's any more. */
export function holdOwnership({ record, log, signal, heartbeatIntervalMs }: OwnershipOptions): Ownership {
  const lost = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  let writing: Promise<void> | undefined;
  let reportedAt = 0;
  let reportedProgress = -1;
  const write = async (work: () => Promise<boolean>): Promise<void> => {
    if (!(await work())) lost.abort(new OwnershipLostError());
  };
  /** A write that may fail: the next one will say it. */
  const writeAside = (work: () => Promise<boolean>): void => {
    if (writing !== undefined) return;
    writing = write(work)
      .catch((thrown: unknown) => log.warn({ err: thrown }, 'a status write failed'))
      .finally(() => {
        writing = undefined;
      });
  };
  const heartbeat = setInterval(
    () => writeAside(record.isAlive),
    heartbeatIntervalMs ?? HEARTBEAT_INTERVAL_SEC * 1_000,
  );
  return {
    signal: lost.signal,
    async step({ stage, message, fromPercent: progress }) {
      await Promise.race([writing, stopped]);
      writeAside(() => record.progress({ progress, stage, message }));
      await Promise.race([writing, stopped]);
      signal.throwIfAborted();
      lost.signal.throwIfAborted();
    },
    report({ stage, message, fromPercent, toPercent }, fraction) {
      const now = performance.now();
      const percent = Math.floor(fromPercent + (toPercent - fromPercent) * fraction);
      if (percent <= reportedProgress || now - reportedAt < PROGRESS_INTERVAL_MS || lost.signal.aborted)
        return;
      reportedAt = now;
      reportedProgress = percent;
      writeAside(() => record.progress({ progress: percent, stage, message }));
    },
    async end() {
      clearInterval(heartbeat);
      await writing;
    },
  };
}
