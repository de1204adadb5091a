import type { Bar } from '../forms.ts';
import { voicing } from '../harmony.ts';
import type { PatternNote } from '../score.ts';

/** E3: the chord lies under the lead and above the bass. */
const LOWEST_STRING = 52;
const STRING_COUNT = 4;
const STRING_DELAY_SEC = 0.007;
const ARPEGGIO_ORDER = [0, 2, 1, 3, 2, 1, 3, 2];

/** Eighth, length in eighths, velocity: beats 2 and 4 carry, the off-beats whisper. */
const STRUMS: readonly (readonly [number, number, number])[] = [
  [0, 1.6, 0.5],
  [2, 0.8, 0.62],
  [3, 0.8, 0.36],
  [5, 0.8, 0.36],
  [6, 0.9, 0.66],
  [7, 0.8, 0.4],
];

/** The rhythm guitar: arpeggios where it is quiet, strums in chorus and mambo. */
export function segundaBar(bar: Bar): PatternNote[] {
  const pitches = voicing(bar.chord, LOWEST_STRING, STRING_COUNT);
  const isStrummed = bar.section === 'chorus' || bar.section === 'mambo';
  if (isStrummed)
    return STRUMS.flatMap(([eighth, length, velocity]) => strum(pitches, eighth, length, velocity));
  const arpeggio = ARPEGGIO_ORDER.map((string, eighth) => ({
    eighth,
    lengthEighths: 2.2,
    pitch: pitches[string]!,
    velocity: eighth % 2 === 0 ? 0.52 : 0.42,
  }));
  return bar.section === 'break' ? strum(pitches, 0, 8, 0.45) : [...arpeggio, ...strum(pitches, 6, 0.9, 0.4)];
}

/** A chord as the plectrum meets it: low strings first; on the off-beat the hand comes back up. */
export function strum(
  pitches: readonly number[],
  eighth: number,
  lengthEighths: number,
  velocity: number,
): PatternNote[] {
  const isUpstroke = eighth % 2 === 1;
  return pitches.map((pitch, index) => ({
    eighth,
    lengthEighths,
    pitch,
    velocity,
    delaySec: (isUpstroke ? pitches.length - 1 - index : index) * STRING_DELAY_SEC,
  }));
}
