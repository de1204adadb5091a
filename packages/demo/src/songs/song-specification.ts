/** The parts a bachata is made of, named as a dancer names them. */
export type SongSectionLabel = 'intro' | 'verse' | 'chorus' | 'mambo' | 'break' | 'outro';

/** One part of a song; `start` and `end` are beats of the song, in seconds from its first sample. */
export interface SongSectionSpan {
  readonly label: SongSectionLabel;
  readonly start: number;
  readonly end: number;
}

/** What is true of one generated song because it was composed so, not because somebody measured it. */
export interface SongSpecification {
  /** Lower case words joined by hyphens: `noche-de-luna`. */
  readonly songId: string;
  readonly title: string;
  readonly artist: string;
  /** One of the four bachata genres, such as `Traditional Bachata`. */
  readonly genre: string;
  readonly mood: string;
  readonly tempoBpm: number;
  /** From the first sample to the end of the final chord's ringing. */
  readonly durationSec: number;
  /** Every beat in seconds, evenly spaced: eight for each eight-count, and one more, on which the final chord falls. */
  readonly beats: readonly number[];
  /** The first beat of each bar of four, and the final chord's. */
  readonly downbeats: readonly number[];
  /** The first beat of each eight-count: the "1" that a dancer counts from. */
  readonly eights: readonly number[];
  /** Contiguous, each a whole number of eight-counts, from the first beat to the final chord. */
  readonly sections: readonly SongSectionSpan[];
  /** The songId with the ending `.m4a`. */
  readonly fileName: string;
}
