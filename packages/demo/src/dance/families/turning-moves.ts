import { between } from '../../maths/curve.ts';
import type { HandTargetName } from '../hand-target-names.ts';
import { accentOf, type Look } from '../look.ts';
import type { BodyMotion, HandCue, HandCues, MovePlan } from '../move-plan.ts';
import { holdBoth, styledDancer } from './closed-moves.ts';

const FREE_ARM: Record<Look['style'], HandTargetName> = {
  romantic: 'belly',
  sensual: 'hair',
  playful: 'skirt',
  energetic: 'bloom',
  modern: 'reach',
};

/** The joined hands rise over the follow's head; her free arm styles; his waits. */
function overheadHands(look: Look, up: number, down: number): HandCues {
  const held: HandCue[] = [
    { at: up, to: 'overhead', over: 1 },
    { at: down, to: 'clasp', over: 0.9 },
  ];
  return {
    leadLeft: held,
    followRight: held,
    leadRight: [
      { at: up, to: look.style === 'playful' ? 'hip' : 'rest', over: 1 },
      { at: down + 0.1, to: 'embrace', over: 1 },
    ],
    followLeft: [
      { at: up + 0.1, to: FREE_ARM[look.style], over: 1 },
      { at: down + 0.1, to: 'embrace', over: 1 },
    ],
  };
}

/** A tall, turned body: the turn is danced upright and the head comes round with it. */
function upright(from: number, to: number): (count: number) => BodyMotion {
  return (count) => {
    const inside = between(from, to, 0.7, 0.7, count);
    return { hipDrop: -0.012 * inside, chestPitch: -0.05 * inside, lookAway: 0.75 * inside };
  };
}

/** The lady's turn to her right on 5-6-7. */
export function ladyTurnRight(look: Look): MovePlan {
  return {
    counts: 8,
    accent: accentOf(look),
    couple: {
      apart: [0.56, 0.56, 0.6, 0.66, 0.7, 0.68, 0.6, 0.56],
      turn: [0, -8, -20, -28, -28, -20, -6, 0],
    },
    lead: styledDancer(look, 'lead', 8),
    follow: styledDancer(look, 'follow', 8, {
      path: { turn: [0, 0, 12, 14, -80, -215, -345, -360] },
      motion: upright(3.2, 7.2),
    }),
    hands: overheadHands(look, 3.6, 7.3),
  };
}

/** The lady's turn to her left on 2-3-4. */
export function ladyTurnLeft(look: Look): MovePlan {
  return {
    counts: 8,
    accent: accentOf(look),
    couple: { apart: [0.56, 0.64, 0.7, 0.7, 0.64, 0.6, 0.56, 0.56], turn: [0, 0, -12, -24, -30, -24, -8, 0] },
    lead: styledDancer(look, 'lead', 8),
    follow: styledDancer(look, 'follow', 8, {
      path: { turn: [0, 95, 235, 350, 360, 360, 360, 360] },
      motion: upright(0.4, 4),
    }),
    hands: overheadHands(look, 1.1, 4.9),
  };
}

/** The lead turns himself under the joined hands on 5-6-7. */
export function leadTurn(look: Look): MovePlan {
  return {
    counts: 8,
    accent: accentOf(look),
    couple: { apart: [0.56, 0.6, 0.66, 0.7, 0.72, 0.7, 0.62, 0.56], turn: [0, 10, 22, 30, 26, 16, 4, 0] },
    lead: styledDancer(look, 'lead', 8, {
      path: { turn: [0, 0, -12, -14, 85, 220, 345, 360] },
      motion: upright(3.2, 7.2),
    }),
    follow: styledDancer(look, 'follow', 8),
    hands: overheadHands(look, 3.6, 7.3),
  };
}

