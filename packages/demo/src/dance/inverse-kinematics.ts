import { addScaled, dot, length, normalise, subtract, type Vector } from '../maths/vector.ts';

export interface TwoBones {
  readonly middle: Vector;
  readonly end: Vector;
}

export interface TwoBoneReach {
  readonly root: Vector;
  readonly target: Vector;
  readonly firstLength: number;
  readonly secondLength: number;
  /** The side to which the middle joint bends; needs no unit length. */
  readonly bendTowards: Vector;
}

/** The share of a limb's length after which it gives way softly, so that no joint snaps straight. */
const SOFT_SHARE = 0.015;

function softReach(wanted: number, limit: number): number {
  const soft = limit * SOFT_SHARE;
  const firm = limit - soft;
  return wanted <= firm ? wanted : limit - soft * Math.exp(-(wanted - firm) / soft);
}

/**
 * Places the middle and end joint of a two-bone limb (law of cosines). Bone lengths always hold: a target
 * that is out of reach is pointed at, not stretched to.
 */
export function reachWithTwoBones(reach: TwoBoneReach): TwoBones {
  const { root, target, firstLength, secondLength } = reach;
  const towards = subtract(target, root);
  const direction = normalise(towards, { x: 0, y: -1, z: 0 });
  const nearest = Math.abs(firstLength - secondLength) + 0.02;
  const gap = Math.max(nearest, softReach(length(towards), (firstLength + secondLength) * 0.9995));
  const along = (firstLength ** 2 + gap ** 2 - secondLength ** 2) / (2 * gap);
  const aside = Math.sqrt(Math.max(0, firstLength ** 2 - along ** 2));
  const bend = normalise(addScaled(reach.bendTowards, direction, -dot(reach.bendTowards, direction)), {
    x: 0,
    y: 0,
    z: 1,
  });
  return {
    middle: addScaled(addScaled(root, direction, along), bend, aside),
    end: addScaled(root, direction, gap),
  };
}
