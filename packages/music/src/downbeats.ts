import { BEATS_PER_BAR, bachataPattern, SLOTS_PER_BEAT } from './bar-pattern.ts';
import { type Chroma, harmonicChange } from './harmony.ts';
import { type OnsetStrength, peakNear } from './onset-strength.ts';
import { mean, standardise } from './statistics.ts';

/**
 * What each witness of the "1" is worth: log odds for each standard error by which it stands out. Learnt by
 * multinomial logistic regression on 166 songs made for the purpose (the demo's at nine tempi, and eighteen styles with
 * other drums, basses and chords).
 *
 * Chords are by far the best witness: alone they are right in 95 of 100, the bachata pattern alone in 66. A change of
 * the bass's note and loud low notes were tried and add nothing beside them.
 */
const WITNESS_WEIGHTS = {
  /** Change of the notes over half a bar, a bar and two bars on each side. */
  chordOfHalfBar: 0.6,
  chordOfBar: 0.85,
  chordOfTwoBars: 0.7,
  /** Change of who plays what: drums, strings, güira, over a bar on each side. */
  players: 0.5,
  /** Match of the onsets with bachata: bass on 1, 3, 4, bongo on 4. */
  bachata: 0.8,
};
/** A witness counts for at most about so many standard errors: none overrules all others. */
const LOUDEST_VOICE = 3;
/** Bars beyond this add nothing to the certainty: they are not independent. */
const INDEPENDENT_BARS = 32;
/** What being the first beat of all is worth: less than a bar of evidence. */
const FIRST_BEAT_WEIGHT = 1;
/** Cost of leaving the count: ten bars of middling evidence. */
const COUNT_BREAK_COST = 60;
/** Fewer beats than four bars lower the confidence in proportion. */
const FULL_CONFIDENCE_BARS = 4;
/** Below this many standard errors a witness says nothing. */
const AUDIBLE_VOICE = 0.8;
/** What confidence is left where chords and rhythm contradict each other, and where one of them is silent. */
const TRUST = { contradiction: 0.45, oneAlone: 0.7 };

export interface Downbeats {
  /** Position in the bar of each beat, 0 (the "1") to beats per bar - 1. */
  readonly barPositions: readonly number[];
  /**
   * How sure the "1" is, 0..1: the margin of its odds over the best other count, less where only one kind of witness
   * speaks or two disagree.
   */
  readonly confidence: number;
}

/** What one witness says: how much each beat looks like each place of the bar, standardised over the song. */
type Testimony = readonly (readonly number[])[];
type Witness = keyof typeof WITNESS_WEIGHTS;

/**
 * Decide which beats are the "1", from several witnesses: changes of chord, changes of who plays, and, in bars of four,
 * the rhythm of bachata.
 *
 * The best path counts through the bar and may leave the count at a cost, so that an odd bar in the song does not turn
 * the rest around.
 *
 * Sources: M. Goto, "An audio-based real-time beat tracking system", JNMR 2001 (chord change and drum patterns as
 * evidence of the bar); G. D. Forney, "The Viterbi algorithm", Proc. IEEE 1973.
 *
 * @param onsets Onset strength of the song.
 * @param beatsSec Beat times in seconds, rising; at least one.
 * @param harmonies Within each beat, as many as beats.
 * @param beatsPerBar 4, 3 or 2.
 */
export function findDownbeats(
  onsets: OnsetStrength,
  beatsSec: readonly number[],
  harmonies: readonly Chroma[],
  beatsPerBar: number,
): Downbeats {
  const testimonies = hearWitnesses(onsets, beatsSec, harmonies, beatsPerBar);
  const evidence = beatsSec.map((_, i) =>
    Array.from({ length: beatsPerBar }, (_, position) =>
      [...testimonies].reduce((sum, [name, says]) => sum + WITNESS_WEIGHTS[name] * says[i]![position]!, 0),
    ),
  );
  // Where nothing else tells, the music begins on a "1".
  evidence[0]![0]! += FIRST_BEAT_WEIGHT;
  const barPositions = bestCount(evidence, beatsPerBar);
  return { barPositions, confidence: rateCount(testimonies, barPositions, beatsPerBar) };
}

function hearWitnesses(
  onsets: OnsetStrength,
  beatsSec: readonly number[],
  harmonies: readonly Chroma[],
  beatsPerBar: number,
): ReadonlyMap<Witness, Testimony> {
  const players = beatsSec.map((_, i) => onsetsOfBeat(onsets, beatsSec, i));
  const change = (rows: readonly Float32Array[], reach: number) =>
    forTheOne(standardise(beatsSec.map((_, i) => harmonicChange(rows, i, reach))), beatsPerBar);
  const half = Math.floor(beatsPerBar / 2);
  const testimonies = new Map<Witness, Testimony>([
    ['chordOfHalfBar', change(harmonies, half)],
    ['chordOfBar', change(harmonies, beatsPerBar)],
    ['chordOfTwoBars', change(harmonies, 2 * beatsPerBar)],
    ['players', change(players, beatsPerBar)],
  ]);
  return beatsPerBar === BEATS_PER_BAR ? testimonies.set('bachata', matchBachata(players)) : testimonies;
}

/** A series that speaks for the "1" only: what it says for that place is taken from the others. */
function forTheOne(series: readonly number[], beatsPerBar: number): Testimony {
  return series.map((value) =>
    Array.from({ length: beatsPerBar }, (_, position) =>
      position === 0 ? value : -value / (beatsPerBar - 1),
    ),
  );
}

