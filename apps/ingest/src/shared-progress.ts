import type { IngestReport } from './ingest-report.ts';

/** Progress of one piece of work among several at a time. */
export interface Share {
  /** @param fraction 0..1 of this piece */
  show(fraction: number): void;
}

/** Shows how far several pieces of work of like size are together, under the name of the one that moved last. */
export function makeSharedProgress(report: IngestReport, total: number): (name: string) => Share {
  let done = 0;
  return (name) => {
    let reached = 0;
    report.working(done / total, name);
    return {
      show(fraction) {
        done += Math.max(0, fraction - reached);
        reached = Math.max(reached, fraction);
        report.working(done / total, name);
      },
    };
  };
}
