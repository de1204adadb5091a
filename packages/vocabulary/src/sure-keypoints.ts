import { type DancerPose, KEYPOINTS, type KeypointName } from './poses.ts';

/** Below this a keypoint is a guess: MoveNet's own recommendation is 0.3, dancers hide parts of each other. */
export const SURE_KEYPOINT = 0.2;

/**
 * Mean distance of the keypoints that are sure in both dancers, in heights of the picture.
 *
 * @param leastShared with fewer of them it is not known how far apart they are; at least 1
 * @returns null where so many are not shared
 */
export function poseDistance(a: DancerPose, b: DancerPose, leastShared = 1): number | null {
  let sum = 0;
  let shared = 0;
  for (let index = 0; index < a.length; index++) {
    const [here, there] = [a[index], b[index]];
    if (here === undefined || there === undefined) continue;
    if (here[2] < SURE_KEYPOINT || there[2] < SURE_KEYPOINT) continue;
    sum += Math.hypot(here[0] - there[0], here[1] - there[1]);
    shared += 1;
  }
  return shared < leastShared ? null : sum / shared;
}

/** Where a point of a dancer is, as keypoints are placed; null where that is a guess. */
export function sureKeypoint(dancer: DancerPose, name: KeypointName): { x: number; y: number } | null {
  const [x, y, confidence] = dancer[KEYPOINTS.indexOf(name)] ?? [0, 0, 0];
  return confidence >= SURE_KEYPOINT ? { x, y } : null;
}
