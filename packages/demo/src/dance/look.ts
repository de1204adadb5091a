import type { EnergyLevel, Style } from '@bachata-buddy/vocabulary';
import { between } from '../maths/curve.ts';
import { basicStep } from './basic-step.ts';
import type { Accent, BodyMotion, Role, Step } from './move-plan.ts';

/** How a move is danced: its style and energy, over any family. */
export interface Look {
  readonly style: Style;
  readonly energy: EnergyLevel;
}

const STYLE_ACCENTS: Record<Style, Accent> = {
  romantic: { hips: 1, bounce: 0.5, stride: 0.9, sink: 0, snap: 0 },
  sensual: { hips: 1.7, bounce: 0.3, stride: 0.8, sink: 0.028, snap: 0 },
  playful: { hips: 1.3, bounce: 2, stride: 1.05, sink: 0, snap: 0.5 },
  energetic: { hips: 1.5, bounce: 2.4, stride: 1.4, sink: 0.02, snap: 0.4 },
  modern: { hips: 1.3, bounce: 0.8, stride: 1.15, sink: 0.015, snap: 1 },
};
const ENERGY_SIZE: Record<EnergyLevel, number> = { low: 0.8, medium: 1, high: 1.2 };

export function accentOf(look: Look): Accent {
  const accent = STYLE_ACCENTS[look.style];
  const size = ENERGY_SIZE[look.energy];
  return {
    hips: accent.hips * (0.5 + size * 0.5),
    bounce: accent.bounce * size,
    stride: accent.stride * (0.4 + size * 0.6),
    sink: accent.sink * size,
    snap: accent.snap,
  };
}

/** Adds two body motions channel by channel. */
export function addMotions(first: BodyMotion, second: BodyMotion): BodyMotion {
  const sum: Record<string, number> = { ...first };
  for (const [channel, value] of Object.entries(second)) sum[channel] = (sum[channel] ?? 0) + value;
  return sum;
}

function flavour(look: Look, role: Role, count: number): BodyMotion {
  const size = ENERGY_SIZE[look.energy];
  const mirror = role === 'lead' ? 1 : -1;
  const beat = Math.sin(Math.PI * count);
  const slow = Math.sin((Math.PI * count) / 4);
  switch (look.style) {
    case 'romantic':
      return {
        chestRoll: 0.05 * slow * mirror,
        headRoll: 0.1 * slow * mirror,
        hipAhead: 0.015,
        headPitch: 0.05,
      };
    case 'sensual':
      return {
        hipSide: 0.022 * beat * mirror * size,
        hipAhead: 0.03 * Math.cos(Math.PI * count) * size,
        chestPitch: -0.07 * Math.sin(Math.PI * count + 0.8) * size,
        headRoll: 0.09 * slow * mirror,
        headPitch: -0.06 * Math.sin(Math.PI * count + 0.4),
      };
    case 'playful':
      return {
        chestTwist: 0.13 * beat * mirror * size,
        headRoll: 0.1 * beat * mirror,
        shoulderLift: 0.012 * Math.sin(2 * Math.PI * count),
      };
    case 'energetic':
      return {
        chestTwist: 0.17 * beat * mirror * size,
        chestPitch: 0.05,
        waistPitch: 0.05,
        headRoll: 0.05 * beat,
      };
    default: {
      const hit = Math.tanh(4 * beat) * mirror;
      return {
        chestRoll: 0.075 * hit * size,
        waistRoll: -0.05 * hit,
        headTwist: 0.12 * hit,
        chestPitch: -0.03,
      };
    }
  }
}

/** The style's own body motion through the whole move, still at both ends, with the family's added. */
export function styledMotion(
  look: Look,
  role: Role,
  counts: number,
  own?: (count: number) => BodyMotion,
): (count: number) => BodyMotion {
  return (count) => {
    const inside = between(0, counts, 1.2, 1.2, count);
    const style: Record<string, number> = {};
    for (const [channel, value] of Object.entries(flavour(look, role, count)))
      style[channel] = value * inside;
    return own === undefined ? style : addMotions(style, own(count));
  };
}

/** What the free foot does on 4, by style: a quiet tap, a slide, a flick, a kick, a heel. */
function tapOf(look: Look): Partial<Step> {
  switch (look.style) {
    case 'romantic':
      return {};
    case 'sensual':
      return { out: 0.1, ahead: 0.02 };
    case 'playful':
      return { kind: 'lift', height: 0.2, ahead: -0.2, out: -0.02, heel: 1.2 };
    case 'energetic':
      return { kind: 'lift', height: 0.17, ahead: 0.2, out: 0.02, heel: 0.5 };
    default:
      return { ahead: 0.2, out: 0.02, heel: -0.4 };
  }
}

/** The basic's steps with the style's own taps, but for the last: it hands over to the next move. */
export function styledSteps(look: Look, role: Role, counts: number): Step[] {
  return Array.from({ length: counts }, (_, count) => {
    const step = basicStep(role, count);
    const isFree = step.kind === 'tap' && count !== counts - 1;
    return isFree ? { ...step, ...tapOf(look) } : step;
  });
}
