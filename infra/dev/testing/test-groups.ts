import type { Durations } from './test-durations.ts';
import { isLong } from './test-files.ts';

/** Where nothing is known of a file yet. */
const USUAL_DURATION_SEC = 3;
const USUAL_LONG_DURATION_SEC = 60;
/** So much work in one process that the others are not kept waiting at the end. */
const GROUP_DURATION_SEC = 40;

/**
 * Test files that share a process, those of a room with each other: most take a second, and a process that has loaded
 * what the room needs takes as long again. What is long stays alone.
 *
 * @returns groups of at least one file, the longest group first
 */
export function groupFiles(files: readonly string[], durations: Durations): string[][] {
  const durationOf = (file: string): number =>
    durations[file] ?? (isLong(file) ? USUAL_LONG_DURATION_SEC : USUAL_DURATION_SEC);
  const groups: { room: string; files: string[]; durationSec: number }[] = [];
  for (const file of files) {
    const [room, durationSec] = [isLong(file) ? file : roomOf(file), durationOf(file)];
    const open = groups.find(
      (group) => group.room === room && group.durationSec + durationSec <= GROUP_DURATION_SEC,
    );
    if (open === undefined) groups.push({ room, files: [file], durationSec });
    else {
      open.files.push(file);
      open.durationSec += durationSec;
    }
  }
  return groups.sort((a, b) => b.durationSec - a.durationSec).map(({ files }) => files);
}

/** An app or package, whose tests need much the same. */
function roomOf(file: string): string {
  return file.split('/test/')[0] ?? file;
}
