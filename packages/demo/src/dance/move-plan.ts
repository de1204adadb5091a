import type { HandTargetName } from './hand-target-names.ts';

export type Role = 'lead' | 'follow';
export type Side = 'left' | 'right';

/**
 * One value per count, on the count ("1" first). Missing values, and all times outside the move, are the
 * basic step's, so that every move leaves from and comes back to the same place.
 */
export type CountValues = readonly number[];

/** Where the couple is. Metres and degrees; +side is to the lead's left, +ahead is where the lead faces at first. */
export interface CouplePath {
  readonly side?: CountValues;
  readonly ahead?: CountValues;
  /** Degrees the couple has turned about its middle, to the left (counter-clockwise from above). */
  readonly turn?: CountValues;
  /** Distance between the two, centre to centre. */
  readonly apart?: CountValues;
}

/** Where one dancer is beside the couple's own place. */
export interface DancerPath {
  /** Metres to the lead's left. */
  readonly side?: CountValues;
  /** Metres in the lead's facing direction, for either dancer. */
  readonly ahead?: CountValues;
  /** Degrees turned on the spot, to the left. */
  readonly turn?: CountValues;
}

export interface Step {
  /** Count time at which the foot arrives; 0 is the first "1". */
  readonly at: number;
  readonly foot: Side;
  /** step: takes the weight. tap: touches. lift: stays in the air (a kick, a flick). */
  readonly kind: 'step' | 'tap' | 'lift';
  /** Metres outwards from the foot's usual place. */
  readonly out?: number;
  /** Metres ahead of it. */
  readonly ahead?: number;
  /** Metres above the floor, for a lift. */
  readonly height?: number;
  /** Radians the heel is up; a tap's is 0.6 unless told, a negative one puts the heel down and the toe up. */
  readonly heel?: number;
}

/** Additions to the basic body motion; radians and metres; left and up are positive, pitch is forward. */
export interface BodyMotion {
  readonly hipSide?: number;
  readonly hipAhead?: number;
  readonly hipDrop?: number;
  readonly hipTilt?: number;
  readonly hipTwist?: number;
  readonly hipPitch?: number;
  readonly waistPitch?: number;
  readonly waistRoll?: number;
  readonly chestPitch?: number;
  readonly chestRoll?: number;
  readonly chestTwist?: number;
  readonly headPitch?: number;
  readonly headRoll?: number;
  readonly headTwist?: number;
  /** 0 looks at the partner as usual, 1 looks straight ahead. */
  readonly lookAway?: number;
  readonly shoulderLift?: number;
}

export interface HandCue {
  /** Count time at which the hand has arrived. */
  readonly at: number;
  readonly to: HandTargetName;
  /** Counts the way takes; 0.8 unless told. */
  readonly over?: number;
}

export interface HandCues {
  readonly leadLeft?: readonly HandCue[];
  readonly leadRight?: readonly HandCue[];
  readonly followLeft?: readonly HandCue[];
  readonly followRight?: readonly HandCue[];
}

/** How strongly the dancers move; 1 is the plain basic. */
export interface Accent {
  readonly hips: number;
  readonly bounce: number;
  /** Size of the steps. */
  readonly stride: number;
  /** Metres the knees sink. */
  readonly sink: number;
  /** 0 flows, 1 hits each count and stands still. */
  readonly snap: number;
}

export interface DancerPlan {
  readonly path?: DancerPath;
  /** Replaces the basic footwork of the whole move. */
  readonly steps?: readonly Step[];
  readonly motion?: (count: number) => BodyMotion;
}

/** A move as its choreographer writes it down. */
export interface MovePlan {
  /** 8 or 16. */
  readonly counts: number;
  readonly couple?: CouplePath;
  readonly lead?: DancerPlan;
  readonly follow?: DancerPlan;
  readonly hands?: HandCues;
  readonly accent: Accent;
  /** True for an opening: it need not start in the basic position. */
  readonly isOpening?: boolean;
  /** True for an ending: it holds its last position. */
  readonly isEnding?: boolean;
}
