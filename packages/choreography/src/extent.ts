import type { SectionLabel } from '@bachata-buddy/music';

/** What no dance is shorter or longer than. */
export const LEAST_LENGTH_SEC = 5;
export const MOST_LENGTH_SEC = 3_600;

/** How much of a song is to be danced; all of it where nothing is said. */
export interface Extent {
  /** A part of the song: the first chorus is 1, the last one -1. */
  readonly part?: { readonly label: SectionLabel; readonly number: number };
  /** About so long, seconds, from {@link LEAST_LENGTH_SEC} to {@link MOST_LENGTH_SEC}. */
  readonly lengthSec?: number;
  /** So many eights. */
  readonly eights?: number;
}

/** A stretch of a song, seconds of it. */
export interface Excerpt {
  readonly startSec: number;
  readonly endSec: number;
  /** How long it is faded out at its end; 0 where the song ends by itself. */
  readonly fadeOutSec: number;
}
