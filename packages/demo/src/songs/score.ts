export const PITCHED_PARTS = ['requinto', 'segunda', 'bass', 'pad'] as const;
export type PitchedPartName = (typeof PITCHED_PARTS)[number];
export type PartName = PitchedPartName | 'bongo' | 'guira';

/** The small head (macho) and the large one (hembra), struck open, slapped, or touched with a fingertip. */
export type BongoStroke = 'machoOpen' | 'machoSlap' | 'machoTip' | 'hembraOpen' | 'hembraTip';

/** A scrape along the whole güira, or a short tick. */
export type GuiraStroke = 'long' | 'short';

/** A note as a pattern writes it: places and lengths in eighth notes from the start of its bar. */
export interface PatternNote {
  readonly eighth: number;
  readonly lengthEighths: number;
  /** MIDI note number, 69 = A4 = 440 Hz. */
  readonly pitch: number;
  /** 0 to 1. */
  readonly velocity: number;
  /** How much later than its place it sounds: the way of the plectrum across the strings. Default 0. */
  readonly delaySec?: number;
}

export interface PatternStroke<Stroke> {
  readonly eighth: number;
  readonly stroke: Stroke;
  readonly velocity: number;
}

/** A note at its place in the song. */
export interface ScoreNote {
  readonly startSec: number;
  readonly durationSec: number;
  readonly pitch: number;
  readonly velocity: number;
}

export interface ScoreStroke<Stroke> {
  readonly startSec: number;
  readonly stroke: Stroke;
  readonly velocity: number;
}

/** Everything the band plays in one song, each part in order of its bars. */
export interface Score {
  readonly pitched: Readonly<Record<PitchedPartName, readonly ScoreNote[]>>;
  readonly bongo: readonly ScoreStroke<BongoStroke>[];
  readonly guira: readonly ScoreStroke<GuiraStroke>[];
}
