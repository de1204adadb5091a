import { availableParallelism } from 'node:os';
import { AppError, runBounded } from '@bachata-buddy/platform';
import type { IngestContext } from './ingest-context.ts';
import type { Outcome } from './ingest-report.ts';

/** Most files at a time: each takes some hundred megabytes where pictures are large. */
const MAX_SIDE_BY_SIDE = 8;

/** How one file among several is worked on. */
export interface WorkOptions {
  /** Of an encoder; undefined: as many as it likes. */
  readonly threadCount: number | undefined;
  readonly signal: AbortSignal;
  /** @param fraction 0..1 of this file */
  readonly onProgress: (fraction: number) => void;
}

export interface FileWork<Item> {
  readonly nameOf: (item: Item) => string;
  readonly work: (item: Item, options: WorkOptions) => Promise<Outcome>;
  /** Before a fault of the file is reported. */
  readonly onFault?: (item: Item) => Promise<void>;
}

interface Ended {
  readonly outcome: Outcome;
  readonly name: string;
  readonly reason?: string;
}

/**
 * Works on files, several at a time, and reports each: a fault of one stops no other. They are counted in their order,
 * whichever was ready first.
 *
 * @throws what is no fault of a file; the others are ended then
 */
export async function workSideBySide<Item>(
  { report, signal }: Pick<IngestContext, 'report' | 'signal'>,
  items: readonly Item[],
  { nameOf, work, onFault }: FileWork<Item>,
): Promise<void> {
  const most = Math.min(MAX_SIDE_BY_SIDE, availableParallelism());
  // Side by side, files use the processors better than the threads of one do.
  const threadCount = items.length < most ? undefined : 1;
  const advance = makeSharedProgress(report, items.length);
  const tasks = items.map((item) => async (stop: AbortSignal): Promise<Ended> => {
    const name = nameOf(item);
    const onProgress = advance(name);
    try {
      return { name, outcome: await work(item, { threadCount, signal: stop, onProgress }) };
    } catch (thrown) {
      if (!(thrown instanceof AppError && thrown.isAboutFile)) throw thrown;
      await onFault?.(item);
      return { name, outcome: 'failed', reason: thrown.message };
    } finally {
      onProgress(1);
    }
  });
  const ended = await runBounded(tasks, { concurrency: Math.max(1, most), signal });
  for (const { outcome, name, reason } of ended) report.count(outcome, name, reason);
}

/** Shows how far all files are together, under the name of the one that moved last. */
function makeSharedProgress(report: IngestContext['report'], total: number) {
  let done = 0;
  return (name: string): ((fraction: number) => void) => {
    let reached = 0;
    report.working(done / total, name);
    return (fraction) => {
      done += Math.max(0, fraction - reached);
      reached = Math.max(reached, fraction);
      report.working(done / total, name);
    };
  };
}
