import {
  type CouplePose,
  type DancerPose,
  type KeypointName,
  poseDistance,
  SURE_KEYPOINT,
  sureKeypoint,
} from '@bachata-buddy/vocabulary';
import type { Box, Person } from './people.ts';

/** Of the keypoints of a dancer so many have to be sure; of fewer it is not known who stands there how. */
const LEAST_SURE_KEYPOINTS = 8;
/** Two of whom the sure keypoints lie nearer to each other than this share of their height are one. */
const SAME_PERSON_SHARE = 0.085;
/** Whoever is no farther than this from one of the couple is one of them, seen twice; a third person stands apart. */
const SEEN_TWICE_SHARE = 0.2;
/** Of the couple's height: whoever is smaller stands in the background, or in a mirror. */
const LEAST_SIZE_SHARE = 0.6;

/** Who was found in a picture. */
export type Found =
  | { readonly who: 'couple'; readonly people: readonly [Person, Person] }
  /** One, or two in an embrace so tight that they cannot be told apart. */
  | { readonly who: 'one'; readonly people: readonly [Person] }
  | { readonly who: 'crowd' }
  | { readonly who: 'nobody' };

/**
 * The two who dance among all who are in a picture, as far as it can be told.
 *
 * @param people the surest first
 */
export function findCouple(people: readonly Person[]): Found {
  const clear = people.filter(({ keypoints }) => sureKeypoints(keypoints).length >= LEAST_SURE_KEYPOINTS);
  const tallest = Math.max(...clear.map(heightOf), 0);
  const [first, ...others] = clear.filter((person) => heightOf(person) >= LEAST_SIZE_SHARE * tallest);
  if (first === undefined) return { who: 'nobody' };
  const second = others.find((person) => !isNear(person, first, SAME_PERSON_SHARE));
  if (second === undefined) return { who: 'one', people: [first] };
  const isThird = (person: Person) =>
    ![first, second].some((dancer) => isNear(person, dancer, SEEN_TWICE_SHARE));
  if (others.some(isThird)) return { who: 'crowd' };
  return { who: 'couple', people: [first, second] };
}

function isNear(a: Person, b: Person, share: number): boolean {
  const distance = poseDistance(a.keypoints, b.keypoints);
  return distance !== null && distance < share * Math.max(heightOf(a), heightOf(b));
}

function heightOf({ box: [, top, , bottom] }: Person): number {
  return bottom - top;
}

function sureKeypoints(keypoints: DancerPose) {
  return keypoints.filter(([, , confidence]) => confidence >= SURE_KEYPOINT);
}

/** What is told of the couple at a count: all of it where both were found, of one person the place alone. */
export function describeCouple(count: number, found: Found): CouplePose {
  const unseen = { count, dancers: null, centre: null, size: null, facing: null };
  if (found.who === 'nobody' || found.who === 'crowd') return unseen;
  const boxes = found.people.map(({ box }) => box);
  const place = { centre: middleOf(boxes), size: Math.max(...found.people.map(heightOf)) };
  if (found.who === 'one') return { ...unseen, ...place };
  const [first, second] = found.people;
  const [facing, otherFacing] = [facingOf(first.keypoints), facingOf(second.keypoints)];
  return {
    count,
    ...place,
    dancers: [first.keypoints, second.keypoints],
    facing: facing === null || otherFacing === null ? null : [facing, otherFacing],
  };
}

/** Of all boxes together. */
function middleOf(boxes: readonly Box[]): [number, number] {
  const left = Math.min(...boxes.map(([left]) => left));
  const top = Math.min(...boxes.map(([, top]) => top));
  const right = Math.max(...boxes.map(([, , right]) => right));
  const bottom = Math.max(...boxes.map(([, , , bottom]) => bottom));
  return [(left + right) / 2, (top + bottom) / 2];
}

/** Of an adult who stands in front of a camera: shoulder to shoulder, as a share of shoulders to hips. */
const SHOULDERS_OF_TRUNK = 0.7;

/**
 * Where somebody faces, degrees (see {@link CouplePose}): how far, by how wide their shoulders look beside the length of
 * the trunk; to which side, by where the head is in front of the shoulders. Null where shoulders, hips or head are not
 * sure.
 */
export function facingOf(keypoints: DancerPose): number | null {
  const at = (name: KeypointName) => sureKeypoint(keypoints, name);
  const [leftShoulder, rightShoulder] = [at('left_shoulder'), at('right_shoulder')];
  const [leftHip, rightHip] = [at('left_hip'), at('right_hip')];
  const head = at('nose') ?? at('left_ear') ?? at('right_ear');
  if (!(leftShoulder && rightShoulder && leftHip && rightHip && head)) return null;
  const shoulders = { x: (leftShoulder.x + rightShoulder.x) / 2, y: (leftShoulder.y + rightShoulder.y) / 2 };
  const hips = { x: (leftHip.x + rightHip.x) / 2, y: (leftHip.y + rightHip.y) / 2 };
  const trunk = Math.hypot(shoulders.x - hips.x, shoulders.y - hips.y);
  if (trunk === 0) return null;
  const towardsCamera = (leftShoulder.x - rightShoulder.x) / (SHOULDERS_OF_TRUNK * trunk);
  const turned = (Math.acos(Math.min(1, Math.max(-1, towardsCamera))) * 180) / Math.PI;
  return head.x >= shoulders.x ? turned : -turned;
}
