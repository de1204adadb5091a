import type { Blueprint } from '@bachata-buddy/blueprint/reading';
import type { DanceLine } from './dance-line.ts';
import type { Loop } from './loop.ts';

type Move = Blueprint['moves'][number];

/** What is seen of a move; where it stands is part of it, how it is called is not. */
function seenOf({
  video_path,
  start_time,
  duration,
  trim_start,
  playback_rate,
  transition_type,
}: Move): string {
  const times = [start_time, duration, trim_start ?? 0, playback_rate ?? 1].map((value) => value.toFixed(4));
  return [video_path, ...times, transition_type ?? ''].join(' ');
}

/** Moves of a document that another does not have, by index: the first and the last. Null where it has them all. */
export function changedMoves(before: Blueprint, after: Blueprint): { first: number; last: number } | null {
  const old = before.moves.map(seenOf);
  const present = after.moves.map(seenOf);
  let first = 0;
  while (first < present.length && present[first] === old[first]) first += 1;
  if (first === present.length && present.length === old.length) return null;
  let same = 0;
  const most = Math.min(present.length, old.length) - first;
  while (same < most && present.at(-1 - same) === old.at(-1 - same)) same += 1;
  return { first: Math.min(first, present.length - 1), last: Math.max(first, present.length - 1 - same) };
}

/** So much of the moves around a change is shown with it: the joins into it and out of it. */
const AROUND_COUNTS = 4;

/** The part of the changed dance that shows what has changed, with its joins; null where nothing has. */
export function changedSpan(before: Blueprint, after: Blueprint, line: DanceLine): Loop | null {
  const changed = changedMoves(before, after);
  if (changed === null) return null;
  const from = line.moves[changed.first]?.startSec ?? 0;
  const to = line.moves[changed.last]?.endSec ?? line.durationSec;
  const starts = line.counts.map(({ startSec }) => startSec);
  const into = starts.filter((sec) => sec < from - 0.01).slice(-AROUND_COUNTS)[0];
  const outOf = line.counts
    .filter(({ startSec }) => startSec > to - 0.01)
    .slice(0, AROUND_COUNTS)
    .at(-1);
  return { startSec: into ?? 0, endSec: outOf?.endSec ?? line.durationSec };
}
