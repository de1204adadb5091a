import { subtract, type Vector } from '../maths/vector.ts';
import { PLAIN_ACCENT } from './basic-step.ts';
import { type Couple, type Performance, perform } from './performance.ts';
import type { Dancer } from './skeleton.ts';

/** Times at which a move is looked at, evenly spread over its counts. */
const SAMPLES = 8;
/** Counts over which a joint's speed is measured. */
const SPEED_SPAN = 0.25;
const SPEED_WEIGHT = 0.35;

function jointsOf(dancer: Dancer): Vector[] {
  return [
    dancer.head,
    dancer.neck,
    dancer.pelvis,
    dancer.leftArm.hand,
    dancer.rightArm.hand,
    dancer.leftLeg.ball,
    dancer.rightLeg.ball,
    { x: Math.sin(dancer.yaw) * 0.4, y: 0, z: Math.cos(dancer.yaw) * 0.4 },
  ];
}

function speed(before: Vector, after: Vector): number {
  const moved = subtract(after, before);
  return Math.hypot(moved.x, moved.y, moved.z) / (2 * SPEED_SPAN);
}

function describeDancer(rest: Dancer, before: Dancer, here: Dancer, after: Dancer): number[] {
  const restJoints = jointsOf(rest);
  const earlier = jointsOf(before);
  const later = jointsOf(after);
  return jointsOf(here).flatMap((joint, index) => {
    const offset = subtract(joint, restJoints[index] as Vector);
    const pace = speed(earlier[index] as Vector, later[index] as Vector);
    return [offset.x, offset.y, offset.z, pace * SPEED_WEIGHT];
  });
}

/** The couple between two moves: what every pose is measured from. */
function restingCouple(): Couple {
  return perform({ counts: 8, accent: PLAIN_ACCENT }).at(0);
}

/**
 * Where and how fast eight joints of both dancers move: 8 times x 2 dancers x 8 joints x (x, y, z, speed), as
 * offsets from the closed position at rest.
 *
 * @returns 512 values, unit length. Moves that look alike lie close together.
 */
export function embedPose(performance: Performance): number[] {
  const rest = restingCouple();
  const values: number[] = [];
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const count = ((sample + 0.5) / SAMPLES) * performance.counts;
    const before = performance.at(count - SPEED_SPAN);
    const here = performance.at(count);
    const after = performance.at(count + SPEED_SPAN);
    values.push(
      ...describeDancer(rest.lead, before.lead, here.lead, after.lead),
      ...describeDancer(rest.follow, before.follow, here.follow, after.follow),
    );
  }
  const size = Math.hypot(...values);
  return values.map((value) => value / size);
}
