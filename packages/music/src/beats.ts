import { type BarPattern, BEATS_PER_BAR, SLOTS_PER_BAR, SLOTS_PER_BEAT } from './bar-pattern.ts';
import type { OnsetStrength } from './onset-strength.ts';
import type { Tempogram } from './tempo.ts';

/** Cost of a change of period, per squared log ratio: 2 % is nearly free, 10 % costs more than a beat can earn. */
const TEMPO_CHANGE_COST = 1500;
/** Largest change of period from one beat to the next, as a log ratio. */
const MAX_TEMPO_CHANGE = 0.12;
/** Cost of leaving the count of four (a bar of one, two or three beats): as much as several good bars earn. */
const COUNT_BREAK_COST = 120;
/** Cost of a period that the tempogram gives no strength at all. */
const UNLIKELY_TEMPO_COST = 8;
/** The match of a beat is scaled by its length over this one, so that a fast path earns no more than a slow one. */
const REFERENCE_BEAT_SEC = 0.5;

/** Marks in the trail: the path began one period earlier; the count of four was left (plus the beat it came from). */
const BEGINNING = 255;
const COUNT_BREAK = 248;

/** A path of beats through the song, in frames of the onset strength. */
export interface BeatPath {
  /** Beat positions in whole frames, strictly rising; empty where there is no room for two beats. */
  readonly frames: readonly number[];
  /** Position of each beat in its bar, 0 (the "1") to 3. */
  readonly barPositions: readonly number[];
  /** What the path earned: the match of its onsets less the cost of its changes; 0 where there is none. */
  readonly score: number;
}

/**
 * Find beats and their place in the bar together: the best path of a hidden semi-Markov model.
 *
 * A state is "beat b of the bar falls on frame t, after a period p". A step from one beat to the next earns what the
 * onsets between them match the pattern of that beat (every sixteenth is looked at), minus the change of tempo and
 * minus what the tempogram has against the period. Deciding on whole bars rather than on beats is what keeps loud
 * off-beat strums from drawing the path half a beat away: a bass on 1, 3, 4 has no off-beat twin.
 *
 * Time is O(frames x 4 x periods x neighbours), memory O(frames x 4 x periods) bytes: 13 MB for twenty minutes.
 *
 * Sources: N. Whiteley, A. Cemgil & S. Godsill, "Bayesian modelling of temporal structure in musical audio", ISMIR
 * 2006 (bar pointer); F. Krebs, S. Böck & G. Widmer, "Rhythmic pattern modeling for beat and downbeat tracking",
 * ISMIR 2013, and "An efficient state-space model for joint tempo and meter tracking", ISMIR 2015.
 *
 * @param onsets Onset strength.
 * @param tempogram Of the same onsets.
 * @param match Of the same onsets with what a bar is expected to sound like.
 */
export function trackBeats(onsets: OnsetStrength, tempogram: Tempogram, match: PatternMatch): BeatPath {
  const lattice = makeLattice(onsets, tempogram, match);
  let bestScore = 0;
  let bestState = -1;
  let bestFrame = -1;
  for (let frame = 0; frame < onsets.frameCount; frame++) {
    advance(lattice, frame);
    const row = (frame % lattice.ringLength) * lattice.periods.length;
    for (let p = 0; p < lattice.periods.length; p++) {
      if (lattice.anyBeatScores[row + p]! <= bestScore) continue;
      bestScore = lattice.anyBeatScores[row + p]!;
      bestState = lattice.anyBeat[row + p]! * lattice.periods.length + p;
      bestFrame = frame;
    }
  }
  return bestFrame < 0
    ? { frames: [], barPositions: [], score: 0 }
    : { ...followTrail(lattice, bestFrame, bestState), score: bestScore };
}

