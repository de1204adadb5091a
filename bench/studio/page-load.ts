/** Of Chromium's trace, as much as is read. Times are microseconds of one clock. */
export interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ts: number;
  readonly dur?: number;
  readonly pid: number;
  readonly tid: number;
  readonly args: {
    readonly frame?: string;
    readonly data?: {
      readonly requestId?: string;
      readonly requestMethod?: string;
    };
  };
}

/** What a load felt like. Milliseconds from the beginning of the navigation. */
export interface PageLoad {
  /** When the first text or picture was painted. */
  readonly firstPaintMs: number;
  /** When the largest one was. */
  readonly largestPaintMs: number;
  /** From when on it answers at once: the end of the last long task in front of five quiet seconds. */
  readonly interactiveMs: number;
  /** Of all tasks that kept the page from answering, what goes beyond 50 ms. */
  readonly blockedMs: number;
}

/** What a page marks (`performance.mark`) so that its trace tells when its load began. */
export const LOAD_MARK = 'page-load';

/** A longer task is felt. */
const LONG_TASK_MS = 50;
const QUIET_MS = 5_000;
/** Of requests under way, in quiet time. */
const MOST_REQUESTS = 2;

interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * The figures of a load, out of a trace of it that goes on for five seconds after the page has come to rest. Interactive as
 * Lighthouse defines it (https://developer.chrome.com/docs/lighthouse/performance/interactive): the end of the last task over
 * 50 ms before five seconds in which there is none, and no more than two GET requests are under way; not before the first paint.
 *
 * When the navigation began is told by a mark: the process that a browser starts for a page may be traced only some tenths
 * of a second later, and then its trace holds no event of the navigation. Of tasks before that nothing is known.
 *
 * @param markedMs when the page set {@link LOAD_MARK}, from the beginning of the navigation, as the page itself says
 * @throws Error where the trace holds no such load
 */
export function pageLoadOf(trace: readonly TraceEvent[], markedMs: number): PageLoad {
  const events = [...trace].sort((one, other) => one.ts - other.ts);
  const mark = events.find(({ name }) => name === LOAD_MARK);
  if (mark === undefined) throw new Error('The trace holds no mark of the page.');
  const navigation = { ...mark, ts: mark.ts - markedMs * 1_000 };
  const msOf = (us: number): number => (us - navigation.ts) / 1_000;
  const own = events.filter(({ pid, ts }) => pid === navigation.pid && ts >= navigation.ts);
  const firstPaint = own.find(({ name }) => name === 'firstContentfulPaint');
  const largestPaint = own.findLast(({ name }) => name === 'largestContentfulPaint::Candidate');
  if (firstPaint === undefined || largestPaint === undefined) throw new Error('Nothing was painted.');
  const firstPaintMs = msOf(firstPaint.ts);
  const longTasks = own
    .filter(
      ({ name, tid, dur = 0 }) => name === 'RunTask' && tid === navigation.tid && dur >= LONG_TASK_MS * 1_000,
    )
    .map(({ ts, dur = 0 }): Span => ({ fromMs: msOf(ts), toMs: msOf(ts + dur) }));
  const endMs = msOf(Math.max(...own.map(({ ts, dur = 0 }) => ts + dur)));
  return {
    firstPaintMs,
    largestPaintMs: msOf(largestPaint.ts),
    interactiveMs: interactiveOf({ firstPaintMs, endMs, longTasks, requests: requestsOf(own, msOf, endMs) }),
    blockedMs: longTasks.reduce((sum, { fromMs, toMs }) => sum + toMs - fromMs - LONG_TASK_MS, 0),
  };
}

interface Busy {
  readonly firstPaintMs: number;
  readonly endMs: number;
  readonly longTasks: readonly Span[];
  readonly requests: readonly Span[];
}

function interactiveOf({ firstPaintMs, endMs, longTasks, requests }: Busy): number {
  const starts = [firstPaintMs, ...longTasks.map(({ toMs }) => toMs), ...requests.map(({ toMs }) => toMs)]
    .filter((ms) => ms >= firstPaintMs)
    .sort((a, b) => a - b);
  const quietMs = starts.find((fromMs) => {
    const toMs = fromMs + QUIET_MS;
    const isCalm = !longTasks.some((task) => task.fromMs < toMs && task.toMs > fromMs);
    return toMs <= endMs && isCalm && mostAtOnce(requests, { fromMs, toMs }) <= MOST_REQUESTS;
  });
  if (quietMs === undefined) throw new Error('The page did not come to rest while it was traced.');
  return Math.max(firstPaintMs, ...longTasks.map(({ toMs }) => toMs).filter((ms) => ms <= quietMs));
}

function requestsOf(events: readonly TraceEvent[], msOf: (us: number) => number, endMs: number): Span[] {
  // What a browser has already is answered, and not finished.
  const finished = new Map(
    events
      .filter(({ name }) => name === 'ResourceReceiveResponse' || name === 'ResourceFinish')
      .map(({ args, ts }) => [args.data?.requestId, msOf(ts)] as const),
  );
  return events
    .filter(({ name, args }) => name === 'ResourceSendRequest' && args.data?.requestMethod === 'GET')
    .map(({ args, ts }) => ({ fromMs: msOf(ts), toMs: finished.get(args.data?.requestId) ?? endMs }));
}

function mostAtOnce(spans: readonly Span[], { fromMs, toMs }: Span): number {
  const within = spans.filter((span) => span.fromMs < toMs && span.toMs > fromMs);
  return Math.max(
    0,
    ...within.map(
      (one) =>
        within.filter(
          (span) => span.fromMs <= Math.max(one.fromMs, fromMs) && span.toMs > Math.max(one.fromMs, fromMs),
        ).length,
    ),
  );
}
