import { type DancerPose, KEYPOINTS } from '@bachata-buddy/vocabulary';
import { PICTURE_SIZE } from './picture-size.ts';

/** Left, top, right and bottom, in heights of the picture from its left and top edge. */
export type Box = readonly [left: number, top: number, right: number, bottom: number];

/** Somebody in a picture. */
export interface Person {
  /** How sure the model is that this is somebody, 0..1. */
  readonly confidence: number;
  readonly box: Box;
  readonly keypoints: DancerPose;
}

/** y, x and confidence of each keypoint, then the box as top, left, bottom, right, then the confidence of the whole. */
const VALUES_PER_PERSON = KEYPOINTS.length * 3 + 5;
/** The model counts x in widths. */
const ASPECT = PICTURE_SIZE.width / PICTURE_SIZE.height;

/**
 * Reads what MoveNet MultiPose says of a picture, the surest person first; those that it is not at all sure of are left
 * out.
 *
 * Source: MoveNet.MultiPose's description of its output, float32 [1, 6, 56].
 */
export function readPeople(output: Float32Array, leastConfidence: number): Person[] {
  const people: Person[] = [];
  for (let start = 0; start + VALUES_PER_PERSON <= output.length; start += VALUES_PER_PERSON) {
    const values = output.subarray(start, start + VALUES_PER_PERSON);
    const at = (index: number) => values[index]!;
    const boxStart = KEYPOINTS.length * 3;
    const confidence = at(boxStart + 4);
    if (!(confidence >= leastConfidence)) continue;
    people.push({
      confidence,
      box: [at(boxStart + 1) * ASPECT, at(boxStart), at(boxStart + 3) * ASPECT, at(boxStart + 2)],
      keypoints: KEYPOINTS.map((_, index) => [at(index * 3 + 1) * ASPECT, at(index * 3), at(index * 3 + 2)]),
    });
  }
  return people.sort((a, b) => b.confidence - a.confidence);
}
