/** One change of a task, or of the order to launch it, as the database saw it. */
export interface TaskChange {
  readonly atMs: number;
  /** Of the task at that moment; null where only its order changed. */
  readonly status: string | null;
  readonly attempt: number | null;
}

/** All changes of one task, in their order. */
export interface TaskHistory {
  readonly taskId: string;
  readonly changes: readonly TaskChange[];
}

const RANKS: Readonly<Record<string, number>> = {
  pending: 0,
  started: 1,
  running: 2,
  completed: 3,
  failed: 3,
};
const END_RANK = 3;

export interface HistoryFindings {
  /** By status. */
  readonly ends: Readonly<Record<string, number>>;
  readonly highestAttempt: number;
  /** The longest that any task was pending or started without a change, outages not counted, in seconds. */
  readonly longestWaitSec: number;
  readonly problems: readonly string[];
}

/** A time in which no API was there that could have done anything. */
export interface Outage {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Did every task reach one end, no status and no attempt ever going back? */
export function judgeHistories(
  histories: readonly TaskHistory[],
  outages: readonly Outage[] = [],
): HistoryFindings {
  const ends: Record<string, number> = {};
  const problems: string[] = [];
  let highestAttempt = 0;
  let longestWaitSec = 0;
  for (const history of histories) {
    const { taskId, changes } = history;
    let status = 'none';
    let attempt = 0;
    let endCount = 0;
    for (const change of changes) {
      if (change.status === null) continue;
      const [before, now] = [RANKS[status] ?? -1, RANKS[change.status] ?? -1];
      if (now < before || (before === END_RANK && change.status !== status))
        problems.push(`task ${taskId} went from ${status} to ${change.status}`);
      if ((change.attempt ?? 0) < attempt)
        problems.push(`task ${taskId} went from attempt ${attempt} to ${change.attempt}`);
      if (before === END_RANK && change.status === status && (change.attempt ?? 0) > attempt)
        problems.push(`task ${taskId} was begun again after its end`);
      if (now === END_RANK && before !== END_RANK) endCount += 1;
      status = change.status;
      attempt = change.attempt ?? 0;
    }
    if (endCount !== 1) problems.push(`task ${taskId} has reached ${endCount} ends and is ${status}`);
    ends[status] = (ends[status] ?? 0) + 1;
    highestAttempt = Math.max(highestAttempt, attempt);
    longestWaitSec = Math.max(longestWaitSec, waitOf(history, outages));
  }
  return { ends, highestAttempt, longestWaitSec, problems };
}

/** The longest pause between two changes before a job took the task up. */
function waitOf({ changes }: TaskHistory, outages: readonly Outage[]): number {
  let longestMs = 0;
  for (const [index, change] of changes.entries()) {
    const before = changes[index - 1];
    if (before !== undefined) {
      const outageMs = outages.reduce((sum, outage) => sum + overlapMs(outage, before.atMs, change.atMs), 0);
      longestMs = Math.max(longestMs, change.atMs - before.atMs - outageMs);
    }
    if (change.status !== null && (RANKS[change.status] ?? 0) >= 2) break;
  }
  return longestMs / 1_000;
}

function overlapMs({ fromMs, toMs }: Outage, beginMs: number, endMs: number): number {
  return Math.max(0, Math.min(toMs, endMs) - Math.max(fromMs, beginMs));
}
