import { clamp, curveThrough, ease, type Key, lerp } from '../maths/curve.ts';
import { type Vector, vector } from '../maths/vector.ts';
import { STANCE_HALF_WIDTH } from './basic-step.ts';
import type { Side, Step } from './move-plan.ts';

/** A place on the floor and the direction faced: 0 looks at the camera, positive turns to the left. */
export interface Place {
  readonly x: number;
  readonly z: number;
  readonly yaw: number;
}

export interface Foot {
  /** The ball of the foot; y is 0 on the floor. */
  readonly ball: Vector;
  readonly yaw: number;
  /** Radians the heel is raised about the ball. */
  readonly heel: number;
  /** True while the ball rests on the floor. */
  readonly isPlanted: boolean;
}

interface Landing {
  readonly step: Step;
  readonly ball: Vector;
  readonly yaw: number;
  readonly heel: number;
}

/** Counts a foot is in the air before it lands, where the music leaves that much time. */
const SWING_COUNTS = 0.66;
/** Radians the body may turn over a planted foot before the foot pivots with it. */
const PIVOT_FREE = 0.35;
const TOE_OUT = 0.16;
/** Metres from below the pelvis to the ball of a foot at rest. */
const BALL_AHEAD = 0.105;
const PEEL_HEEL = 0.32;

/** All steps of one dancer, from well before to well after the move. */
export interface Footwork {
  /** Where that foot is at a count time. */
  readonly footAt: (foot: Side, count: number) => Foot;
  /** Where the weight is at a count time: the middle of the pelvis seen from above. */
  readonly weightAt: (count: number) => { x: number; z: number };
}

function landingOf(step: Step, placeAt: (count: number) => Place): Landing {
  const place = placeAt(step.at);
  const outward = step.foot === 'left' ? 1 : -1;
  const aside = outward * (STANCE_HALF_WIDTH + (step.out ?? 0));
  const ahead = (step.ahead ?? 0) + BALL_AHEAD;
  return {
    step,
    yaw: place.yaw + outward * TOE_OUT,
    heel: step.heel ?? (step.kind === 'step' ? 0 : step.kind === 'tap' ? 0.6 : 0.75),
    ball: vector(
      place.x + Math.cos(place.yaw) * aside + Math.sin(place.yaw) * ahead,
      step.kind === 'lift' ? (step.height ?? 0.2) : 0,
      place.z - Math.sin(place.yaw) * aside + Math.cos(place.yaw) * ahead,
    ),
  };
}

/** The foot's direction while it stands: it stays, until the body has turned too far and it pivots on its ball. */
function pivotedYaw(landing: Landing, bodyYaw: number): number {
  const twist = bodyYaw - landing.yaw;
  return landing.yaw + twist - clamp(twist, -PIVOT_FREE, PIVOT_FREE);
}

function footBetween(
  from: Landing,
  to: Landing | undefined,
  count: number,
  bodyYawAt: (c: number) => number,
): Foot {
  const gap = to === undefined ? Number.POSITIVE_INFINITY : to.step.at - from.step.at;
  const swing = from.step.kind === 'lift' ? gap : Math.min(SWING_COUNTS, gap * 0.8);
  const leaveAt = to === undefined ? Number.POSITIVE_INFINITY : to.step.at - swing;
  if (to === undefined || count <= leaveAt) {
    const peel = to === undefined ? 0 : ease(leaveAt - 0.3, leaveAt, count) * PEEL_HEEL;
    return {
      ball: from.ball,
      yaw: pivotedYaw(from, bodyYawAt(count)),
      heel: Math.max(from.heel, from.heel < 0 ? from.heel + peel : peel),
      isPlanted: from.step.kind !== 'lift',
    };
  }
  const share = ease(leaveAt, to.step.at, count);
  const arc = Math.sin(Math.PI * share);
  const reach = Math.hypot(to.ball.x - from.ball.x, to.ball.z - from.ball.z);
  const clearance = 0.03 + 0.06 * Math.min(1, reach / 0.4);
  const leaveHeel = Math.max(from.heel, PEEL_HEEL);
  return {
    ball: vector(
      lerp(from.ball.x, to.ball.x, share),
      lerp(from.ball.y, to.ball.y, share) + arc * clearance,
      lerp(from.ball.z, to.ball.z, share),
    ),
    yaw: lerp(pivotedYaw(from, bodyYawAt(leaveAt)), to.yaw, share),
    heel: lerp(leaveHeel, to.heel, share) + arc * 0.22,
    isPlanted: false,
  };
}

/** Weight on the arriving foot. */
const WEIGHT = { step: 0.64, tap: 0.2, lift: 0.06 } as const;

function weightKeys(landings: readonly Landing[]): { x: Key[]; z: Key[] } {
  const last: Partial<Record<Side, Landing>> = {};
  const x: Key[] = [];
  const z: Key[] = [];
  for (const landing of landings) {
    const other = last[landing.step.foot === 'left' ? 'right' : 'left'] ?? landing;
    const share = WEIGHT[landing.step.kind];
    // The heels stand behind the balls of the feet, and the pelvis above the arch.
    const back = BALL_AHEAD;
    x.push([
      landing.step.at + 0.06,
      lerp(other.ball.x, landing.ball.x, share) - Math.sin(landing.yaw) * back,
    ]);
    z.push([
      landing.step.at + 0.06,
      lerp(other.ball.z, landing.ball.z, share) - Math.cos(landing.yaw) * back,
    ]);
    last[landing.step.foot] = landing;
  }
  return { x, z };
}

/** Places every step on the floor where the dancer's path is at that time. `steps` must rise in time. */
export function buildFootwork(steps: readonly Step[], placeAt: (count: number) => Place): Footwork {
  const landings = steps.map((step) => landingOf(step, placeAt));
  const byFoot = {
    left: landings.filter((landing) => landing.step.foot === 'left'),
    right: landings.filter((landing) => landing.step.foot === 'right'),
  };
  const keys = weightKeys(landings);
  const bodyYawAt = (count: number) => placeAt(count).yaw;
  return {
    footAt(foot, count) {
      const own = byFoot[foot];
      let index = 0;
      while ((own[index + 1]?.step.at ?? Number.POSITIVE_INFINITY) <= count) index += 1;
      return footBetween(own[index] as Landing, own[index + 1], count, bodyYawAt);
    },
    weightAt: (count) => ({ x: curveThrough(keys.x, count), z: curveThrough(keys.z, count) }),
  };
}
