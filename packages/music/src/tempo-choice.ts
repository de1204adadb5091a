import { BEATS_PER_BAR, bachataPattern } from './bar-pattern.ts';
import { type BeatPath, matchPattern, type PatternMatch, trackBeats } from './beats.ts';
import { type Chroma, harmonicChange, measureHarmony } from './harmony.ts';
import { type OnsetStrength, strokeAt } from './onset-strength.ts';
import { fitPattern, type PatternFit } from './pattern-fit.ts';
import type { Sound } from './sound.ts';
import { mean } from './statistics.ts';
import { cutTempogram, findStrongestPeriod, type Tempogram } from './tempo.ts';

/** Songs are danced to from 75 to 190 BPM; measured tempi may lie a little beyond. */
const TEMPO_RANGE_BPM = { lowest: 73, highest: 193 };
/** What a tempogram may take for the tempo, relative to its strongest peak. */
const RATIOS = [1, 1 / 2, 2, 2 / 3, 3 / 2, 3 / 4, 4 / 3];
/** A ratio is no candidate where the tempogram has less than this share of its peak there. */
const LEAST_STRENGTH_SHARE = 0.5;
/** How far a peak is looked for round a candidate, and how far a trial may stray from it. */
const PEAK_REACH = 1.06;
const TRIAL_REACH = 1.08;
/** How far the tempo of a song may be from its usual one. */
const SONG_REACH = 1.14;
/** Another tempo is followed where it is this much stronger than the usual one there, in rows one after the other. */
const OTHER_TEMPO = { strengthRatio: 1.3, rows: 3, reach: 1.4 };

/**
 * What speaks for the faster of two tempi an octave apart, as log odds: each measure less its neutral value, times its
 * weight. Set on songs made for the purpose (the demo's at nine tempi, and eighteen styles of other instruments), where
 * all three together are right in all of them.
 *
 * - chord: at the middle of the slow count's bar chords change as often as at its beginning (1) or never do (below 0)
 * - halves: the halves of the slow count's bar sound alike (1)
 * - bachata: log ratio of what the two paths earn a second under the bachata pattern
 * - struck: how strongly the weakest beat of the fast count's bar is struck, of the four's mean. Beats are where feet
 *   fall: where one of four is never struck, as between kick and snare of reggaeton or in 6/8, the count is one of halves.
 *   Where bachata rests its bass on 2, bongo and güira go on
 */
const OCTAVE_EVIDENCE = {
  chord: { neutral: 0, weight: 2.5 },
  halves: { neutral: 0.97, weight: 32 },
  bachata: { neutral: -0.1, weight: 1.6 },
  struck: { neutral: 0.35, weight: 5 },
};
/** More than this share of the mean on the weakest beat says no more. */
const EVENLY_STRUCK = 0.6;
/** Soft edges of bachata in BPM, for ties: from the inner pair outwards a tempo gets less likely. */
const USUAL_BPM = { from: 108, to: 152 };
/** Log odds that an octave away from the usual tempi is worth. */
const USUAL_TEMPO_WEIGHT = 0.5;

interface Trial {
  readonly period: number;
  readonly path: BeatPath;
  readonly fit: PatternFit;
}

export interface TempoChoice {
  /** The tempogram round the chosen tempo, for the final path. */
  readonly range: Tempogram;
  /** Beats of a first trial at that tempo. */
  readonly path: BeatPath;
  /** Autocorrelation reached by that tempo, 0..1: 1 for a machine, near 0 for noise. */
  readonly periodicity: number;
  /** How sure the octave is, 0..1; 1 where only one of the octaves is a dance tempo. */
  readonly octaveCertainty: number;
}

/**
 * Choose the tempo of a song among those that its tempogram may mean: the strongest, its half and double, two thirds,
 * three halves, three quarters and four thirds.
 *
 * Beats are tracked at each of them, and the one whose bars explain the onsets best is taken: a third of the tempo off, hardly
 * anything repeats. Octaves explain nearly the same, so between them it is decided by what tells a bar from two bars:
 * where chords change, whether the halves of the longer bar sound alike, and the bachata pattern.
 *
 * @returns `null` where nothing repeats.
 */
