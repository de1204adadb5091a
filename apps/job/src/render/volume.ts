/** The part of a move that matters here. */
export interface LoudMove {
  readonly startSec: number;
  readonly durationSec: number;
  /** Factor of amplitude, 0 to 1. */
  readonly volume: number;
}

/**
 * The song's volume over time as an expression for ffmpeg's `volume` filter, or undefined where it is 1 throughout.
 * A move counts from its start to the next one's start, the last to its end; it is 1 before and after.
 */
export function volumeExpression(moves: readonly LoudMove[]): string | undefined {
  const spans: { startSec: number; endSec: number; volume: number }[] = [];
  for (const [index, { startSec, durationSec, volume }] of moves.entries()) {
    const endSec = moves[index + 1]?.startSec ?? startSec + durationSec;
    const last = spans.at(-1);
    if (last !== undefined && last.volume === volume) last.endSec = endSec;
    else spans.push({ startSec, endSec, volume });
  }
  const reductions = spans
    .filter((span) => span.volume !== 1)
    .map((span) => {
      const during = `gte(t,${span.startSec.toFixed(4)})*lt(t,${span.endSec.toFixed(4)})`;
      return `-${(1 - span.volume).toFixed(4)}*${during}`;
    });
  return reductions.length === 0 ? undefined : `'1${reductions.join('')}'`;
}
