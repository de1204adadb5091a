import type { Bar } from '../forms.ts';
import { type Chord, intoOctaveFrom, nearestChordTone } from '../harmony.ts';
import type { PatternNote } from '../score.ts';

/** A1, 55 Hz: low enough to carry, high enough to be heard on small speakers. */
const LOWEST_NOTE = 33;

/** The bass of bachata: long on 1, silent on 2, then "and", 3 and 4; in the break only the 1. */
export function bassBar(bar: Bar): PatternNote[] {
  const root = bassNote(bar.chord);
  const fifth = root + bar.chord.intervals[2]!;
  const third = root + bar.chord.intervals[1]!;
  if (bar.section === 'break') return [note(0, 6, root, 0.85)];
  const start = [note(0, 1.9, root, 1), note(3, 0.9, fifth, 0.68)];
  if (bar.section === 'mambo') {
    const octave = root + 12;
    return [
      ...start,
      note(4, 1, octave, 0.8),
      note(5, 0.8, fifth, 0.6),
      note(6, 1.7, approach(bar, fifth), 0.8),
    ];
  }
  if (bar.section === 'chorus')
    return [...start, note(4, 1.7, fifth, 0.8), note(6, 1.7, approach(bar, third), 0.82)];
  return [...start, note(4, 1.7, root, 0.76), note(6, 1.7, bar.barInSection % 2 === 0 ? fifth : third, 0.72)];
}

export function bassNote(chord: Chord): number {
  return intoOctaveFrom(LOWEST_NOTE, chord.root);
}

/** Into a new chord the fourth beat leads by the chord tone next to the new root; otherwise it stays where it is. */
function approach(bar: Bar, otherwise: number): number {
  const root = bassNote(bar.chord);
  const next = bassNote(bar.nextChord);
  if (next === root) return otherwise;
  return nearestChordTone(bar.chord, next > root ? next - 1 : next + 1);
}

function note(eighth: number, lengthEighths: number, pitch: number, velocity: number): PatternNote {
  return { eighth, lengthEighths, pitch, velocity };
}
