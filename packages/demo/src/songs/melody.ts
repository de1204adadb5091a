import type { Random } from '../random.ts';
import type { Bar } from './forms.ts';
import { chordToneAtOrBelow, type Key, nearestChordTone, pitchOfDegree } from './harmony.ts';
import type { PatternNote } from './score.ts';

const EIGHTHS_PER_BAR = 8;
const BARS_PER_PHRASE = 4;
/** Close enough to be a third or a fourth, far enough not to rub. */
const LEAST_HARMONY_SEMITONES = 3;

/** One melody note of a bar, still a degree of the scale. */
export interface MelodyNote {
  readonly eighth: number;
  readonly lengthEighths: number;
  readonly degree: number;
}

/** Reads one bar of a theme: see {@link import('./song-plan.ts').Theme} for the notation. */
export function parseBar(text: string): MelodyNote[] {
  const words = text.trim().split(/\s+/);
  if (words.length !== EIGHTHS_PER_BAR) throw new RangeError(`A bar has eight words: "${text}"`);
  const notes: MelodyNote[] = [];
  words.forEach((word, eighth) => {
    if (word === '-') return;
    const last = notes.at(-1);
    if (word !== '.') notes.push({ eighth, lengthEighths: 1, degree: Number(word) });
    else if (last !== undefined)
      notes[notes.length - 1] = { ...last, lengthEighths: eighth - last.eighth + 1 };
  });
  return notes;
}

/** The theme's notes for a bar: call and answer, and a closing wherever a second phrase or the section ends. */
export function melodyOfBar(bar: Bar): MelodyNote[] {
  const phrase = Math.floor(bar.barInSection / BARS_PER_PHRASE);
  const barInPhrase = bar.barInSection % BARS_PER_PHRASE;
  const isLastPhrase = bar.barsInSection - bar.barInSection + barInPhrase <= BARS_PER_PHRASE;
  const { call, answer, closing } = bar.material.theme;
  const end = phrase % 2 === 1 || isLastPhrase ? closing : answer;
  const half = barInPhrase < 2 ? call : end;
  return parseBar(half.split('|')[barInPhrase % 2]!);
}

/** A repeated bar said a little differently: some held notes move on to the next degree halfway. */
export function varyMelody(notes: readonly MelodyNote[], random: Random): MelodyNote[] {
  return notes.flatMap((note, index) => {
    const next = notes[index + 1];
    const isHeld = note.lengthEighths === 2 && next !== undefined && next.degree !== note.degree;
    if (!isHeld || random() > 0.45) return [note];
    const passing = note.degree + Math.sign(next.degree - note.degree);
    return [
      { ...note, lengthEighths: 1 },
      { eighth: note.eighth + 1, lengthEighths: 1, degree: passing },
    ];
  });
}

/** Sounding notes: on beats 1 and 3 the melody is a chord tone, whatever the chord. */
export function singleVoice(
  notes: readonly MelodyNote[],
  bar: Bar,
  key: Key,
  velocity: number,
): PatternNote[] {
  return notes.map(({ eighth, lengthEighths, degree }) => {
    const written = pitchOfDegree(key, degree, bar.chord);
    const pitch = eighth % 4 === 0 ? nearestChordTone(bar.chord, written) : written;
    return { eighth, lengthEighths, pitch, velocity: eighth % 2 === 0 ? velocity : velocity * 0.88 };
  });
}

/**
 * A second voice under the first: on beats 1 and 3 the next chord tone below, else the scale's third
 * (`steps` 2) or sixth (`steps` 5) below.
 */
export function voiceBelow(
  upper: readonly PatternNote[],
  notes: readonly MelodyNote[],
  bar: Bar,
  key: Key,
  steps: 2 | 5,
): PatternNote[] {
  return upper.map((note, index) => {
    const isStrong = note.eighth % 4 === 0;
    const least = steps === 2 ? LEAST_HARMONY_SEMITONES : 7;
    const pitch = isStrong
      ? chordToneAtOrBelow(bar.chord, note.pitch - least)
      : pitchOfDegree(key, notes[index]!.degree - steps, bar.chord);
    return { ...note, pitch, velocity: note.velocity * 0.72, delaySec: 0.006 };
  });
}
