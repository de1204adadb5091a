import { between, ease, pulse } from '../../maths/curve.ts';
import { BASE_STRIDE, basicStep } from '../basic-step.ts';
import type { HandTargetName } from '../hand-target-names.ts';
import { accentOf, type Look } from '../look.ts';
import type { BodyMotion, HandCues, MovePlan, Role, Step } from '../move-plan.ts';
import { holdBoth, styledDancer } from './closed-moves.ts';

/** A wave from the head down through chest and belly to the hips. */
export function waveMotion(from: number, to: number, size: number): (count: number) => BodyMotion {
  return (count) => {
    const inside = between(from, to, (to - from) * 0.25, (to - from) * 0.25, count) * size;
    const phase = ((count - from) / (to - from)) * 2 * Math.PI * Math.max(1, Math.round((to - from) / 3.5));
    return {
      headPitch: -0.3 * inside * Math.sin(phase + 0.6),
      chestPitch: -0.34 * inside * Math.sin(phase),
      waistPitch: 0.3 * inside * Math.sin(phase - 0.5),
      hipPitch: 0.34 * inside * Math.sin(phase - 1.1),
      hipAhead: -0.05 * inside * Math.sin(phase - 1.3),
      hipDrop: 0.03 * inside + 0.025 * inside * Math.sin(phase - 2),
    };
  };
}

/** Steps of the first half only; the second half stays in place for the body and taps the last count. */
function halfSteps(role: Role, counts: number): Step[] {
  const steps: Step[] = [];
  for (let count = 0; count < counts; count += 1) {
    const isStill = count % 8 === 5 || count % 8 === 6;
    if (!isStill) steps.push(basicStep(role, count));
  }
  return steps;
}

/** Both wave towards each other: small and close, or deep with the arms open. */
export function bodyWave(look: Look, counts: 8 | 16): MovePlan {
  const size = look.energy === 'high' ? 1.3 : look.energy === 'medium' ? 1.05 : 0.85;
  const repeat = counts / 8;
  const close = look.style === 'sensual' || look.style === 'romantic';
  const arm: HandTargetName = look.style === 'sensual' ? 'hair' : look.style === 'modern' ? 'bloom' : 'neck';
  const apart = close
    ? [0.56, 0.5, 0.48, 0.47, 0.47, 0.47, 0.5, 0.56]
    : [0.56, 0.62, 0.66, 0.66, 0.66, 0.64, 0.6, 0.56];
  const turn = [0, -6, -14, -20, -20, -18, -8, 0].map((angle) => (close ? -angle * 0.5 : angle));
  const inEach = (values: readonly number[]) =>
    Array.from({ length: counts }, (_, count) =>
      count === 7 && repeat === 2 ? (values[6] as number) : (values[count % 8] as number),
    );
  const last = counts - 0.8;
  const motion = (delay: number, share: number) => (count: number) =>
    waveMotion(0.6 + delay, counts - 0.9 + delay * 0.5, size * share)(count);
  const steps = (role: Role) => halfSteps(role, counts);
  const side = Array.from(
    { length: counts },
    (_, count) => [0, 0.05, 0.1, 0.08, -0.12, -0.2, -BASE_STRIDE, -BASE_STRIDE][count % 8] as number,
  );
  return {
    counts,
    accent: accentOf(look),
    couple: { apart: inEach(apart), turn: inEach(turn), side },
    lead: styledDancer(look, 'lead', counts, { motion: motion(0.25, 0.62), steps: steps('lead') }),
    follow: styledDancer(look, 'follow', counts, { motion: motion(0, 1), steps: steps('follow') }),
    hands: {
      leadRight: [
        { at: 2, to: close ? 'embrace' : 'partnerHip' },
        { at: last, to: 'embrace' },
      ],
      leadLeft: [
        { at: 2, to: close ? 'clasp' : 'partnerHip' },
        { at: last, to: 'clasp' },
      ],
      followLeft: [
        { at: 2.2, to: arm, over: 1.2 },
        { at: last, to: 'embrace' },
      ],
      followRight: [
        { at: 2.2, to: close ? 'clasp' : arm, over: 1.2 },
        { at: last, to: 'clasp' },
      ],
    },
  };
}

