import { between, pulse } from '../../maths/curve.ts';
import { BASE_STRIDE } from '../basic-step.ts';
import type { HandTargetName } from '../hand-target-names.ts';
import { accentOf, type Look, styledMotion, styledSteps } from '../look.ts';
import type { BodyMotion, CountValues, DancerPlan, HandCue, HandCues, MovePlan, Role } from '../move-plan.ts';

/** One dancer in the look's style, with the family's own path and motion. */
export function styledDancer(
  look: Look,
  role: Role,
  counts: number,
  own: {
    path?: DancerPlan['path'];
    motion?: (count: number) => BodyMotion;
    steps?: DancerPlan['steps'];
  } = {},
): DancerPlan {
  return {
    steps: own.steps ?? styledSteps(look, role, counts),
    motion: styledMotion(look, role, counts, own.motion),
    ...(own.path === undefined ? {} : { path: own.path }),
  };
}

/** Both pairs of hands go to a hold and come back to the closed position. */
export function holdBoth(to: HandTargetName, from: number, until: number): HandCues {
  const there: HandCue = { at: from, to };
  return {
    leadLeft: [there, { at: until, to: 'clasp' }],
    followRight: [there, { at: until, to: 'clasp' }],
    leadRight: [there, { at: until, to: 'embrace' }],
    followLeft: [there, { at: until, to: 'embrace' }],
  };
}

const BASIC_TURNS: Record<Look['style'], CountValues> = {
  romantic: [0, -12, -28, -40, -46, -40, -20, 0],
  sensual: [0, 4, 12, 18, 18, 14, 5, 0],
  playful: [0, -15, -30, -30, 10, 25, 20, 0],
  energetic: [0, -25, -60, -75, -75, -50, -20, 0],
  modern: [0, 0, -30, -30, -30, 0, 0, 0],
};

/** The basic in eight counts; each style holds and turns it its own way. */
export function basic(look: Look): MovePlan {
  const hands: Record<Look['style'], HandCues> = {
    romantic: {},
    sensual: {
      followLeft: [
        { at: 2, to: 'neck' },
        { at: 7.2, to: 'embrace' },
      ],
      leadLeft: [
        { at: 2.2, to: 'partnerHip', over: 1.2 },
        { at: 7.2, to: 'clasp' },
      ],
      followRight: [
        { at: 2.2, to: 'neck', over: 1.2 },
        { at: 7.2, to: 'clasp' },
      ],
    },
    playful: holdBoth('low', 1.4, 7.2),
    energetic: holdBoth('wide', 1.2, 7.2),
    modern: holdBoth('heart', 1.4, 7.2),
  };
  const apart = look.style === 'sensual' ? 0.46 : look.style === 'romantic' ? 0.52 : 0.62;
  return {
    counts: 8,
    accent: accentOf(look),
    couple: { turn: BASIC_TURNS[look.style], apart: [0.56, apart, apart, apart, apart, apart, 0.56, 0.56] },
    lead: styledDancer(look, 'lead', 8),
    follow: styledDancer(look, 'follow', 8),
    hands: hands[look.style],
  };
}

/** A wide side basic, turned to the front so that the way across the floor is seen. */
export function side(look: Look): MovePlan {
  const reach = look.energy === 'high' ? 0.36 : look.energy === 'medium' ? 0.3 : 0.25;
  const isOpen = look.style !== 'romantic' && look.style !== 'sensual';
  const swing: HandTargetName =
    look.style === 'modern' ? 'reach' : look.style === 'energetic' ? 'high' : 'bloom';
  const open: HandCues = {
    leadLeft: [
      { at: 1.5, to: 'low' },
      { at: 7.2, to: 'clasp' },
    ],
    followRight: [
      { at: 1.5, to: 'low' },
      { at: 7.2, to: 'clasp' },
    ],
    leadRight: [
      { at: 1.5, to: 'low' },
      { at: 3.2, to: swing, over: 1 },
      { at: 5.2, to: 'low', over: 1.2 },
      { at: 7.2, to: 'embrace' },
    ],
    followLeft: [
      { at: 1.5, to: 'low' },
      { at: 3.2, to: swing, over: 1 },
      { at: 5.2, to: 'low', over: 1.2 },
      { at: 7.2, to: 'embrace' },
    ],
  };
  const lean =
    (sign: number) =>
    (count: number): BodyMotion => ({
      chestRoll: sign * 0.12 * (pulse(2.6, 1.4, 1.4, count) - pulse(5.6, 1.2, 1.2, count)),
      hipDrop: 0.03 * between(0.6, 7, 1, 1, count),
    });
  return {
    counts: 8,
    accent: accentOf(look),
    couple: {
      side: [0, 0.02, reach, reach, 0.02, 0, -BASE_STRIDE, -BASE_STRIDE],
      turn: isOpen ? [0, 25, 48, 50, 40, 25, 8, 0] : [0, -25, -48, -50, -45, -28, -10, 0],
      apart: [0.56, 0.6, 0.64, 0.64, 0.62, 0.6, 0.56, 0.56],
    },
    lead: styledDancer(look, 'lead', 8, { motion: lean(-1) }),
    follow: styledDancer(look, 'follow', 8, { motion: lean(1) }),
    hands: isOpen ? open : look.style === 'sensual' ? holdBoth('heart', 1.5, 7.2) : {},
  };
}

/** Forward on 2-3, back on 5-6-7. */
export function forward(look: Look): MovePlan {
  const reach = look.energy === 'high' ? 0.42 : 0.32;
  const push =
    (sign: number) =>
    (count: number): BodyMotion => ({
      chestPitch: sign * 0.08 * pulse(2.4, 1.5, 1.5, count) - sign * 0.08 * pulse(5, 1.2, 1.5, count),
      hipAhead: 0.02 * sign * pulse(2.4, 1.5, 1.5, count),
    });
  return {
    counts: 8,
    accent: accentOf(look),
    couple: {
      side: [0, -0.08, -0.1, -0.12, -0.14, -0.2, -BASE_STRIDE, -BASE_STRIDE],
      ahead: [0, reach * 0.55, reach, reach, reach * 0.3, -0.12, -0.06, 0],
      turn: [0, -8, -20, -24, -20, -12, -4, 0],
    },
    lead: styledDancer(look, 'lead', 8, { motion: push(1) }),
    follow: styledDancer(look, 'follow', 8, { motion: push(-1) }),
    hands: look.style === 'romantic' ? {} : holdBoth(look.style === 'modern' ? 'wide' : 'low', 1.4, 7.1),
  };
}
