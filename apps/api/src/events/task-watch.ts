import {
  type Database,
  findWatchableTasks,
  listenForTaskChanges,
  type TaskChangeListener,
  type TaskWithSong,
} from '@bachata-buddy/database';
import type { Logger } from '@bachata-buddy/platform';
import { NO_SPAN, withSpan } from '@bachata-buddy/telemetry';

export interface TaskWatchOptions {
  readonly database: Database;
  readonly log: Logger;
  /** How often to look at all watched tasks, whether or not a notification came. */
  readonly pollMs: number;
}

/** Who wants to know of a task. */
export interface TaskWatcher {
  readonly taskId: string;
  /** The task as it is now; null where it is gone or its owner's account is no longer active. */
  readonly onState: (task: TaskWithSong | null) => void;
}

/**
 * Watches tasks for all streams of this process together: one connection that hears of changes, one query for all
 * that changed, one look at everything now and then, so that nothing is lost while the connection is. States reach a
 * watcher in the order in which they were; those between two looks are skipped.
 */
export function makeTaskWatch({ database, log, pollMs }: TaskWatchOptions) {
  const watchers = new Map<string, Set<TaskWatcher>>();
  const changed = new Set<string>();
  let poll: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;
  let listening: Promise<TaskChangeListener | undefined> | undefined;
  let isUnreachable = false;
  let isClosed = false;

  function pollAll(): void {
    for (const taskId of watchers.keys()) changed.add(taskId);
    listening ??= listen();
    nudge();
  }

  function nudge(): void {
    if (isClosed || looking !== undefined || changed.size === 0) return;
    looking = look().finally(() => {
      looking = undefined;
      nudge();
    });
  }

  async function look(): Promise<void> {
    const taskIds = [...changed].filter((taskId) => watchers.has(taskId));
    changed.clear();
    if (taskIds.length === 0) return;
    // Those who come while the query runs may know more than it does: the next look is theirs.
    const told = taskIds.flatMap((taskId) => [...(watchers.get(taskId) ?? [])]);
    try {
      const tasks = await findWatchableTasks(database, taskIds);
      const byId = new Map(tasks.map((task) => [task.taskId, task]));
      for (const watcher of told) {
        if (watchers.get(watcher.taskId)?.has(watcher)) watcher.onState(byId.get(watcher.taskId) ?? null);
      }
      isUnreachable = false;
    } catch (thrown) {
      // Said once; the next poll looks at all of them again.
      if (!isUnreachable) log.error({ err: thrown }, 'watched tasks cannot be read');
      isUnreachable = true;
    }
  }

  /** Never rejects: without notifications the poll does their work. */
  async function listen(): Promise<TaskChangeListener | undefined> {
    const forget = (reason: unknown): undefined => {
      listening = undefined;
      if (!isClosed) log.warn({ err: reason }, 'task changes are not notified; they are polled');
    };
    try {
      const listener = await listenForTaskChanges(database, {
        onChange: (taskId) => {
          changed.add(taskId);
          nudge();
        },
        onLost: () => forget(undefined),
      });
      for (const taskId of watchers.keys()) changed.add(taskId);
      nudge();
      return listener;
    } catch (thrown) {
      return forget(thrown);
    }
  }

  return {
    /** Tells the watcher the task's present state and every later one, until the returned function is called. */
    watch(watcher: TaskWatcher): () => void {
      const ofTask = watchers.get(watcher.taskId) ?? new Set();
      watchers.set(watcher.taskId, ofTask.add(watcher));
      changed.add(watcher.taskId);
      // On behalf of all watchers, not as part of the request that is the first.
      withSpan(NO_SPAN, () => {
        poll ??= setInterval(pollAll, pollMs);
        listening ??= listen();
        nudge();
      });
      return () => {
        ofTask.delete(watcher);
        if (ofTask.size === 0 && watchers.get(watcher.taskId) === ofTask) watchers.delete(watcher.taskId);
        if (watchers.size > 0) return;
        clearInterval(poll);
        poll = undefined;
      };
    },
    async close(): Promise<void> {
      isClosed = true;
      clearInterval(poll);
      await looking;
      const listener = await listening;
      await listener?.close();
    },
  };
}

export type TaskWatch = ReturnType<typeof makeTaskWatch>;