/** Circles of the hips, low in the knees; the number of circles grows with the energy. */
export function hipRoll(look: Look): MovePlan {
  const circles = look.energy === 'high' ? 3 : look.energy === 'medium' ? 2 : 1.5;
  const size = look.style === 'sensual' ? 1.2 : 1;
  const roll =
    (mirror: number, share: number) =>
    (count: number): BodyMotion => {
      const inside = between(1, 7.2, 1, 1.2, count) * size * share;
      const phase = ((count - 1) / 6) * circles * 2 * Math.PI;
      return {
        hipSide: 0.075 * inside * Math.sin(phase) * mirror,
        hipAhead: 0.055 * inside * Math.cos(phase),
        hipTilt: 0.16 * inside * Math.sin(phase + 0.5) * mirror,
        hipPitch: 0.14 * inside * Math.cos(phase + 0.5),
        waistRoll: -0.1 * inside * Math.sin(phase) * mirror,
        chestRoll: -0.05 * inside * Math.sin(phase) * mirror,
        chestPitch: -0.06 * inside * Math.cos(phase),
        hipDrop: 0.05 * inside,
      };
    };
  const hands: HandCues =
    look.style === 'romantic'
      ? holdBoth('low', 1.6, 7.2)
      : {
          leadLeft: [
            { at: 1.8, to: 'partnerHip', over: 1.2 },
            { at: 7.2, to: 'clasp', over: 1 },
          ],
          leadRight: [
            { at: 1.8, to: 'partnerHip', over: 1 },
            { at: 7.2, to: 'embrace', over: 1 },
          ],
          followLeft: [
            { at: 2, to: look.style === 'modern' ? 'bloom' : 'crown', over: 1.2 },
            { at: 7.2, to: 'embrace', over: 1.2 },
          ],
          followRight: [
            { at: 2.2, to: look.style === 'sensual' ? 'crown' : 'hip', over: 1.2 },
            { at: 7.2, to: 'clasp', over: 1.2 },
          ],
        };
  return {
    counts: 8,
    accent: accentOf(look),
    couple: {
      turn: look.style === 'energetic' ? [0, -30, -70, -80, -75, -50, -15, 0] : [0, 4, 12, 16, 16, 12, 4, 0],
      apart: [0.56, 0.58, 0.6, 0.62, 0.62, 0.6, 0.58, 0.56],
    },
    lead: styledDancer(look, 'lead', 8, { motion: roll(1, 0.6) }),
    follow: styledDancer(look, 'follow', 8, { motion: roll(-1, 1) }),
    hands,
  };
}

/** How a body lies in a dip of depth 0..1. */
function dipMotion(role: Role, depth: number): BodyMotion {
  return role === 'follow'
    ? {
        hipPitch: -0.42 * depth,
        waistPitch: -0.62 * depth,
        chestPitch: -0.82 * depth,
        headPitch: -1.0 * depth,
        hipDrop: 0.11 * depth,
        hipAhead: 0.09 * depth,
        headTwist: 0.2 * depth,
        lookAway: depth,
      }
    : {
        hipPitch: 0.15 * depth,
        waistPitch: 0.22 * depth,
        chestPitch: 0.34 * depth,
        headPitch: 0.35 * depth,
        hipDrop: 0.1 * depth,
        hipAhead: 0.03 * depth,
      };
}

/** Arms of a dip that begins at `from` and, where given, is over at `until`. */
export function dipHands(look: Look, from: number, until?: number): HandCues {
  const back = (to: HandTargetName) => (until === undefined ? [] : [{ at: until, to, over: 1.1 }]);
  return {
    leadRight: [{ at: from, to: 'support', over: 1 }, ...back('embrace')],
    leadLeft: [
      { at: from, to: look.style === 'sensual' ? 'support' : 'partnerHip', over: 1.2 },
      ...back('clasp'),
    ],
    followLeft: [{ at: from, to: 'neck', over: 1 }, ...back('embrace')],
    followRight: [
      { at: from + 0.3, to: look.style === 'romantic' ? 'neck' : 'backArc', over: 1.4 },
      ...back('clasp'),
    ],
  };
}

function dipSteps(role: Role, kick: number): Step[] {
  const steps = [0, 1, 2, 3, 4].map((count) => basicStep(role, count));
  if (role === 'lead')
    return [...steps, { at: 5, foot: 'left', kind: 'step', out: 0.1, ahead: -0.12 }, basicStep(role, 7)];
  return kick > 0
    ? [
        ...steps,
        { at: 5, foot: 'right', kind: 'lift', ahead: 0.24, out: 0.02, height: kick, heel: 0.9 },
        basicStep(role, 7),
      ]
    : [...steps, basicStep(role, 7)];
}

