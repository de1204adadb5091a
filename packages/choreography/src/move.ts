import type {
  ClipLook,
  CouplePose,
  Difficulty,
  EnergyLevel,
  PoseKind,
  Style,
} from '@bachata-buddy/vocabulary';

/** One clip of the library, as the planner sees it. */
export interface Move {
  readonly moveId: string;
  /** For people: "Cross body lead". */
  readonly name: string;
  /** Family, in snake_case: basic, side, turn, body_wave, intro, outro, ... */
  readonly label: string;
  /** Storage key of the clip. */
  readonly videoPath: string;
  readonly difficulty: Difficulty;
  readonly energyLevel: EnergyLevel;
  readonly style: Style;
  /** Length of the clip's file in seconds. */
  readonly durationSec: number;
  /** The clip's own tempo, beats (counts) per minute. */
  readonly tempoBpm: number;
  /** Where the clip's first "1" lies in the file, seconds. */
  readonly firstDownbeatSec: number;
  /** Whole counts of dance from the first "1" (8, 16, ...), all of them within the file. */
  readonly counts: number;
  readonly embedding: MoveEmbedding;
  /** What the pose part of the embedding is; absent or null: given, where there is one. */
  readonly poseKind?: PoseKind | null;
  /** The couple at every fourth count from the first "1"; absent or null where nobody has looked. */
  readonly poses?: readonly CouplePose[] | null;
  /** How the clip looks; absent or null where that is not known. */
  readonly look?: ClipLook | null;
}

/** Each part of any length above zero; all zero, or without values, where it is unknown. */
export interface MoveEmbedding {
  /** 512 values. */
  readonly pose: readonly number[];
  /** 128 values. */
  readonly audio: readonly number[];
  /** 384 values. */
  readonly text: readonly number[];
}
