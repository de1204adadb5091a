import { type BarPattern, BEATS_PER_BAR, SLOTS_PER_BEAT } from './bar-pattern.ts';
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
    const row = (frame % lattice.ringLength) * lattice.stateCount;
    for (let state = 0; state < lattice.stateCount; state++) {
      if (lattice.scores[row + state]! <= bestScore) continue;
      bestScore = lattice.scores[row + state]!;
      bestState = state;
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
  /** Per frame and state: index of the period before, or a mark. */
  readonly trail: Uint8Array;
  readonly slotScores: PatternMatch;
  readonly tempoCosts: readonly Float32Array[];
  readonly rowHopFrames: number;
  /** Periods are neighbours within this many places in the list. */
  readonly neighbourReach: number;
  /** Cost of going from period `a` to period `b` at [a * periods + b]; infinite where they are too far apart. */
  readonly changeCosts: Float32Array;
  readonly lengthWeights: readonly number[];
  /** Frames from a beat to its sixteenth `step` at [period * 4 + step]. */
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
    trail: new Uint8Array(onsets.frameCount * stateCount),
    slotScores: match,
    tempoCosts: tempogram.rows.map((row) => {
      const peak = Math.max(...row, 1e-9);
      return row.map((value) => UNLIKELY_TEMPO_COST * (1 - value / peak));
    }),
    rowHopFrames: tempogram.rowHopFrames,
    neighbourReach: Math.ceil(periods.at(-1)! * MAX_TEMPO_CHANGE),
    changeCosts: Float32Array.from({ length: periods.length ** 2 }, (_, i) => {
      const change = Math.log(periods[i % periods.length]! / periods[Math.floor(i / periods.length)]!);
      return Math.abs(change) <= MAX_TEMPO_CHANGE
        ? TEMPO_CHANGE_COST * change * change
        : Number.POSITIVE_INFINITY;
    }),
    lengthWeights: periods.map((period) => period / onsets.frameRateHz / REFERENCE_BEAT_SEC),
    stepOffsets: Int32Array.from(
      periods.flatMap((period) =>
        Array.from({ length: SLOTS_PER_BEAT }, (_, step) => Math.round((step * period) / SLOTS_PER_BEAT)),
      ),
    ),
  };
}

/** Fill in all states of one frame from those one period earlier. */
function advance(lattice: Lattice, frame: number): void {
  const { periods, stateCount, ringLength, scores, trail } = lattice;
  const row = (frame % ringLength) * stateCount;
  const tempoRow = Math.min(lattice.tempoCosts.length - 1, Math.floor(frame / lattice.rowHopFrames));
  for (let p = 0; p < periods.length; p++) {
    const origin = frame - periods[p]!;
    let topScore = Number.NEGATIVE_INFINITY;
    for (let beat = 0; beat < BEATS_PER_BAR; beat++) {
      const state = beat * periods.length + p;
      let score = Number.NEGATIVE_INFINITY;
      if (origin >= 0) {
        const from = (beat + BEATS_PER_BAR - 1) % BEATS_PER_BAR;
        score =
          arrive(lattice, frame, state, origin, from) +
          lattice.lengthWeights[p]! * matchBeat(lattice, from, origin, p) -
          lattice.tempoCosts[tempoRow]![p]!;
      } else {
        trail[frame * stateCount + state] = BEGINNING;
      }
      scores[row + state] = score;
      if (score > topScore) {
        topScore = score;
        lattice.anyBeat[(frame % ringLength) * periods.length + p] = beat;
      }
    }
    lattice.anyBeatScores[(frame % ringLength) * periods.length + p] = topScore;
  }
}

/** Best score of a path whose last beat but one is `from` at frame `origin`; notes in the trail where it came from. */
function arrive(lattice: Lattice, frame: number, state: number, origin: number, from: number): number {
  const { periods, stateCount, ringLength } = lattice;
  const p = state % periods.length;
  const base = (origin % ringLength) * stateCount + from * periods.length;
  // A path may begin anywhere, owing nothing.
  let best = 0;
  let mark = BEGINNING;
  const last = Math.min(periods.length - 1, p + lattice.neighbourReach);
  for (let index = Math.max(0, p - lattice.neighbourReach); index <= last; index++) {
    const score = lattice.scores[base + index]! - lattice.changeCosts[index * periods.length + p]!;
    if (score > best) {
      best = score;
      mark = index;
    }
  }
  const any = (origin % ringLength) * periods.length + p;
  if (lattice.anyBeatScores[any]! - COUNT_BREAK_COST > best) {
    best = lattice.anyBeatScores[any]! - COUNT_BREAK_COST;
    mark = COUNT_BREAK + lattice.anyBeat[any]!;
  }
  lattice.trail[frame * stateCount + state] = mark;
  return best;
}

/** What the onsets on the four sixteenths from `origin` on say for beat `beat` of the bar being there. */
function matchBeat(lattice: Lattice, beat: number, origin: number, period: number): number {
  let sum = 0;
  for (let step = 0; step < SLOTS_PER_BEAT; step++) {
    const frame = origin + lattice.stepOffsets[period * SLOTS_PER_BEAT + step]!;
    sum += lattice.slotScores[beat * SLOTS_PER_BEAT + step]![frame]!;
  }
  return sum;
}

/** Per sixteenth of the bar Float32Array [frames]: the match of each frame's onsets with what is expected there. */
export type PatternMatch = readonly Float32Array[];

/** How onsets match a pattern; made once for all tempi that are tried with it, for it is as large as all onsets thrice. */
export function matchPattern(onsets: OnsetStrength, pattern: BarPattern): PatternMatch {
  const softened = onsets.normalised.map(tolerateOneFrame);
  const slots = pattern[0]!.length;
  return Array.from({ length: slots }, (_, slot) => {
    const scores = new Float32Array(onsets.frameCount);
    for (const [band, values] of softened.entries()) {
      const weight = pattern[band]![slot]! / slots;
      for (let frame = 0; frame < scores.length; frame++) scores[frame]! += weight * values[frame]!;
    }
    return scores;
  });
}

/** Let an onset one frame (12 ms) early or late count for 70 %. */
function tolerateOneFrame(values: Float32Array): Float32Array {
  return values.map((value, i) =>
    Math.max(value, 0.7 * (values[i - 1] ?? value), 0.7 * (values[i + 1] ?? value)),
  );
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