/** The follow is laid back over the lead's arm on 5-6 and rises on 7-8. */
export function dip(look: Look): MovePlan {
  const size = look.energy === 'high' ? 1.1 : look.energy === 'medium' ? 0.95 : 0.75;
  const depth = (count: number) => size * ease(3.6, 5, count) * (1 - ease(5.9, 7.3, count));
  const turn = look.style === 'energetic' ? -28 : look.style === 'sensual' ? 14 : -14;
  return {
    counts: 8,
    accent: accentOf(look),
    couple: {
      side: [0, 0.02, 0.0, -0.06, -0.16, -0.2, -BASE_STRIDE, -BASE_STRIDE],
      ahead: [0, -0.04, -0.12, -0.18, -0.2, -0.2, -0.08, 0],
      turn: [0, turn * 0.3, turn * 0.7, turn, turn, turn, turn * 0.4, 0],
      apart: [0.56, 0.54, 0.5, 0.48, 0.48, 0.48, 0.52, 0.56],
    },
    lead: styledDancer(look, 'lead', 8, {
      motion: (count) => dipMotion('lead', depth(count)),
      steps: dipSteps('lead', 0),
    }),
    follow: styledDancer(look, 'follow', 8, {
      motion: (count) => dipMotion('follow', depth(count)),
      steps: dipSteps('follow', look.energy === 'low' ? 0 : 0.24),
    }),
    hands: dipHands(look, 4.2, 7.3),
  };
}

/** The pose of a dip that is held for good, for an ending. */
export function heldDip(role: Role, from: number, size: number): (count: number) => BodyMotion {
  return (count) => {
    const breath = 0.02 * Math.sin(Math.PI * count) * ease(from + 1.4, from + 2.4, count);
    return dipMotion(role, size * ease(from, from + 1.6, count) + breath);
  };
}

/** The follow in front, both to the audience; the lead's hands on her hips. */
export function shadow(look: Look): MovePlan {
  const turn = [0, -25, -65, -96, -104, -110, -116, -110, -104, -110, -116, -110, -86, -50, -14, 0];
  const away = [0, 40, 110, 165, 180, 180, 180, 180, 180, 180, 180, 180, 220, 290, 345, 360];
  const beside = look.style === 'modern' ? 0.2 : 0.15;
  const shift = [0, 0, 0.05, 0.1, 1, 1, -1, -1, 1, 1, -1, -1, 0.1, 0.05, 0, 0].map((value) =>
    Math.abs(value) === 1 ? value * beside : value,
  );
  const isWaving = look.style === 'sensual' || look.style === 'romantic';
  const arms: Record<Look['style'], readonly [HandTargetName, HandTargetName]> = {
    romantic: ['hip', 'belly'],
    sensual: ['hair', 'crown'],
    playful: ['skirt', 'swing'],
    energetic: ['bloom', 'high'],
    modern: ['reach', 'bloom'],
  };
  const [first, second] = arms[look.style];
  return {
    counts: 16,
    accent: accentOf(look),
    couple: {
      turn,
      apart: [0.56, 0.6, 0.6, 0.52, 0.44, 0.42, 0.42, 0.42, 0.42, 0.42, 0.42, 0.44, 0.54, 0.6, 0.58, 0.56],
    },
    lead: styledDancer(look, 'lead', 16, {
      path: { side: shift },
      ...(isWaving ? { motion: waveMotion(5, 12, 0.4) } : {}),
    }),
    follow: styledDancer(look, 'follow', 16, {
      path: { turn: away },
      motion: (count) => {
        const inside = between(2, 13, 1.5, 1.5, count);
        const wave = isWaving ? waveMotion(4.6, 12, 0.7)(count) : {};
        return { ...wave, lookAway: 0.6 * inside, chestTwist: 0.06 * inside * Math.sin(Math.PI * count) };
      },
    }),
    hands: {
      leadLeft: [
        { at: 1.2, to: 'overhead', over: 0.9 },
        { at: 4.2, to: 'partnerHip', over: 1.2 },
        { at: 12.2, to: 'overhead', over: 1.1 },
        { at: 15, to: 'clasp', over: 1 },
      ],
      followRight: [
        { at: 1.2, to: 'overhead', over: 0.9 },
        { at: 4.2, to: first, over: 1.2 },
        { at: 8.4, to: second, over: 1.4 },
        { at: 12.2, to: 'overhead', over: 1.3 },
        { at: 15, to: 'clasp', over: 1 },
      ],
      leadRight: [
        { at: 1.2, to: 'rest' },
        { at: 4, to: 'partnerHip', over: 1.2 },
        { at: 12.4, to: 'rest' },
        { at: 15.1, to: 'embrace', over: 1.1 },
      ],
      followLeft: [
        { at: 1.4, to: 'belly' },
        { at: 4.4, to: second, over: 1.2 },
        { at: 8.6, to: first, over: 1.4 },
        { at: 12.4, to: 'belly', over: 1.2 },
        { at: 15.1, to: 'embrace', over: 1.1 },
      ],
    },
  };
}

/** A head and chest accent on one count. */
export function hitMotion(at: number, size: number): (count: number) => BodyMotion {
  return (count) => {
    const hit = pulse(at, 0.25, 0.7, count) * size;
    return { chestPitch: -0.16 * hit, headPitch: -0.14 * hit, hipTilt: 0.12 * hit, hipDrop: 0.03 * hit };
  };
}
