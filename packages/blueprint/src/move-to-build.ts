import type { TransitionType } from './schema/vocabulary.ts';

/** A planned move; the planner's own type fits as it is. Times in seconds. */
export interface MoveToBuild {
  readonly moveId: string;
  readonly name: string;
  readonly label: string;
  readonly videoPath: string;
  readonly startSec: number;
  readonly durationSec: number;
  readonly counts: number;
  readonly trimStartSec: number;
  readonly playbackRate: number;
  readonly clipDurationSec: number;
  readonly transition: TransitionType;
  readonly sectionLabel: string;
  readonly reason: string;
  /** What a teacher says of it. */
  readonly explanation?: {
    readonly section: string;
    readonly phrase: number;
    readonly eight: number;
    readonly why: string;
    readonly join: string;
    readonly compromise?: string;
  };
}