/** Two turns of the lady in one phrase. */
export function doubleTurn(look: Look): MovePlan {
  const sway = look.style === 'energetic' || look.style === 'playful' ? -60 : -24;
  return {
    counts: 8,
    accent: accentOf(look),
    couple: {
      apart: [0.56, 0.64, 0.7, 0.72, 0.72, 0.7, 0.62, 0.56],
      turn: [0, sway * 0.3, sway * 0.7, sway, sway, sway * 0.6, sway * 0.2, 0],
    },
    lead: styledDancer(look, 'lead', 8),
    follow: styledDancer(look, 'follow', 8, {
      path: { turn: [0, -70, -210, -370, -530, -660, -720, -720] },
      motion: upright(0.5, 6.6),
    }),
    hands: overheadHands(look, 1.2, 6.9),
  };
}

/** Lead and lady turn one after the other, hands let go between: three turns in sixteen counts. */
export function turningChase(look: Look): MovePlan {
  return {
    counts: 16,
    accent: accentOf(look),
    couple: {
      apart: [0.56, 0.64, 0.7, 0.74, 0.74, 0.74, 0.7, 0.7, 0.7, 0.72, 0.72, 0.72, 0.7, 0.66, 0.58, 0.56],
      turn: [0, -10, -25, -40, -50, -50, -40, -30, -30, -20, -10, 0, 5, 5, 0, 0],
    },
    lead: styledDancer(look, 'lead', 16, {
      path: { turn: [0, 0, 0, 0, 90, 230, 350, 360, 360, 360, 360, 360, 360, 360, 360, 360] },
      motion: upright(3.4, 7.4),
    }),
    follow: styledDancer(look, 'follow', 16, {
      path: {
        turn: [0, -90, -230, -350, -360, -360, -360, -360, -360, -440, -580, -700, -720, -720, -720, -720],
      },
      motion: (count) => (count < 6 ? upright(0.4, 4)(count) : upright(8.2, 12.2)(count)),
    }),
    hands: {
      leadLeft: [
        { at: 1.1, to: 'overhead', over: 0.9 },
        { at: 4.2, to: 'bloom', over: 1 },
        { at: 7.6, to: 'low', over: 1 },
        { at: 9.1, to: 'overhead', over: 1 },
        { at: 12.8, to: 'low' },
        { at: 15, to: 'clasp' },
      ],
      followRight: [
        { at: 1.1, to: 'overhead', over: 0.9 },
        { at: 4.2, to: 'bloom', over: 1 },
        { at: 7.6, to: 'low', over: 1 },
        { at: 9.1, to: 'overhead', over: 1 },
        { at: 12.8, to: 'low' },
        { at: 15, to: 'clasp' },
      ],
      leadRight: [
        { at: 1.1, to: 'rest', over: 0.9 },
        { at: 4.2, to: 'bloom', over: 1 },
        { at: 7.6, to: 'low', over: 1 },
        { at: 9.1, to: 'rest' },
        { at: 12.8, to: 'low' },
        { at: 15.1, to: 'embrace' },
      ],
      followLeft: [
        { at: 1.2, to: FREE_ARM[look.style], over: 0.9 },
        { at: 4.4, to: 'hip', over: 1 },
        { at: 7.6, to: 'low', over: 1 },
        { at: 9.2, to: FREE_ARM[look.style] },
        { at: 12.8, to: 'low' },
        { at: 15.1, to: 'embrace' },
      ],
    },
  };
}

