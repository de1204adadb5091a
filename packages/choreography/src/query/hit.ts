import type { Meaning } from './lexicon.ts';

/** A phrase of the lexicon found in a sentence. */
export interface Hit {
  readonly meaning: Meaning;
  /** Token positions, end exclusive. */
  readonly start: number;
  readonly end: number;
  /**
   * `no`: not said at all; `full`: "no dips"; `softened`: "not too fast", "not too many turns". A move that is softened
   * is neither wished nor refused: whoever wants few turns does not mind one.
   */
  readonly negation: 'no' | 'softened' | 'full';
  /** Where the words begin that negate it; null where none does, or one behind it. */
  readonly negatedFrom: number | null;
}
