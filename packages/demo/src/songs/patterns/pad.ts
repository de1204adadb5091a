import type { Bar } from '../forms.ts';
import { voicing } from '../harmony.ts';
import type { PatternNote } from '../score.ts';

const LOWEST_NOTE = 57;

/** Held chords that widen chorus, mambo and break. */
export function padBar(bar: Bar): PatternNote[] {
  if (bar.section === 'verse' || bar.section === 'intro') return [];
  const velocity = bar.section === 'break' ? 0.9 : 0.7;
  return voicing(bar.chord, LOWEST_NOTE, 3).map((pitch) => ({
    eighth: 0,
    lengthEighths: 8,
    pitch,
    velocity,
  }));
}