interface Lattice {
  readonly periods: readonly number[];
  readonly stateCount: number;
  readonly ringLength: number;
  /** Scores of the last `ringLength` frames; older ones are never looked back on. State = beat * periods + period. */
  readonly scores: Float32Array;
  /** Per frame of the ring and period: the best score over the four beats, and which beat has it. */
  readonly anyBeatScores: Float32Array;
  readonly anyBeat: Uint8Array;
  /** Per frame of the ring and beat: the best score over the periods. */
  readonly anyPeriodScores: Float32Array;
  /** Per frame and state: index of the period before, or a mark. */
  readonly trail: Uint8Array;
  readonly match: PatternMatch;
  readonly tempoCosts: readonly Float32Array[];
  readonly rowHopFrames: number;
  /** From which periods each may be reached: first and last place in the list. */
  readonly neighbours: ReadonlyArray<{ readonly first: number; readonly last: number }>;
  /** Cost of going from period `a` to period `b` at [b * periods + a]. */
  readonly changeCosts: Float32Array;
  readonly lengthWeights: readonly number[];
  /** Places in the match from a beat's frame to its sixteenth `step` at [period * 4 + step]. */
  readonly stepOffsets: Int32Array;
}

function makeLattice(onsets: OnsetStrength, tempogram: Tempogram, match: PatternMatch): Lattice {
  const { periods } = tempogram;
  const stateCount = BEATS_PER_BAR * periods.length;
  const ringLength = periods.at(-1)! + 1;
  return {
    periods,
    stateCount,
    ringLength,
    scores: new Float32Array(ringLength * stateCount).fill(Number.NEGATIVE_INFINITY),
    anyBeatScores: new Float32Array(ringLength * periods.length).fill(Number.NEGATIVE_INFINITY),
    anyBeat: new Uint8Array(ringLength * periods.length),
    anyPeriodScores: new Float32Array(ringLength * BEATS_PER_BAR),
    trail: new Uint8Array(onsets.frameCount * stateCount),
    match,
    tempoCosts: tempogram.rows.map((row) => {
      const peak = Math.max(...row, 1e-9);
      return row.map((value) => UNLIKELY_TEMPO_COST * (1 - value / peak));
    }),
    rowHopFrames: tempogram.rowHopFrames,
    neighbours: periods.map((to) => {
      const isNear = (from: number) => Math.abs(Math.log(to / from)) <= MAX_TEMPO_CHANGE;
      return { first: periods.findIndex(isNear), last: periods.findLastIndex(isNear) };
    }),
    changeCosts: Float32Array.from({ length: periods.length ** 2 }, (_, i) => {
      const change = Math.log(periods[i % periods.length]! / periods[Math.floor(i / periods.length)]!);
      return TEMPO_CHANGE_COST * change * change;
    }),
    lengthWeights: periods.map((period) => period / onsets.frameRateHz / REFERENCE_BEAT_SEC),
    stepOffsets: Int32Array.from(
      periods.flatMap((period) =>
        Array.from(
          { length: SLOTS_PER_BEAT },
          (_, step) => SLOTS_PER_BAR * Math.round((step * period) / SLOTS_PER_BEAT) + step,
        ),
      ),
    ),
  };
}

/** Fill in all states of one frame from those one period earlier. */
function advance(lattice: Lattice, frame: number): void {
  const { periods, stateCount, ringLength, scores, trail, anyBeatScores, anyBeat, anyPeriodScores } = lattice;
  const row = (frame % ringLength) * stateCount;
  const anyRow = (frame % ringLength) * periods.length;
  const beatRow = (frame % ringLength) * BEATS_PER_BAR;
  anyPeriodScores.fill(Number.NEGATIVE_INFINITY, beatRow, beatRow + BEATS_PER_BAR);
  const tempoCosts =
    lattice.tempoCosts[Math.min(lattice.tempoCosts.length - 1, Math.floor(frame / lattice.rowHopFrames))]!;
  for (let p = 0; p < periods.length; p++) {
    const origin = frame - periods[p]!;
    let topScore = Number.NEGATIVE_INFINITY;
    let topBeat = 0;
    for (let beat = 0; beat < BEATS_PER_BAR; beat++) {
      const state = beat * periods.length + p;
      if (origin < 0) {
        trail[frame * stateCount + state] = BEGINNING;
        scores[row + state] = Number.NEGATIVE_INFINITY;
        continue;
      }
      const from = beat === 0 ? BEATS_PER_BAR - 1 : beat - 1;
      const score =
        arrive(lattice, frame, beat, p) +
        lattice.lengthWeights[p]! * matchBeat(lattice, from, origin, p) -
        tempoCosts[p]!;
      scores[row + state] = score;
      if (score > anyPeriodScores[beatRow + beat]!) anyPeriodScores[beatRow + beat] = score;
      if (score > topScore) {
        topScore = score;
        topBeat = beat;
      }
    }
    anyBeatScores[anyRow + p] = topScore;
    anyBeat[anyRow + p] = topBeat;
  }
}

