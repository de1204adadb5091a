/** The part of a move that matters here. */
export interface LoudMove {
  readonly startSec: number;
  readonly durationSec: number;
  /** Factor of amplitude, 0 to 1. */
  readonly volume: number;
}

/** A part of the song that is played at another volume than its own. */
export interface VolumeSpan {
  readonly startSec: number;
  readonly endSec: number;
  readonly volume: number;
}

/**
 * Where the song is turned down. A move counts from its start to the next one's start, the last to its end; before and
 * after, the volume is the song's own.
 */
export function turnedDownSpans(moves: readonly LoudMove[]): VolumeSpan[] {
  const spans: { startSec: number; endSec: number; volume: number }[] = [];
  for (const [index, { startSec, durationSec, volume }] of moves.entries()) {
    const endSec = moves[index + 1]?.startSec ?? startSec + durationSec;
    const last = spans.at(-1);
    if (last !== undefined && last.volume === volume) last.endSec = endSec;
    else spans.push({ startSec, endSec, volume });
  }
  return spans.filter((span) => span.volume !== 1);
}

/** From its start on the song grows fainter, until its end. */
export type Fade = Pick<VolumeSpan, 'startSec' | 'endSec'>;

/** The volume over time as an expression for ffmpeg's `volume` filter. */
export function volumeExpression(spans: readonly VolumeSpan[], fade?: Fade): string {
  const reductions = spans.map((span) => {
    const during = `gte(t,${span.startSec.toFixed(4)})*lt(t,${span.endSec.toFixed(4)})`;
    return `-${(1 - span.volume).toFixed(4)}*${during}`;
  });
  const level = `1${reductions.join('')}`;
  if (fade === undefined) return `'${level}'`;
  const lengthSec = fade.endSec - fade.startSec;
  return `'(${level})*clip((${fade.endSec.toFixed(4)}-t)/${lengthSec.toFixed(4)},0,1)'`;
}
