import { begunAt, type DanceLine, moveAt } from './dance-line.ts';

/** What is danced again and again: seconds of the video. */
export interface Loop {
  readonly startSec: number;
  readonly endSec: number;
}

/** What a phrase of bachata is long, where the document names none: four eights. */
const COUNTS_PER_PHRASE = 32;
/** Times of one count are computed in two ways, and rounded. */
const SAME_SEC = 0.01;

export function loopOfMove(line: DanceLine, sec: number): Loop | null {
  const move = moveAt(line, sec);
  return move === undefined ? null : { startSec: move.startSec, endSec: move.endSec };
}

/**
 * The phrase around a moment: moves of one part of the song that say they stand in one phrase of it; where they do not
 * say, four eights from the beginning of the dance.
 */
export function loopOfPhrase(line: DanceLine, sec: number): Loop | null {
  const move = moveAt(line, sec);
  if (move === undefined) return null;
  if (move.phrase === undefined) return fourEights(line, sec);
  const isOfPhrase = (index: number): boolean =>
    line.moves[index]?.section === move.section && line.moves[index]?.phrase === move.phrase;
  let [first, last] = [move.index, move.index];
  while (isOfPhrase(first - 1)) first -= 1;
  while (isOfPhrase(last + 1)) last += 1;
  return {
    startSec: line.moves[first]?.startSec ?? move.startSec,
    endSec: line.moves[last]?.endSec ?? move.endSec,
  };
}

function fourEights({ counts, durationSec }: DanceLine, sec: number): Loop | null {
  const present = begunAt(counts, sec) ?? counts[0];
  if (present === undefined) return null;
  const first = Math.floor(counts.indexOf(present) / COUNTS_PER_PHRASE) * COUNTS_PER_PHRASE;
  const last = counts[Math.min(first + COUNTS_PER_PHRASE, counts.length) - 1];
  return { startSec: counts[first]?.startSec ?? 0, endSec: last?.endSec ?? durationSec };
}

/** The count nearest to a moment, where one may begin or end. */
export function nearestCountSec({ counts, durationSec }: DanceLine, sec: number): number {
  const edges = [...counts.map(({ startSec }) => startSec), counts.at(-1)?.endSec ?? durationSec];
  return edges.reduce((best, edge) => (Math.abs(edge - sec) < Math.abs(best - sec) ? edge : best));
}

/** A loop that begins at the count nearest to a moment; as long as before where it would end in front of it. */
export function withStart(line: DanceLine, loop: Loop | null, sec: number): Loop {
  const startSec = nearestCountSec(line, sec);
  if (loop !== null && loop.endSec > startSec + SAME_SEC) return { startSec, endSec: loop.endSec };
  return { startSec, endSec: loopEndAfter(line, startSec) };
}

/** A loop that ends at the count nearest to a moment; the eight in front of it where it would begin behind it. */
export function withEnd(line: DanceLine, loop: Loop | null, sec: number): Loop {
  const endSec = nearestCountSec(line, sec);
  if (loop !== null && loop.startSec < endSec - SAME_SEC) return { startSec: loop.startSec, endSec };
  const before = line.counts.filter(({ startSec }) => startSec < endSec - SAME_SEC).slice(-8);
  return before[0] === undefined
    ? { startSec: 0, endSec: loopEndAfter(line, 0) }
    : { startSec: before[0].startSec, endSec };
}

/** An eight, or what is left of the dance. */
function loopEndAfter({ counts, durationSec }: DanceLine, startSec: number): number {
  const next = counts.filter((count) => count.startSec > startSec - SAME_SEC).slice(0, 8);
  return next.at(-1)?.endSec ?? durationSec;
}

/** How many counts a loop has. */
export function countsIn({ counts }: DanceLine, { startSec, endSec }: Loop): number {
  return counts.filter((count) => count.startSec > startSec - SAME_SEC && count.endSec < endSec + SAME_SEC)
    .length;
}
