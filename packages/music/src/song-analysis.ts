import type { TimeSignature } from './meter.ts';

/** Raised whenever the same audio would get another answer. */
export const ANALYSIS_VERSION = 6;

/** What music analysis knows of one song. All times in seconds from the first decoded sample. */
export interface SongAnalysis {
  /** {@link ANALYSIS_VERSION} as it was then; part of the cache key. */
  readonly version: number;
  readonly durationSec: number;
  /** Beats per minute, one global value; 0 where no beat was found (silence). */
  readonly tempoBpm: number;
  /** `3/4` and `6/8` are recognised so that they can be told: nothing here is made for dancing in three. */
  readonly timeSignature: TimeSignature;
  /** Beat times, strictly rising; empty where there is no beat. */
  readonly beats: readonly number[];
  /** The "1" of each bar (of four beats; of three in 3/4); a subset of `beats`. */
  readonly downbeats: readonly number[];
  /** The "1" of each eight, counted anew in each section; a subset of `downbeats`. */
  readonly eights: readonly number[];
  /** Contiguous parts of the song, the first starting at the first beat's bar, labels from {@link SECTION_LABELS}. */
  readonly sections: readonly SongSection[];
  /** Loudness over time, 0..1 relative to the song's loudest second, one value every `hopSec`. */
  readonly energy: { readonly hopSec: number; readonly values: readonly number[] };
  /** Timbre and chroma summary, 128 values, unit length (all zero for silence). */
  readonly embedding: readonly number[];
  /** How sure the analysis is, 0..1 each. */
  readonly confidence: {
    readonly tempo: number;
    readonly beat: number;
    readonly downbeat: number;
    readonly eight: number;
  };
}

export const SECTION_LABELS = ['intro', 'verse', 'chorus', 'mambo', 'break', 'outro'] as const;
export type SectionLabel = (typeof SECTION_LABELS)[number];

export interface SongSection {
  readonly label: SectionLabel;
  readonly start: number;
  readonly end: number;
  /** Mean loudness of the section, 0..1 relative to the song's loudest section. */
  readonly energy: number;
  /** How sure the label is, 0..1: what decided it may have been close. */
  readonly confidence: number;
}
