import { BEATS_PER_BAR } from './bar-pattern.ts';
import { matchOfBachata } from './downbeats.ts';
import { type Chroma, harmonicChange } from './harmony.ts';
import { type OnsetStrength, strokeAt } from './onset-strength.ts';
import { mean, median, standardise } from './statistics.ts';

const HALVES_PER_BAR = 2 * BEATS_PER_BAR;
/**
 * What each witness is worth as log odds. Chords change on beats, whatever is struck beside them: the change over one beat
 * on each side says it most exactly, that over two most surely. Set on 93 pieces made for it, of thirty-one styles and
 * arrangements.
 */
const WITNESS_WEIGHTS = { chordOfBeat: 0.6, chordOfHalfBar: 0.6, bachata: 0.7, beginning: 1 };
/** What having been tracked is worth: few songs turn the tracker around. */
const TRACKED_ODDS = 1;
/** Halves of a beat on each side over which chords are compared. */
const CHORD_REACH = { chordOfBeat: 2, chordOfHalfBar: 4 };
/** A witness counts for at most about so many standard errors: none overrules all others. */
const LOUDEST_VOICE = 4;
/** So many standard errors are chance, which says nothing. */
const CHANCE = 1;
/** Bars beyond this add nothing to the certainty: they are not independent. */
const INDEPENDENT_BARS = 32;
/** The music has begun where something reaches this share of a usual stroke. */
const BEGINNING_SHARE = 0.5;
/** What sounds earlier than this was cut out of something longer: where it begins says nothing. */
const CUT_SEC = 0.1;

/**
 * Log odds that the beats are those that were tracked, rather than the halves between them.
 *
 * A tracker goes by what is struck, and is turned around where off-beats are louder: a guitar alone that strums them, an open
 * hat. Chords still change on beats, and its own path matches bachata little better than the other.
 *
 * @param beatsSec Rising, at least four.
 * @param halves Notes within the first and the second half of each beat.
 */
export function oddsOfPhase(
  onsets: OnsetStrength,
  beatsSec: readonly number[],
  halves: readonly Chroma[],
): number {
  const chords = (['chordOfBeat', 'chordOfHalfBar'] as const).map(
    (name) => WITNESS_WEIGHTS[name] * chordVoice(halves, CHORD_REACH[name]),
  );
  const bachata = matchOfBachata(onsets, beatsSec) - matchOfBachata(onsets, halvesBetween(beatsSec));
  const rhythm = WITNESS_WEIGHTS.bachata * bachata;
  const beginning = WITNESS_WEIGHTS.beginning * beginningVoice(onsets, beatsSec);
  return chords.reduce((odds, voice) => odds + voice, TRACKED_ODDS + rhythm + beginning);
}

/**
 * By how many standard errors beyond chance chords change more at the best beat of the bar than at the best half between two
 * beats; softly limited.
 */
function chordVoice(halves: readonly Chroma[], reach: number): number {
  const changes = standardise(halves.map((_, i) => harmonicChange(halves, i, reach)));
  const places = Array.from({ length: HALVES_PER_BAR }, (_, place) =>
    mean(changes.filter((_, i) => i % HALVES_PER_BAR === place)),
  );
  const best = (parity: number) => Math.max(...places.filter((_, place) => place % 2 === parity));
  const bars = Math.min(INDEPENDENT_BARS, halves.length / HALVES_PER_BAR);
  const errors = (best(0) - best(1)) * Math.sqrt(bars);
  const beyondChance = Math.sign(errors) * Math.max(0, Math.abs(errors) - CHANCE);
  return LOUDEST_VOICE * Math.tanh(beyondChance / LOUDEST_VOICE);
}

/** Where music begins: 1 on a beat, -1 on a half between two, 0 where its beginning is not there. */
function beginningVoice(onsets: OnsetStrength, beatsSec: readonly number[]): number {
  const { frameRateHz, frameCount } = onsets;
  const usual = median(beatsSec.map((beatSec) => strokeAt(onsets, Math.round(beatSec * frameRateHz))));
  let first = 0;
  while (first < frameCount && strokeAt(onsets, first) < BEGINNING_SHARE * usual) first++;
  const firstSec = (first + 1) / frameRateHz;
  if (firstSec < CUT_SEC) return 0;
  const beatSec = (beatsSec.at(-1)! - beatsSec[0]!) / (beatsSec.length - 1);
  return Math.cos((2 * Math.PI * (firstSec - beatsSec[0]!)) / beatSec);
}

/** The halves between beats. */
export function halvesBetween(beatsSec: readonly number[]): number[] {
  return beatsSec.slice(1).map((beatSec, i) => (beatsSec[i]! + beatSec) / 2);
}
