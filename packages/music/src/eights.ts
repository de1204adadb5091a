import type { Bar } from './bars.ts';
import type { BarRange } from './segmentation.ts';

/** An eight is two bars of four. */
const BARS_PER_EIGHT = 2;
const BARS_PER_PHRASE = 4;
/** A piece shorter than this says little of its eights: the confidence falls in proportion. */
const FULL_CONFIDENCE_BARS = 16;

/** The "1" of each eight, from which dancers count. */
export interface Eights {
  /** Seconds, rising; a subset of the downbeats. */
  readonly times: readonly number[];
  /** 0..1. */
  readonly confidence: number;
}

/**
 * Count eights: every second "1", begun anew where a part of the song begins, as dancers do after a break of one bar.
 *
 * Which "1" of two begins an eight is told by where parts begin: they are cut where the song changes, and most are phrases
 * of four bars. The confidence is that of the "1" times the share of bars that lie in parts of whole phrases.
 *
 * @param bars All bars of the song.
 * @param parts Contiguous, of these bars; nothing is counted beyond `playedBars`.
 * @param downbeatConfidence 0..1.
 */
export function countEights(
  bars: readonly Bar[],
  parts: readonly BarRange[],
  { playedBars, downbeatConfidence }: { readonly playedBars: number; readonly downbeatConfidence: number },
): Eights {
  const played = parts.map(({ from, to }) => ({ from, to: Math.min(to, playedBars) }));
  const times = played.flatMap(({ from, to }) =>
    bars.slice(from, to).flatMap(({ startSec }, i) => (i % BARS_PER_EIGHT === 0 ? [startSec] : [])),
  );
  const inPhrases = played.reduce(
    (sum, { from, to }) => sum + ((to - from) % BARS_PER_PHRASE === 0 ? to - from : 0),
    0,
  );
  const regular = inPhrases / Math.max(1, playedBars);
  return {
    times,
    confidence: downbeatConfidence * regular * Math.min(1, playedBars / FULL_CONFIDENCE_BARS),
  };
}