/** The follow crosses in front of the lead to his other side, and comes back: eight counts, or sixteen with time to dance there. */
export function crossBodyLead(look: Look, counts: 8 | 16): MovePlan {
  const isLong = counts === 16;
  const hold: HandTargetName = look.style === 'modern' || look.style === 'energetic' ? 'wide' : 'low';
  const opening = look.style === 'romantic' || look.style === 'sensual' ? 0.66 : 0.76;
  return {
    counts,
    accent: accentOf(look),
    couple: {
      turn: isLong
        ? [0, -35, -100, -165, -180, -180, -180, -180, -180, -215, -280, -345, -360, -360, -360, -360]
        : [0, -40, -110, -175, -230, -300, -352, -360],
      apart: isLong
        ? [
            0.56,
            0.62,
            opening,
            opening,
            0.62,
            0.6,
            0.6,
            0.6,
            0.6,
            0.64,
            opening,
            opening,
            0.62,
            0.58,
            0.56,
            0.56,
          ]
        : [0.56, 0.64, opening, opening, opening, opening, 0.6, 0.56],
      ...(isLong ? {} : { side: [0, 0.06, 0.08, 0.02, -0.1, -0.2, -0.22, -0.22] }),
    },
    lead: styledDancer(look, 'lead', counts, {
      path: {
        side: isLong
          ? [0, 0.05, 0.12, 0.06, 0, 0, 0, 0, 0, 0.05, 0.12, 0.06, 0, 0, 0, 0]
          : [0, 0.05, 0.1, 0.05, 0.08, 0.05, 0, 0],
      },
    }),
    follow: styledDancer(look, 'follow', counts, {
      path: {
        turn:
          isLong && look.style !== 'romantic'
            ? [0, 0, 0, 0, 0, 0, 0, 0, 0, -60, -190, -330, -360, -360, -360, -360]
            : [0, 0, 0, 0, 0, 0, 0, 0],
      },
    }),
    hands:
      isLong && look.style !== 'romantic'
        ? {
            ...holdBoth(hold, 1.3, 15),
            leadLeft: [
              { at: 1.3, to: hold },
              { at: 9.2, to: 'overhead', over: 1 },
              { at: 12.8, to: hold },
              { at: 15, to: 'clasp' },
            ],
            followRight: [
              { at: 1.3, to: hold },
              { at: 9.2, to: 'overhead', over: 1 },
              { at: 12.8, to: hold },
              { at: 15, to: 'clasp' },
            ],
            leadRight: [
              { at: 1.3, to: hold },
              { at: 9.2, to: 'rest', over: 1 },
              { at: 13, to: hold },
              { at: 15, to: 'embrace' },
            ],
            followLeft: [
              { at: 1.3, to: hold },
              { at: 9.2, to: FREE_ARM[look.style], over: 1 },
              { at: 13, to: hold },
              { at: 15, to: 'embrace' },
            ],
          }
        : holdBoth(hold, 1.3, counts - 0.8),
  };
}

/** The follow turns into the crook of the lead's arm, her held hand behind her back, and out again. */
export function hammerlock(look: Look): MovePlan {
  const isHigh = look.energy === 'high';
  return {
    counts: 8,
    accent: accentOf(look),
    couple: {
      apart: [0.56, 0.6, 0.58, 0.5, 0.5, 0.56, 0.6, 0.56],
      turn: isHigh ? [0, -25, -60, -80, -70, -40, -10, 0] : [0, -12, -28, -36, -34, -24, -8, 0],
    },
    lead: styledDancer(look, 'lead', 8, { path: { side: [0, 0, -0.06, -0.12, -0.12, -0.06, 0, 0] } }),
    follow: styledDancer(look, 'follow', 8, {
      path: { turn: [0, 70, 160, 195, 195, 120, 25, 0], side: [0, 0, 0.08, 0.12, 0.12, 0.06, 0, 0] },
      motion: (count) => ({
        headTwist: 0.5 * between(2, 6, 1, 1, count),
        chestRoll: -0.06 * between(2, 6, 1, 1, count),
      }),
    }),
    hands: {
      leadLeft: [
        { at: 1, to: 'overhead', over: 0.8 },
        { at: 3.2, to: 'heart', over: 1 },
        { at: 5, to: 'overhead', over: 1 },
        { at: 7.2, to: 'clasp' },
      ],
      followRight: [
        { at: 1, to: 'overhead', over: 0.8 },
        { at: 3.2, to: 'heart', over: 1 },
        { at: 5, to: 'overhead', over: 1 },
        { at: 7.2, to: 'clasp' },
      ],
      leadRight: [
        { at: 0.9, to: 'low', over: 0.8 },
        { at: 2.6, to: 'hammer', over: 1.4 },
        { at: 5.8, to: 'low', over: 1.4 },
        { at: 7.3, to: 'embrace' },
      ],
      followLeft: [
        { at: 0.9, to: 'low', over: 0.8 },
        { at: 2.6, to: 'hammer', over: 1.4 },
        { at: 5.8, to: 'low', over: 1.4 },
        { at: 7.3, to: 'embrace' },
      ],
    },
  };
}
