import {
  COUNTS_BETWEEN_POSES,
  type CouplePose,
  type DancerPose,
  type Keypoint,
} from '@bachata-buddy/vocabulary';
import { FRAME_HEIGHT, see } from '../drawing/camera.ts';
import type { Vector } from '../maths/vector.ts';
import { pointIn } from './frame.ts';
import type { Performance } from './performance.ts';
import type { Dancer } from './skeleton.ts';

/** In head axes (left, up, ahead), metres, where a face is drawn. */
const NOSE = [0, -0.022, 0.113] as const;
const EYE = [0.033, 0.006, 0.083] as const;
const EAR = [0.083, -0.008, 0] as const;
/** From the middle of the head to its top. */
const TOP = [0, 0.12, 0] as const;

/** What is drawn is known. */
const CONFIDENCE = 1;

/**
 * The couple at every fourth count of a move, from its first "1" to the end of its last count, as the camera sees it:
 * the lead first.
 */
export function knownPoses(performance: Performance): CouplePose[] {
  const poses: CouplePose[] = [];
  for (let count = 0; count <= performance.counts; count += COUNTS_BETWEEN_POSES) {
    const { lead, follow } = performance.at(count);
    const outlines = [...outlineOf(lead), ...outlineOf(follow)].map(inPicture);
    const [left, right] = extentOf(outlines.map(([x]) => x));
    const [top, bottom] = extentOf(outlines.map(([, y]) => y));
    poses.push({
      count,
      dancers: [keypointsOf(lead), keypointsOf(follow)],
      centre: [(left + right) / 2, (top + bottom) / 2],
      size: Math.max(...[lead, follow].map(heightOf)),
      facing: [facingOf(lead), facingOf(follow)],
    });
  }
  return poses;
}

/** In the order of KEYPOINTS. */
function keypointsOf(dancer: Dancer): DancerPose {
  const { leftArm, rightArm, leftLeg, rightLeg } = dancer;
  const inHead = ([left, up, ahead]: readonly [number, number, number], side: 1 | -1) =>
    pointIn(dancer.headFrame, dancer.head, left * side, up, ahead);
  return [
    inHead(NOSE, 1),
    ...[inHead(EYE, 1), inHead(EYE, -1), inHead(EAR, 1), inHead(EAR, -1)],
    ...[leftArm.shoulder, rightArm.shoulder, leftArm.elbow, rightArm.elbow, leftArm.wrist, rightArm.wrist],
    ...[leftLeg.hip, rightLeg.hip, leftLeg.knee, rightLeg.knee, leftLeg.ankle, rightLeg.ankle],
  ].map(inPicture);
}

function inPicture(point: Vector): Keypoint {
  const { x, y } = see(point);
  return [x / FRAME_HEIGHT, y / FRAME_HEIGHT, CONFIDENCE];
}

/** The points that reach farthest out. */
function outlineOf(dancer: Dancer): Vector[] {
  const { headFrame, head, leftArm, rightArm, leftLeg, rightLeg } = dancer;
  return [pointIn(headFrame, head, ...TOP), leftArm.hand, rightArm.hand, leftLeg.toe, rightLeg.toe];
}

function heightOf(dancer: Dancer): number {
  const [top, bottom] = extentOf(outlineOf(dancer).map((point) => inPicture(point)[1]));
  return bottom - top;
}

function extentOf(values: readonly number[]): [least: number, greatest: number] {
  return [Math.min(...values), Math.max(...values)];
}

/** Degrees from the camera, -180..180. */
function facingOf({ chestFrame: { ahead } }: Dancer): number {
  return (Math.atan2(ahead.x, ahead.z) * 180) / Math.PI;
}
