import { curveThrough, type Key, pulse } from '../maths/curve.ts';
import type { Accent, BodyMotion, Role, Step } from './move-plan.ts';

/** What the hips, ribs and knees do in every step, from the dancer's footwork alone. */
export interface BasicMotion {
  /** Motion at a count time, danced with that accent. */
  readonly at: (count: number, accent: Accent) => Required<Pick<BodyMotion, BasicChannel>>;
}

export type BasicChannel =
  | 'hipSide'
  | 'hipDrop'
  | 'hipTilt'
  | 'hipTwist'
  | 'chestRoll'
  | 'chestTwist'
  | 'waistRoll'
  | 'headRoll';

const HIP_TILT = 0.115;
const HIP_SIDE = 0.024;
const BOUNCE = 0.017;
const BASE_SINK = 0.014;

interface Sway {
  readonly flowing: readonly Key[];
  readonly snapping: readonly Key[];
}

function buildSway(steps: readonly Step[]): Sway {
  const flowing: Key[] = [];
  const snapping: Key[] = [];
  for (const step of steps) {
    const side = step.foot === 'left' ? 1 : -1;
    // The hip over the standing leg rises; on a tap the tapping side pops up instead.
    const height = step.kind === 'step' ? side : step.kind === 'tap' ? side * 1.15 : -side;
    flowing.push([step.at + 0.1, height]);
    snapping.push([step.at - 0.22, 0], [step.at, height * 1.15], [step.at + 0.45, height * 0.9]);
  }
  return { flowing, snapping: snapping.filter(([at], index) => at > (snapping[index - 1]?.[0] ?? -99)) };
}

/** Builds the hip and knee action that belongs to those steps. */
export function buildBasicMotion(steps: readonly Step[], role: Role): BasicMotion {
  const sway = buildSway(steps);
  const taps = steps.filter((step) => step.kind === 'tap');
  const size = role === 'follow' ? 1.25 : 0.75;
  return {
    at(count, accent) {
      const flow = curveThrough(sway.flowing, count);
      const level = flow + (curveThrough(sway.snapping, count) - flow) * accent.snap;
      let pop = 0;
      for (const tap of taps) {
        if (Math.abs(tap.at - count) < 1)
          pop += pulse(tap.at + 0.04, 0.26, 0.6, count) * (tap.foot === 'left' ? 1 : -1);
      }
      const hips = accent.hips * size;
      const tilt = HIP_TILT * hips * (level * 0.85 + pop * 0.75);
      const bob = 0.5 + 0.5 * Math.cos(2 * Math.PI * count);
      return {
        hipTilt: tilt,
        hipSide: HIP_SIDE * hips * (level + pop * 0.5),
        hipTwist: -0.1 * hips * level,
        hipDrop: BASE_SINK + accent.sink + BOUNCE * accent.bounce * bob,
        waistRoll: -tilt * 0.35,
        chestRoll: -tilt * 0.55,
        chestTwist: 0.06 * hips * level,
        headRoll: tilt * 0.25,
      };
    },
  };
}
