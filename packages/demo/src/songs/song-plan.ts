import type { ChordName, Key } from './harmony.ts';
import type { PartName } from './score.ts';
import type { SongSectionLabel } from './song-specification.ts';

/**
 * A melody of four bars in two halves. Each text holds two bars, one word for each eighth note:
 * a number starts a note on that degree of the scale (1 = tonic, 8 = an octave above), `.` holds it, `-` rests.
 */
export interface Theme {
  readonly call: string;
  readonly answer: string;
  /** Takes the answer's place where a phrase comes to rest. */
  readonly closing: string;
}

/** What a part of the song plays: one chord a bar, repeated as needed, and the melody above it. */
export interface Material {
  readonly chords: readonly ChordName[];
  readonly theme: Theme;
}

/** A song as its composer writes it down. */
export interface SongPlan {
  readonly songId: string;
  readonly title: string;
  readonly genre: string;
  readonly mood: string;
  readonly tempoBpm: number;
  /** Starts the generator that humanises the playing. */
  readonly randomStart: number;
  /** Silence before the first beat. */
  readonly leadInSec: number;
  /** The least time the final chord rings. */
  readonly ringOutSec: number;
  readonly key: Key;
  /** The parts in order, with their lengths in eight-counts (two bars each). */
  readonly form: readonly (readonly [SongSectionLabel, number])[];
  readonly verse: Material;
  readonly chorus: Material;
  readonly mambo: Material;
  /** Level of each part in decibels relative to the usual mix. */
  readonly levelsDb: Readonly<Partial<Record<PartName, number>>>;
}
