import { KEYPOINTS, type KeypointName } from '@bachata-buddy/vocabulary';
import type { Person } from '../../src/people.ts';

/** Where the points of somebody who faces the camera are: from the middle of the feet, in heights of the person. */
const FRONT: Readonly<Record<KeypointName, readonly [number, number]>> = {
  nose: [0, -0.93],
  left_eye: [0.02, -0.95],
  right_eye: [-0.02, -0.95],
  left_ear: [0.04, -0.94],
  right_ear: [-0.04, -0.94],
  left_shoulder: [0.1, -0.82],
  right_shoulder: [-0.1, -0.82],
  left_elbow: [0.15, -0.65],
  right_elbow: [-0.15, -0.65],
  left_wrist: [0.16, -0.5],
  right_wrist: [-0.16, -0.5],
  left_hip: [0.06, -0.53],
  right_hip: [-0.06, -0.53],
  left_knee: [0.06, -0.28],
  right_knee: [-0.06, -0.28],
  left_ankle: [0.06, -0.05],
  right_ankle: [-0.06, -0.05],
};

export interface Standing {
  /** Where the feet are, in heights of the picture. */
  readonly x: number;
  readonly y?: number;
  readonly height?: number;
  readonly confidence?: number;
  /** Of the points below the hips. */
  readonly legConfidence?: number;
  /** With the back to the camera. */
  readonly isTurnedAway?: boolean;
}

/** Somebody who stands upright. */
export function person({
  x,
  y = 0.9,
  height = 0.7,
  confidence = 0.8,
  legConfidence = confidence,
  isTurnedAway = false,
}: Standing): Person {
  const side = isTurnedAway ? -1 : 1;
  return {
    confidence,
    box: [x - 0.2 * height, y - height, x + 0.2 * height, y],
    keypoints: KEYPOINTS.map((name) => {
      const [right, down] = FRONT[name];
      const isOfLeg = /knee|ankle/.test(name);
      return [x + side * right * height, y + down * height, isOfLeg ? legConfidence : confidence];
    }),
  };
}

/** What the model would say of these people: six of 56 numbers, x in widths. */
export function outputOf(people: readonly Person[]): Float32Array {
  const output = new Float32Array(6 * 56);
  for (const [index, { keypoints, box, confidence }] of people.entries()) {
    const [left, top, right, bottom] = box;
    output.set(
      [
        ...keypoints.flatMap(([x, y, sure]) => [y, (x * 9) / 16, sure]),
        ...[top, (left * 9) / 16, bottom, (right * 9) / 16, confidence],
      ],
      index * 56,
    );
  }
  return output;
}