export function chooseTempo(
  onsets: OnsetStrength,
  tempogram: Tempogram,
  sound: Sound,
  sampleRateHz: number,
): TempoChoice | null {
  const match = matchPattern(onsets, bachataPattern());
  const trials = candidatePeriods(tempogram, onsets.frameRateHz)
    .map((period) => tryPeriod(onsets, { tempogram, match }, period))
    .filter(({ path }) => path.frames.length > BEATS_PER_BAR);
  const [best] = [...trials].sort((a, b) => b.fit.bar - a.fit.bar);
  if (best === undefined) return null;
  const isOctave = (slow: Trial, fast: Trial) => Math.abs(slow.period / fast.period / 2 - 1) < 0.1;
  const other = trials.find((trial) => isOctave(trial, best) || isOctave(best, trial));
  const measureChromaOf = ({ path }: Trial) =>
    measureHarmony(
      sound,
      sampleRateHz,
      path.frames.map((frame) => frame / onsets.frameRateHz),
    ).beats;
  const describe = (trial: Trial, octaveCertainty: number): TempoChoice => ({
    range: rangeRound(tempogram, trial.period),
    path: trial.path,
    periodicity: Math.min(1, Math.max(0, strengthNear(tempogram, trial.period))),
    octaveCertainty,
  });
  if (other === undefined) return describe(best, 1);
  const [fast, slow] = best.period < other.period ? [best, other] : [other, best];
  const odds = oddsOfFast(slow, fast, onsets, measureChromaOf(fast));
  return describe(odds > 0 ? fast : slow, Math.abs(Math.tanh(odds / 2)));
}

/** Periods in frames that the song's beat may have, the strongest first; empty where nothing repeats. */
function candidatePeriods(tempogram: Tempogram, frameRateHz: number): number[] {
  const isDanced = (period: number) => {
    const tempoBpm = (60 * frameRateHz) / period;
    return tempoBpm >= TEMPO_RANGE_BPM.lowest && tempoBpm <= TEMPO_RANGE_BPM.highest;
  };
  const strongest = findStrongestPeriod(tempogram, isDanced);
  if (strongest === null) return [];
  const least = LEAST_STRENGTH_SHARE * strengthNear(tempogram, strongest);
  return RATIOS.map((ratio) => peakRound(tempogram, strongest * ratio)).filter(
    (period, i, all) =>
      isDanced(period) && strengthNear(tempogram, period) >= least && all.indexOf(period) === i,
  );
}

function peakRound({ periods, global }: Tempogram, period: number): number {
  const near = periods.filter((p) => p >= period / PEAK_REACH && p <= period * PEAK_REACH);
  const strength = (p: number) => global[p - periods[0]!]!;
  return near.reduce((best, p) => (strength(p) > strength(best) ? p : best), near[0] ?? Number.NaN);
}

function strengthNear({ periods, global }: Tempogram, period: number): number {
  return global[period - periods[0]!] ?? 0;
}

function tryPeriod(
  onsets: OnsetStrength,
  { tempogram, match }: { readonly tempogram: Tempogram; readonly match: PatternMatch },
  period: number,
): Trial {
  const range = cutTempogram(tempogram, period / TRIAL_REACH, period * TRIAL_REACH);
  const path = trackBeats(onsets, range, match);
  const fit =
    path.frames.length > 1
      ? fitPattern(
          onsets,
          path.frames.map((frame) => frame / onsets.frameRateHz),
        )
      : { bar: 0, halfBar: 0 };
  return { period, path, fit };
}