/** Onset strength of each band on each sixteenth of a beat, from 0 up: Float32Array [bands * 4]. */
function onsetsOfBeat(onsets: OnsetStrength, beatsSec: readonly number[], i: number): Float32Array {
  const beatSec = beatsSec[i]!;
  const nextSec = beatsSec[i + 1] ?? beatSec + (beatSec - (beatsSec[i - 1] ?? beatSec - 0.5));
  const row = new Float32Array(onsets.normalised.length * SLOTS_PER_BEAT);
  for (let step = 0; step < SLOTS_PER_BEAT; step++) {
    const timeSec = beatSec + ((nextSec - beatSec) * step) / SLOTS_PER_BEAT;
    const frame = Math.round(timeSec * onsets.frameRateHz);
    for (const [band, values] of onsets.normalised.entries()) {
      row[band * SLOTS_PER_BEAT + step] = 1 + peakNear(values, frame);
    }
  }
  return row;
}

/** Per beat and place in the bar: match of the onsets with what the pattern expects there. */
function matchBachata(players: readonly Float32Array[]): Testimony {
  const pattern = bachataPattern();
  return players.map((row) =>
    Array.from({ length: BEATS_PER_BAR }, (_, position) => {
      let match = 0;
      for (const [band, expected] of pattern.entries()) {
        for (let step = 0; step < SLOTS_PER_BEAT; step++) {
          match += (row[band * SLOTS_PER_BEAT + step]! - 1) * expected[position * SLOTS_PER_BEAT + step]!;
        }
      }
      return match / SLOTS_PER_BEAT;
    }),
  );
}

/**
 * How well what is played on beats and between them matches bachata, counted from whichever beat it suits best: 0 where
 * nothing does, 4 and more where bass, bongo and güira play it.
 *
 * @param beatsSec Rising, at least one.
 */
export function matchOfBachata(onsets: OnsetStrength, beatsSec: readonly number[]): number {
  const matches = matchBachata(beatsSec.map((_, i) => onsetsOfBeat(onsets, beatsSec, i)));
  const counts = Array.from({ length: BEATS_PER_BAR }, (_, first) =>
    mean(matches.map((row, i) => row[(first + i) % BEATS_PER_BAR]!)),
  );
  return Math.max(...counts);
}

function bestCount(evidence: readonly (readonly number[])[], beatsPerBar: number): number[] {
  let scores = [...evidence[0]!];
  const trail: number[][] = [];
  for (let i = 1; i < evidence.length; i++) {
    const top = scores.indexOf(Math.max(...scores));
    const choices: number[] = [];
    const next = evidence[i]!.map((score, position) => {
      const counted = (position + beatsPerBar - 1) % beatsPerBar;
      const broken = scores[top]! - COUNT_BREAK_COST > scores[counted]!;
      choices.push(broken ? top : counted);
      return score + (broken ? scores[top]! - COUNT_BREAK_COST : scores[counted]!);
    });
    trail.push(choices);
    scores = next;
  }
  const positions = [scores.indexOf(Math.max(...scores))];
  for (const choices of trail.reverse()) positions.push(choices[positions.at(-1)!]!);
  return positions.reverse();
}

/** How sure the count is beside those that are shifted by a beat or more. */
function rateCount(
  testimonies: ReadonlyMap<Witness, Testimony>,
  barPositions: readonly number[],
  beatsPerBar: number,
): number {
  const voices = new Map(
    [...testimonies].map(([name, says]) => [name, voiceOf(says, barPositions, beatsPerBar)]),
  );
  const odds = Array.from({ length: beatsPerBar }, (_, shift) =>
    [...voices].reduce((sum, [name, voice]) => sum + WITNESS_WEIGHTS[name] * voice[shift]!, 0),
  );
  const weights = odds.map((value) => Math.exp(value - Math.max(...odds)));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const margin = (weights[0]! - Math.max(...weights.slice(1))) / whole;
  const isLong = Math.min(1, barPositions.length / beatsPerBar / FULL_CONFIDENCE_BARS);
  return Math.max(0, margin) * agreement(voices) * isLong;
}

/** For each shift of the count: by how many standard errors the witness is for it, softly limited. */
function voiceOf(says: Testimony, barPositions: readonly number[], beatsPerBar: number): number[] {
  const totals = Array.from({ length: beatsPerBar }, (_, shift) =>
    mean(says.map((row, i) => row[(barPositions[i]! - shift + beatsPerBar) % beatsPerBar]!)),
  );
  const usual = mean(totals);
  const errors = Math.sqrt(Math.min(INDEPENDENT_BARS, says.length / beatsPerBar)) * beatsPerBar;
  const scale = errors / beatsPerBar;
  return totals.map((total) => LOUDEST_VOICE * Math.tanh(((total - usual) * scale) / LOUDEST_VOICE));
}

/** 1 where chords and rhythm are both for the count that was chosen. */
function agreement(voices: ReadonlyMap<Witness, readonly number[]>): number {
  const [chords, rhythm] = (['chordOfBar', 'bachata'] as const).map((name) => {
    const voice = voices.get(name) ?? [0];
    const loudest = Math.max(...voice);
    if (loudest < AUDIBLE_VOICE) return 'silent';
    return voice[0] === loudest ? 'for' : 'against';
  });
  if (chords === 'against' || rhythm === 'against') return TRUST.contradiction;
  return chords === 'silent' || rhythm === 'silent' ? TRUST.oneAlone : 1;
}