/** Best score of a path up to the beat before `beat`, a period `p` earlier; notes in the trail where it came from. */
function arrive(lattice: Lattice, frame: number, beat: number, p: number): number {
  const { periods, stateCount, ringLength, scores, changeCosts, anyPeriodScores } = lattice;
  const originRow = (frame - periods[p]!) % ringLength;
  const from = beat === 0 ? BEATS_PER_BAR - 1 : beat - 1;
  const base = originRow * stateCount + from * periods.length;
  const costs = p * periods.length;
  const { first, last } = lattice.neighbours[p]!;
  // A path may begin anywhere, owing nothing.
  let best = 0;
  let mark = BEGINNING;
  // The more a period differs the more it costs: once even the best of that beat could not pay for it, no other can.
  const most = anyPeriodScores[originRow * BEATS_PER_BAR + from]!;
  for (let index = p; index >= first && most - changeCosts[costs + index]! > best; index--) {
    const score = scores[base + index]! - changeCosts[costs + index]!;
    if (score > best) {
      best = score;
      mark = index;
    }
  }
  for (let index = p + 1; index <= last && most - changeCosts[costs + index]! > best; index++) {
    const score = scores[base + index]! - changeCosts[costs + index]!;
    if (score > best) {
      best = score;
      mark = index;
    }
  }
  const any = originRow * periods.length + p;
  if (lattice.anyBeatScores[any]! - COUNT_BREAK_COST > best) {
    best = lattice.anyBeatScores[any]! - COUNT_BREAK_COST;
    mark = COUNT_BREAK + lattice.anyBeat[any]!;
  }
  lattice.trail[frame * stateCount + beat * periods.length + p] = mark;
  return best;
}

/** What the onsets on the four sixteenths from `origin` on say for beat `beat` of the bar being there. */
function matchBeat({ match, stepOffsets }: Lattice, beat: number, origin: number, period: number): number {
  const base = SLOTS_PER_BAR * origin + SLOTS_PER_BEAT * beat;
  let sum = 0;
  for (let step = SLOTS_PER_BEAT * period; step < SLOTS_PER_BEAT * (period + 1); step++) {
    sum += match[base + stepOffsets[step]!]!;
  }
  return sum;
}

/** Float32Array [frames * 16]: the match of each frame's onsets with what is expected at each sixteenth of the bar. */
export type PatternMatch = Float32Array;

/** How onsets match a pattern; made once for all tempi that are tried with it, for it is as large as all onsets. */
export function matchPattern({ softened, frameCount }: OnsetStrength, pattern: BarPattern): PatternMatch {
  const match = new Float32Array(frameCount * SLOTS_PER_BAR);
  for (const [band, values] of softened.entries()) {
    const weights = pattern[band]!.map((value) => value / SLOTS_PER_BAR);
    for (let frame = 0; frame < frameCount; frame++) {
      const value = values[frame]!;
      for (let slot = 0; slot < SLOTS_PER_BAR; slot++) {
        match[frame * SLOTS_PER_BAR + slot]! += weights[slot]! * value;
      }
    }
  }
  return match;
}

function followTrail(lattice: Lattice, lastFrame: number, lastState: number): Omit<BeatPath, 'score'> {
  const { periods, stateCount, trail } = lattice;
  const frames: number[] = [];
  const barPositions: number[] = [];
  let frame = lastFrame;
  let beat = Math.floor(lastState / periods.length);
  let p = lastState % periods.length;
  for (;;) {
    frames.push(frame);
    barPositions.push(beat);
    const mark = trail[frame * stateCount + beat * periods.length + p]!;
    const origin = frame - periods[p]!;
    const from = (beat + BEATS_PER_BAR - 1) % BEATS_PER_BAR;
    if (mark === BEGINNING) {
      frames.push(origin);
      barPositions.push(from);
      break;
    }
    frame = origin;
    beat = mark >= COUNT_BREAK ? mark - COUNT_BREAK : from;
    if (mark < COUNT_BREAK) p = mark;
  }
  return { frames: frames.reverse(), barPositions: barPositions.reverse() };
}
