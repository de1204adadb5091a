import { makeProgressLine, type ProgressLine } from '@bachata-buddy/platform';

export type Outcome = 'added' | 'updated' | 'unchanged' | 'failed';

export interface IngestReport {
  /** Say what is being done. @param fraction 0..1 */
  working(fraction: number, what: string): void;
  /** Count one file; `reason` says why a failed one failed. */
  count(outcome: Outcome, name: string, reason?: string): void;
  /** Something worth knowing that is no failure. */
  note(text: string): void;
  readonly failures: readonly { name: string; reason: string }[];
  readonly counts: Readonly<Record<Outcome, number>>;
  /** Prints the summary. */
  end(): void;
}

/** Counts what happened to each file, shows progress, and sums up at the end. */
export function makeIngestReport(
  title: string,
  write = (text: string): unknown => process.stdout.write(text),
): IngestReport {
  const line: ProgressLine = makeProgressLine(title);
  const counts: Record<Outcome, number> = { added: 0, updated: 0, unchanged: 0, failed: 0 };
  const failures: { name: string; reason: string }[] = [];
  const notes: string[] = [];
  return {
    counts,
    failures,
    working: (fraction, what) => line.show(fraction, what),
    count(outcome, name, reason = 'unknown reason') {
      counts[outcome] += 1;
      if (outcome === 'failed') failures.push({ name, reason });
    },
    note: (text) => notes.push(text),
    end() {
      line.end('done');
      for (const { name, reason } of failures) write(`  failed: ${name}: ${reason}\n`);
      for (const note of notes) write(`  ${note}\n`);
      write(`${title}: ${summary(counts)}\n`);
    },
  };
}

function summary(counts: Readonly<Record<Outcome, number>>): string {
  const parts = (['added', 'updated', 'unchanged', 'failed'] as const)
    .filter((outcome) => counts[outcome] > 0)
    .map((outcome) => `${counts[outcome]} ${outcome}`);
  const isSame = counts.added + counts.updated + counts.failed === 0;
  if (parts.length === 0) return 'nothing found';
  return isSame ? `nothing changed (${counts.unchanged} unchanged)` : parts.join(', ');
}
