import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DATA_DIRECTORY } from '../../paths.ts';
import type { FileReport } from './report.ts';

const DURATIONS = join(DATA_DIRECTORY, 'test-durations.json');

/** Seconds by file. */
export type Durations = Readonly<Record<string, number>>;

export async function readDurations(): Promise<Durations> {
  try {
    return JSON.parse(await readFile(DURATIONS, 'utf8'));
  } catch (thrown) {
    // None yet, or half of them: the files count as usual ones.
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT' || thrown instanceof SyntaxError) return {};
    throw thrown;
  }
}

/** For the groups of the next run. @throws the system's error where they cannot be written */
export async function keepDurations(reports: readonly FileReport[]): Promise<void> {
  const durations = Object.fromEntries(reports.map(({ file, durationSec }) => [file, durationSec]));
  const kept = { ...(await readDurations()), ...durations };
  await writeFile(DURATIONS, JSON.stringify(kept));
}
