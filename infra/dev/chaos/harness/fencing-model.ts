/*
 * What a task's row does, in so many words, by itself: it imports nothing of the database's code. The scenario asks
 * the real queries and this, and they have to agree.
 */

export interface ModelTask {
  readonly status: 'started' | 'running' | 'completed' | 'failed';
  readonly attempt: number;
  readonly holder: string | null;
  /** Has it been heard of lately? */
  readonly isHeard: boolean;
  readonly progress: number;
  /** Who ended it: `attempt 2`, `user`, `limit`. */
  readonly endedBy: string | null;
}

export type Operation =
  | { readonly kind: 'claim'; readonly execution: string | undefined }
  | { readonly kind: 'heartbeat' | 'complete' | 'fail'; readonly attempt: number }
  | { readonly kind: 'progress'; readonly attempt: number; readonly percent: number }
  | { readonly kind: 'cancel' };

/** The number of a claim's attempt, null where it got nothing; of a write, whether it was accepted. */
export type Answer = number | null | boolean;

export const NEW_TASK: ModelTask = {
  status: 'started',
  attempt: 0,
  holder: null,
  isHeard: false,
  progress: 0,
  endedBy: null,
};

export const MODEL_MAX_ATTEMPTS = 3;

/** What an operation does to a task on which nothing else is done at the same time. */
function apply(task: ModelTask, operation: Operation): { task: ModelTask; answer: Answer } {
  const isOpen = task.status === 'started' || task.status === 'running';
  if (operation.kind === 'claim') return isOpen ? claim(task, operation.execution) : { task, answer: null };
  if (operation.kind === 'cancel') {
    return isOpen ? { task: end(task, 'failed', 'user'), answer: true } : { task, answer: false };
  }
  if (!isOpen || operation.attempt !== task.attempt) return { task, answer: false };
  const by = `attempt ${operation.attempt}`;
  switch (operation.kind) {
    case 'heartbeat':
      return { task: { ...task, isHeard: true }, answer: true };
    case 'progress': {
      const progress = Math.max(task.progress, operation.percent);
      return { task: { ...task, isHeard: true, progress }, answer: true };
    }
    case 'complete':
      return { task: { ...end(task, 'completed', by), progress: 100 }, answer: true };
    case 'fail':
      return { task: end(task, 'failed', by), answer: true };
  }
}

function claim(task: ModelTask, execution: string | undefined): { task: ModelTask; answer: Answer } {
  const isHeldByOther = task.holder !== null && task.holder !== execution;
  if (execution !== undefined && isHeldByOther && task.isHeard) return { task, answer: null };
  if (task.attempt >= MODEL_MAX_ATTEMPTS) return { task: end(task, 'failed', 'limit'), answer: null };
  const attempt = task.attempt + 1;
  return {
    task: { ...task, status: 'running', attempt, holder: execution ?? null, isHeard: true },
    answer: attempt,
  };
}

function end(task: ModelTask, status: 'completed' | 'failed', endedBy: string): ModelTask {
  return { ...task, status, endedBy };
}

/** The same task, nothing heard of it for a while. */
export function afterSilence(task: ModelTask): ModelTask {
  return { ...task, isHeard: false };
}

export interface Observed {
  readonly operation: Operation;
  readonly answer: Answer;
}

/**
 * Operations that ran at the same time must have had the effect of some order of them (they are linearizable).
 *
 * @returns every task that can be left; none where no order explains the answers
 */
export function explain(before: readonly ModelTask[], observed: readonly Observed[]): ModelTask[] {
  const after = new Map<string, ModelTask>();
  for (const start of before) {
    for (const order of ordersOf(observed)) {
      let task: ModelTask = start;
      const fits = order.every(({ operation, answer }) => {
        const expected = apply(task, operation);
        task = expected.task;
        return expected.answer === answer;
      });
      if (fits) after.set(JSON.stringify(task), task);
    }
  }
  return [...after.values()];
}

function ordersOf<T>(items: readonly T[]): T[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item, index) =>
    ordersOf([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]),
  );
}
