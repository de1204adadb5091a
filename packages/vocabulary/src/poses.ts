/** The points of a dancer that are measured, in the order in which they are kept: those of the COCO data set. */
export const KEYPOINTS = [
  'nose',
  'left_eye',
  'right_eye',
  'left_ear',
  'right_ear',
  'left_shoulder',
  'right_shoulder',
  'left_elbow',
  'right_elbow',
  'left_wrist',
  'right_wrist',
  'left_hip',
  'right_hip',
  'left_knee',
  'right_knee',
  'left_ankle',
  'right_ankle',
] as const;
export type KeypointName = (typeof KEYPOINTS)[number];

/** Counts from one look at a clip's couple to the next: between them lie the eights and fours that moves are cut at. */
export const COUNTS_BETWEEN_POSES = 4;

/** From the picture's left and top edge, in heights of the picture; confidence 0..1. */
export type Keypoint = readonly [x: number, y: number, confidence: number];

/** One dancer: {@link KEYPOINTS}, all of them, in their order. */
export type DancerPose = readonly Keypoint[];

/** The couple at one time of a clip. What was not seen is null: nobody, or two who could not be told apart. */
export interface CouplePose {
  /** Counts from the clip's first "1". */
  readonly count: number;
  /** Both, in one order all through a clip. */
  readonly dancers: readonly [DancerPose, DancerPose] | null;
  /** The middle between them, as keypoints are placed. */
  readonly centre: readonly [x: number, y: number] | null;
  /** How tall the taller of them is, in heights of the picture, from the highest point that was seen to the lowest. */
  readonly size: number | null;
  /** Where each of them faces, degrees: 0 to the camera, 90 to the picture's right, 180 away, -90 to its left. */
  readonly facing: readonly [number, number] | null;
}

/** Where a move's vector of poses comes from: vectors of different kinds mean nothing to each other. */
export const POSE_KINDS = ['measured', 'given'] as const;
export type PoseKind = (typeof POSE_KINDS)[number];

/** Steps of red, green and blue in the colours of a look. */
export const COLOUR_STEPS = 8;

/**
 * Shares of colours, the sum about 1. A colour is the number of its red, green and blue, in {@link COLOUR_STEPS} steps
 * each: red x 64 + green x 8 + blue, rising; those that hardly occur are left out.
 */
export type ColourShares = readonly (readonly [colour: number, share: number])[];

/** How a clip looks, whatever is danced in it. */
export interface ClipLook {
  /** The colours of what the dancers wear. */
  readonly dancers: ColourShares;
  /** And of what is around them. */
  readonly background: ColourShares;
  /** The couple's usual middle, in heights of the picture. */
  readonly centre: readonly [x: number, y: number];
  /** And how tall they are. */
  readonly size: number;
}