/** Log odds that the faster of two counts is the dancers'. */
function oddsOfFast(slow: Trial, fast: Trial, onsets: OnsetStrength, chroma: readonly Chroma[]): number {
  const { frameRateHz } = onsets;
  const earned = ({ path }: Trial) =>
    Math.max(1e-3, path.score / Math.max(1, path.frames.at(-1)! - path.frames[0]!));
  const measures = {
    chord: chordsAtHalfBar(chroma),
    halves: slow.fit.bar > 0 ? Math.min(1, slow.fit.halfBar / slow.fit.bar) : 1,
    bachata: Math.log(earned(fast) / earned(slow)),
    struck: Math.min(EVENLY_STRUCK, weakestBeat(onsets, fast.path)),
  };
  const prior =
    USUAL_TEMPO_WEIGHT *
    (octavesFromUsual((60 * frameRateHz) / slow.period) - octavesFromUsual((60 * frameRateHz) / fast.period));
  return Object.entries(OCTAVE_EVIDENCE).reduce(
    (odds, [name, { neutral, weight }]) =>
      odds + weight * (measures[name as keyof typeof measures] - neutral),
    prior,
  );
}

/** How strongly the weakest of the four beats of a bar is struck, as a share of their mean, 0..1. */
function weakestBeat(onsets: OnsetStrength, { frames, barPositions }: BeatPath): number {
  const strengths = Array.from({ length: BEATS_PER_BAR }, (_, place) =>
    mean(frames.filter((_, i) => barPositions[i] === place).map((frame) => strokeAt(onsets, frame))),
  );
  const usual = mean(strengths);
  return usual > 0 ? Math.min(...strengths) / usual : 1;
}

function octavesFromUsual(tempoBpm: number): number {
  return Math.max(0, Math.log2(USUAL_BPM.from / tempoBpm), Math.log2(tempoBpm / USUAL_BPM.to));
}

/**
 * How much chords change four beats away from where they change most, within eight: 1 for as much, 0 for as at any
 * beat, below 0 for less than that.
 */
function chordsAtHalfBar(chroma: readonly Float32Array[]): number {
  const period = 2 * BEATS_PER_BAR;
  const sums = new Float64Array(period);
  const counts = new Float64Array(period);
  for (let i = BEATS_PER_BAR; i + BEATS_PER_BAR < chroma.length; i++) {
    sums[i % period]! += harmonicChange(chroma, i, BEATS_PER_BAR);
    counts[i % period]!++;
  }
  if (counts.some((count) => count === 0)) return 0;
  const changes = sums.map((sum, place) => sum / counts[place]!);
  const usual = changes.reduce((sum, change) => sum + change, 0) / period;
  const top = changes.indexOf(Math.max(...changes));
  const contrast = changes[top]! - usual;
  return contrast > 1e-6 ? (changes[(top + BEATS_PER_BAR) % period]! - usual) / contrast : 0;
}

/**
 * The tempogram round a period, wide enough for a tempo that drifts, and wider where another tempo of the same octave
 * reigns for a while (two songs in one file).
 */
function rangeRound(tempogram: Tempogram, period: number): Tempogram {
  let shortest = period / SONG_REACH;
  let longest = period * SONG_REACH;
  let run: number[] = [];
  for (const row of tempogram.rows) {
    const { own, usual } = strongestInRow(tempogram.periods, row, period);
    const isOther = row[own]! > OTHER_TEMPO.strengthRatio * Math.max(0.05, usual);
    run = isOther ? [...run, tempogram.periods[own]!] : [];
    if (run.length < OTHER_TEMPO.rows) continue;
    shortest = Math.min(shortest, ...run.map((p) => p / TRIAL_REACH));
    longest = Math.max(longest, ...run.map((p) => p * TRIAL_REACH));
  }
  return cutTempogram(tempogram, shortest, longest);
}

/** Where a row is strongest within the octave round a period, and how strong it is near the period itself. */
function strongestInRow(periods: readonly number[], row: Float32Array, period: number) {
  let own = periods.indexOf(period);
  let usual = 0;
  for (const [p, candidate] of periods.entries()) {
    const distance = Math.max(candidate / period, period / candidate);
    if (distance <= OTHER_TEMPO.reach && row[p]! > row[own]!) own = p;
    if (distance <= TRIAL_REACH) usual = Math.max(usual, row[p]!);
  }
  return { own, usual };
}
