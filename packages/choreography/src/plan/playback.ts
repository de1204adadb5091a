import type { Move } from '../move.ts';
import { remembered } from './remembered.ts';

/** Clip seconds per second of video a move can be played at; how much it costs, the search judges. */
const LEAST_RATE = 0.8;
const GREATEST_RATE = 1.25;
/** Times of a file are measured to about a microsecond. */
const FOOTAGE_TOLERANCE_SEC = 1e-6;
const RATE_TOLERANCE = 1e-9;
const SECONDS_PER_MINUTE = 60;

/** How a clip is played to fill a stretch of the song. */
export interface Playback {
  readonly counts: number;
  readonly durationSec: number;
  readonly rate: number;
  /** Where in the file it may begin, seconds, the earliest first. */
  readonly trimStartsSec: readonly number[];
}

/** Counts from one place in a clip at which it may begin to the next. */
const COUNTS_BETWEEN_STARTS = 8;

/** Where in its clip a move begins, in counts from the first "1": one that comes again shows its next eight, if it has one. */
export function startCountOf({ trimStartsSec }: Playback, use: number): number {
  return (use % trimStartsSec.length) * COUNTS_BETWEEN_STARTS;
}

/** A stretch of the song: whole counts and how long they last. */
export interface Stretch {
  readonly counts: number;
  readonly durationSec: number;
}

/** The clip's beats laid exactly on the song's; null where its tempo, counts or footage do not reach. */
export function exactPlayback(move: Move, { counts, durationSec }: Stretch): Playback | null {
  if (!isPlayable(move) || move.counts < counts) return null;
  return playBeats(move, { counts, durationSec });
}

/**
 * Like {@link exactPlayback}, but footage behind the clip's counted dance will do: for the song's last beats only,
 * where the other way is to stand still.
 */
export function overrunPlayback(move: Move, stretch: Stretch): Playback | null {
  return isPlayable(move) ? playBeats(move, stretch) : null;
}

/** Clip tempo to song tempo: how fast the clip has to be played for its beats to meet the song's. */
export function rateOf(move: Move, { counts, durationSec }: Stretch): number {
  return (counts * SECONDS_PER_MINUTE) / move.tempoBpm / durationSec;
}

function playBeats(move: Move, { counts, durationSec }: Stretch): Playback | null {
  const rate = rateOf(move, { counts, durationSec });
  if (rate < LEAST_RATE - RATE_TOLERANCE || rate > GREATEST_RATE + RATE_TOLERANCE) return null;
  const trimStartsSec = startsWithFootage(move, counts);
  if (trimStartsSec.length === 0) return null;
  // Rounding must not ask for footage behind the file's end.
  const spareRate = (move.durationSec - trimStartsSec.at(-1)!) / durationSec;
  const safeRate = Math.min(GREATEST_RATE, Math.max(LEAST_RATE, Math.min(rate, spareRate)));
  return { counts, durationSec, rate: safeRate, trimStartsSec };
}

const startsOfMoves = remembered(() => new Map<number, readonly number[]>());

/** The clip's first "1" and every eighth count after it from which enough counted dance is left. */
function startsWithFootage(move: Move, counts: number): readonly number[] {
  const known = startsOfMoves(move);
  const starts = known.get(counts) ?? findStarts(move, counts);
  known.set(counts, starts);
  return starts;
}

function findStarts(move: Move, counts: number): number[] {
  const countSec = SECONDS_PER_MINUTE / move.tempoBpm;
  const starts: number[] = [];
  for (let offset = 0; offset === 0 || offset + counts <= move.counts; offset += COUNTS_BETWEEN_STARTS) {
    const startSec = move.firstDownbeatSec + offset * countSec;
    if (startSec + counts * countSec <= move.durationSec + FOOTAGE_TOLERANCE_SEC) starts.push(startSec);
  }
  return starts;
}

function isPlayable(move: Move): boolean {
  return move.tempoBpm > 0 && move.firstDownbeatSec >= 0 && move.durationSec > 0;
}
