import { ease } from '../maths/curve.ts';
import { add, addScaled, distance, mix, scale, subtract, type Vector, vector } from '../maths/vector.ts';
import { type HandTargetName, HELD_TARGETS } from './hand-target-names.ts';
import { type HandPoint, type HandScene, handPoint } from './hand-targets.ts';
import type { HandCue, HandCues, Role, Side } from './move-plan.ts';

/** The closed position, in which every move starts and ends. */
const CLOSED: Record<Role, Record<Side, HandTargetName>> = {
  lead: { left: 'clasp', right: 'embrace' },
  follow: { left: 'embrace', right: 'clasp' },
};

interface Blend {
  readonly from: HandTargetName;
  readonly to: HandTargetName;
  readonly share: number;
}

function blendAt(start: HandTargetName, cues: readonly HandCue[], count: number): Blend {
  let from = start;
  for (const cue of cues) {
    const leave = cue.at - (cue.over ?? 0.8);
    if (count < leave) break;
    const share = ease(leave, cue.at, count);
    if (share < 1) return { from, to: cue.to, share };
    from = cue.to;
  }
  return { from, to: from, share: 1 };
}

export function cuesOf(cues: HandCues | undefined, role: Role, side: Side): readonly HandCue[] {
  const key = `${role}${side === 'left' ? 'Left' : 'Right'}` as const;
  return cues?.[key] ?? [];
}

/** A hand on its way bows outwards, so that it does not go through the body. */
function wayBetween(scene: HandScene, from: Vector, to: Vector, share: number): Vector {
  const straight = mix(from, to, share);
  const gap = distance(from, to);
  const out = subtract(straight, scene.own.ribs);
  const size = Math.hypot(out.x, out.z);
  if (size < 1e-6) return straight;
  const bow = (Math.sin(Math.PI * share) * Math.min(0.16, gap * 0.25)) / Math.max(size, 0.12);
  return addScaled(straight, vector(out.x, 0, out.z), bow);
}

/** Where a hand aims for at a count time, from its cues. `start` is its place before the first cue. */
export function aimHand(scene: HandScene, cues: readonly HandCue[], start?: HandTargetName): HandPoint {
  const { from, to, share } = blendAt(start ?? CLOSED[scene.role][scene.side], cues, scene.count);
  const target = handPoint(scene, to);
  if (share === 1) return target;
  const origin = handPoint(scene, from);
  // Between two holds both partners' hands go the same straight way and stay together.
  const isHeld = HELD_TARGETS.has(to) && HELD_TARGETS.has(from);
  return {
    at: isHeld ? mix(origin.at, target.at, share) : wayBetween(scene, origin.at, target.at, share),
    elbow: add(scale(origin.elbow, 1 - share), scale(target.elbow, share)),
  };
}
