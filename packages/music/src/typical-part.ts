import type { SongAnalysis, SongSection } from './song-analysis.ts';

/** A chorus of less is hardly one. */
const LEAST_CHORUS_SEC = 8;

/** A part of a song, seconds. */
export interface SongPart {
  readonly startSec: number;
  readonly durationSec: number;
}

/**
 * The part by which a song is known again: from where its first chorus begins, else its loudest stretch, begun on the "1"
 * of an eight; the whole song where it is no longer than that.
 */
export function typicalPart(analysis: SongAnalysis, lengthSec: number): SongPart {
  const { durationSec, sections } = analysis;
  if (durationSec <= lengthSec) return { startSec: 0, durationSec };
  const chorus = sections.find(isChorus);
  const wantedSec = chorus?.start ?? onAnEight(loudestStretch(analysis, lengthSec), analysis);
  return { startSec: Math.max(0, Math.min(wantedSec, durationSec - lengthSec)), durationSec: lengthSec };
}

function isChorus({ label, start, end }: SongSection): boolean {
  return label === 'chorus' && end - start >= LEAST_CHORUS_SEC;
}

/** Where the loudest so many seconds begin. */
function loudestStretch({ energy: { hopSec, values } }: SongAnalysis, lengthSec: number): number {
  const length = Math.round(lengthSec / hopSec);
  let sum = values.slice(0, length).reduce((a, b) => a + b, 0);
  let best = { sum, at: 0 };
  for (let at = 1; at + length <= values.length; at++) {
    sum += values[at + length - 1]! - values[at - 1]!;
    if (sum > best.sum) best = { sum, at };
  }
  return best.at * hopSec;
}

/** The "1" of an eight nearest to a time; the time itself where there is none. */
function onAnEight(timeSec: number, { eights }: SongAnalysis): number {
  return eights.reduce(
    (best, eight) => (Math.abs(eight - timeSec) < Math.abs(best - timeSec) ? eight : best),
    eights[0] ?? timeSec,
  );
}
