import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATA_DIRECTORY } from '../../paths.ts';
import type { FileReport } from './report.ts';

const DURATIONS = join(DATA_DIRECTORY, 'test-durations.json');

type Durations = Readonly<Record<string, number>>;

async function readDurations(): Promise<Durations> {
  try {
    return JSON.parse(await readFile(DURATIONS, 'utf8'));
  } catch {
    // None yet, or half of them: an order for want of a better one.
    return {};
  }
}

/** What took longest before, and what is new, first: the short ones fill the time beside the last long ones. */
export function longestFirst(files: readonly string[], durations: Durations): string[] {
  const durationOf = (file: string): number => durations[file] ?? Number.POSITIVE_INFINITY;
  return [...files].sort((a, b) =>
    durationOf(a) < durationOf(b) ? 1 : durationOf(a) > durationOf(b) ? -1 : 0,
  );
}

export async function inRunOrder(files: readonly string[]): Promise<string[]> {
  return longestFirst(files, await readDurations());
}

/** For the order of the next run; where it cannot be kept, that run has none. */
export async function keepDurations(reports: readonly FileReport[]): Promise<void> {
  const durations = Object.fromEntries(reports.map(({ file, durationSec }) => [file, durationSec]));
  const kept = { ...(await readDurations()), ...durations };
  await writeFile(DURATIONS, JSON.stringify(kept)).catch(() => {});
}
