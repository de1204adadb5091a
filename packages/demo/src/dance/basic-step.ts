import type { Accent, Role, Side, Step } from './move-plan.ts';

/** Direction the lead faces at rest: to the right and a little away, so that the follow's face is seen. */
export const BASE_FACING = (110 * Math.PI) / 180;
/** Distance between the two in the closed position, metres. */
export const BASE_APART = 0.56;
/** One side step of the basic, metres. */
export const BASE_STRIDE = 0.22;
/** Half the distance between the feet at rest. */
export const STANCE_HALF_WIDTH = 0.085;
/** Eight counts return to the start. */
const PHRASE_COUNTS = 8;

export const PLAIN_ACCENT: Accent = { hips: 1, bounce: 1, stride: 1, sink: 0, snap: 0 };

/** Steps to the lead's left that the couple has gone on each count: 1-2-3-tap out, 5-6-7-tap back. */
const SIDE_STEPS = [1, 1, 2, 2, 1, 1, 0, 0] as const;

function phraseIndex(count: number): number {
  return ((count % PHRASE_COUNTS) + PHRASE_COUNTS) % PHRASE_COUNTS;
}

/** Metres to the lead's left of the stage's centre on a whole count of the basic (0 is the "1"). */
export function basicSide(count: number, stride = 1): number {
  const steps = SIDE_STEPS[phraseIndex(count)] ?? 0;
  // "1" and "8" are the joints between moves: their place never changes.
  const isJoint = phraseIndex(count) === 0 || phraseIndex(count) === 7;
  return (1 + (steps - 1) * (isJoint ? 1 : stride)) * BASE_STRIDE - BASE_STRIDE;
}

function opposite(side: Side): Side {
  return side === 'left' ? 'right' : 'left';
}

/** The basic's step on a whole count: the lead's left on 1 and 3, a tap on 4 and 8; the follow mirrors it. */
export function basicStep(role: Role, count: number): Step {
  const index = phraseIndex(count);
  const firstHalf = index < 4;
  const leadFoot: Side = (index % 2 === 0) === firstHalf ? 'left' : 'right';
  const isTap = index % 4 === 3;
  return {
    at: count,
    foot: role === 'lead' ? leadFoot : opposite(leadFoot),
    kind: isTap ? 'tap' : 'step',
    ...(isTap ? { out: -0.03, ahead: 0.05 } : {}),
  };
}
