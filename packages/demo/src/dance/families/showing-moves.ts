import { between, ease, pulse } from '../../maths/curve.ts';
import { BASE_STRIDE, basicStep } from '../basic-step.ts';
import type { HandTargetName } from '../hand-target-names.ts';
import { accentOf, addMotions, type Look } from '../look.ts';
import type { BodyMotion, HandCue, HandCues, MovePlan, Role, Side, Step } from '../move-plan.ts';
import { dipHands, heldDip, hitMotion, waveMotion } from './body-moves.ts';
import { holdBoth, styledDancer } from './closed-moves.ts';

function other(foot: Side): Side {
  return foot === 'left' ? 'right' : 'left';
}

/** Basic steps with a kick, a cross or a quick double step in place of the even walk. */
function busySteps(look: Look, role: Role): Step[] {
  const foot = (count: number) => basicStep(role, count).foot;
  const at = (count: number, changes: Partial<Step> = {}): Step => ({
    ...basicStep(role, count),
    kind: 'step',
    ...changes,
  });
  const last = basicStep(role, 7);
  switch (look.style) {
    case 'energetic':
      return [
        at(0),
        { at: 1, foot: foot(1), kind: 'lift', height: 0.24, ahead: 0.26, heel: 0.4 },
        { at: 1.5, foot: foot(1), kind: 'step' },
        at(2),
        { at: 3, foot: foot(3), kind: 'lift', height: 0.26, ahead: 0.28, heel: 0.4 },
        at(4),
        { at: 5, foot: foot(5), kind: 'lift', height: 0.24, ahead: 0.26, heel: 0.4 },
        { at: 5.5, foot: foot(5), kind: 'step' },
        at(6),
        last,
      ];
    case 'playful':
      return [
        at(0),
        at(1, { out: -0.16, ahead: -0.1 }),
        at(2),
        { at: 3, foot: foot(3), kind: 'tap', out: 0.2, ahead: 0, heel: -0.5 },
        at(4),
        at(5, { out: -0.16, ahead: 0.1 }),
        { at: 5.5, foot: other(foot(5)), kind: 'tap', out: 0.1, heel: 0.7 },
        at(6),
        last,
      ];
    case 'modern':
      return [
        at(0),
        at(1, { ahead: -0.16 }),
        at(2),
        { at: 2.5, foot: foot(3), kind: 'tap', ahead: 0.22, heel: -0.45 },
        { at: 3, foot: foot(3), kind: 'tap', out: 0.18, heel: 0.5 },
        at(4, { out: 0.05 }),
        { at: 5, foot: foot(5), kind: 'tap', out: 0.22, ahead: 0.05, heel: 0.6 },
        { at: 5.5, foot: foot(5), kind: 'step' },
        at(6),
        last,
      ];
    default:
      return [
        at(0),
        at(1, { out: -0.14, ahead: -0.08 }),
        { at: 1.5, foot: foot(2), kind: 'tap', out: 0.04, heel: 0.6 },
        at(2),
        { at: 3, foot: foot(3), kind: 'tap', ahead: 0.18 },
        at(4),
        at(5, { out: -0.14, ahead: 0.1 }),
        at(6),
        last,
      ];
  }
}

/** The feet speak: kicks, crosses, heels; the arms hold low or swing free. */
export function footwork(look: Look): MovePlan {
  const isFree = look.style === 'energetic' || look.style === 'playful';
  const free = (from: HandTargetName): HandCue[] => [
    { at: 1.4, to: 'swing', over: 1 },
    { at: 7.2, to: from, over: 1.1 },
  ];
  const turn = look.style === 'modern' ? [0, -30, -60, -70, -60, -40, -12, 0] : [0, 18, 38, 44, 40, 26, 8, 0];
  return {
    counts: 8,
    accent: accentOf(look),
    couple: {
      side: [0, 0.04, 0.12, 0.12, 0, -0.14, -BASE_STRIDE, -BASE_STRIDE],
      turn,
      apart: [0.56, 0.7, 0.84, 0.88, 0.88, 0.8, 0.64, 0.56],
    },
    lead: styledDancer(look, 'lead', 8, { steps: busySteps(look, 'lead') }),
    follow: styledDancer(look, 'follow', 8, { steps: busySteps(look, 'follow') }),
    hands: isFree
      ? {
          leadLeft: free('clasp'),
          leadRight: free('embrace'),
          followLeft: free('embrace'),
          followRight: free('clasp'),
        }
      : holdBoth('low', 1.3, 7.2),
  };
}

const STYLING_ARMS: Record<Look['style'], readonly HandTargetName[]> = {
  romantic: ['bloom', 'belly', 'hair'],
  sensual: ['hair', 'crown', 'belly'],
  playful: ['skirt', 'hip', 'bloom'],
  energetic: ['high', 'reach', 'bloom'],
  modern: ['reach', 'crown', 'high'],
};

/** The follow styles her arms while the lead keeps the time; both open to the audience. */
export function styling(look: Look): MovePlan {
  const [first, second, third] = STYLING_ARMS[look.style] as [HandTargetName, HandTargetName, HandTargetName];
  const size = look.energy === 'high' ? 1.25 : 1;
  const sway = (count: number): BodyMotion =>
    addMotions(addMotions(hitMotion(3, size)(count), hitMotion(5, size)(count)), {
      chestRoll: 0.1 * size * Math.sin((Math.PI * count) / 2) * between(1, 7, 1, 1, count),
      lookAway: 0.5 * between(1, 7, 1, 1, count),
    });
  return {
    counts: 8,
    accent: accentOf(look),
    couple: {
      turn: [0, -14, -34, -44, -44, -34, -12, 0],
      apart: [0.56, 0.64, 0.74, 0.8, 0.8, 0.74, 0.62, 0.56],
    },
    lead: styledDancer(look, 'lead', 8, { path: { turn: [0, -8, -18, -20, -20, -14, -4, 0] } }),
    follow: styledDancer(look, 'follow', 8, { path: { turn: [0, 10, 30, 45, 45, 30, 8, 0] }, motion: sway }),
    hands: {
      leadLeft: [
        { at: 1.4, to: look.style === 'playful' ? 'hip' : 'swing', over: 1 },
        { at: 7.2, to: 'clasp', over: 1 },
      ],
      leadRight: [
        { at: 1.4, to: look.style === 'playful' ? 'hip' : 'low' },
        { at: 7.2, to: 'embrace' },
      ],
      followLeft: [
        { at: 1.4, to: look.style === 'playful' ? first : 'low' },
        { at: 7.2, to: 'embrace' },
      ],
      followRight: [
        { at: 1.8, to: first, over: 1.1 },
        { at: 3.6, to: second, over: 1.1 },
        { at: 5.4, to: third, over: 1.1 },
        { at: 7.2, to: 'clasp', over: 1 },
      ],
    },
  };
}

/** They walk towards each other, he offers his hand, she turns under it, they embrace. */
export function walkIn(look: Look): MovePlan {
  const curtsy = (count: number): BodyMotion => ({
    hipDrop: 0.09 * pulse(5, 0.9, 1, count),
    chestPitch: 0.16 * pulse(5, 0.9, 1, count),
    headPitch: 0.3 * pulse(5, 0.9, 1, count),
  });
  const bow = (count: number): BodyMotion => ({
    waistPitch: 0.25 * pulse(5, 0.9, 1, count),
    chestPitch: 0.42 * pulse(5, 0.9, 1, count),
    headPitch: 0.4 * pulse(5, 0.9, 1, count),
    hipAhead: -0.05 * pulse(5, 0.9, 1, count),
  });
  return {
    counts: 16,
    isOpening: true,
    accent: accentOf(look),
    couple: {
      apart: [2.5, 2.15, 1.75, 1.4, 1.22, 1.22, 1.1, 0.9, 0.78, 0.74, 0.74, 0.72, 0.66, 0.6, 0.56, 0.56],
      side: [
        -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1, -0.12, -0.16, -0.2, -0.22, -0.22,
      ],
      turn: [-26, -26, -26, -26, -24, -24, -22, -20, -18, -18, -18, -14, -8, -3, 0, 0],
    },
    lead: styledDancer(look, 'lead', 16, { motion: bow }),
    follow: styledDancer(look, 'follow', 16, {
      motion: curtsy,
      path: { turn: [0, 0, 0, 0, 0, 0, 0, 0, 0, -80, -215, -340, -360, -360, -360, -360] },
    }),
    hands: {
      leadLeft: [
        { at: 2, to: 'swing' },
        { at: 5.6, to: 'offer', over: 1.2 },
        { at: 7.6, to: 'low', over: 1 },
        { at: 9, to: 'overhead', over: 1 },
        { at: 13, to: 'clasp', over: 1 },
      ],
      followRight: [
        { at: 2, to: 'skirt' },
        { at: 7.6, to: 'low', over: 1.4 },
        { at: 9, to: 'overhead', over: 1 },
        { at: 13, to: 'clasp', over: 1 },
      ],
      leadRight: [
        { at: 5, to: 'belly', over: 1.2 },
        { at: 7, to: 'rest' },
        { at: 13.4, to: 'embrace', over: 1.3 },
      ],
      followLeft: [
        { at: 2, to: 'skirt' },
        { at: 9, to: 'bloom', over: 1.2 },
        { at: 13.4, to: 'embrace', over: 1.3 },
      ],
    },
  };
}

/** She turns across the floor into his arms in eight counts. */
export function spinIn(look: Look): MovePlan {
  return {
    counts: 8,
    isOpening: true,
    accent: accentOf(look),
    couple: {
      apart: [1.9, 1.75, 1.4, 1.05, 0.85, 0.7, 0.58, 0.56],
      side: [-0.15, -0.15, -0.15, -0.18, -0.2, -0.22, -0.22, -0.22],
      turn: [-30, -30, -28, -24, -18, -10, -3, 0],
    },
    lead: styledDancer(look, 'lead', 8),
    follow: styledDancer(look, 'follow', 8, { path: { turn: [0, -20, -150, -300, -420, -600, -710, -720] } }),
    hands: {
      leadLeft: [
        { at: 1.2, to: 'offer', over: 1.2 },
        { at: 3.6, to: 'low', over: 1 },
        { at: 4.6, to: 'overhead', over: 0.9 },
        { at: 7, to: 'clasp', over: 0.9 },
      ],
      followRight: [
        { at: 1.2, to: 'high', over: 1.2 },
        { at: 3.6, to: 'low', over: 1.2 },
        { at: 4.6, to: 'overhead', over: 0.9 },
        { at: 7, to: 'clasp', over: 0.9 },
      ],
      leadRight: [
        { at: 1.4, to: 'reach', over: 1.2 },
        { at: 7.2, to: 'embrace', over: 1.3 },
      ],
      followLeft: [
        { at: 1.2, to: 'bloom', over: 1.2 },
        { at: 4.6, to: 'belly', over: 1 },
        { at: 7.2, to: 'embrace', over: 1.2 },
      ],
    },
  };
}

/** From a quiet embrace, swaying, they open into the first step. */
export function embraceIn(look: Look): MovePlan {
  const breathe = (count: number): BodyMotion =>
    addMotions(waveMotion(1.5, 6.5, 0.4)(count), {
      headPitch: 0.25 * (1 - ease(4, 6.5, count)),
      headRoll: 0.12 * (1 - ease(4, 6.5, count)),
    });
  return {
    counts: 8,
    isOpening: true,
    accent: accentOf(look),
    couple: {
      apart: [0.44, 0.44, 0.45, 0.46, 0.48, 0.52, 0.56, 0.56],
      side: [-0.14, -0.14, -0.1, -0.1, -0.14, -0.2, -0.22, -0.22],
      turn: [-40, -38, -34, -28, -20, -10, -2, 0],
    },
    lead: styledDancer(look, 'lead', 8, { motion: breathe }),
    follow: styledDancer(look, 'follow', 8, { motion: breathe }),
    hands: {
      leadLeft: [
        { at: 0, to: 'partnerHip', over: 1.4 },
        { at: 6.8, to: 'clasp', over: 1.4 },
      ],
      followRight: [
        { at: 0, to: 'neck', over: 1.4 },
        { at: 6.8, to: 'clasp', over: 1.4 },
      ],
      leadRight: [{ at: 0, to: 'embrace', over: 1.4 }],
      followLeft: [
        { at: 0, to: 'neck', over: 1.4 },
        { at: 6.8, to: 'embrace', over: 1.2 },
      ],
    },
  };
}

function endingSteps(role: Role, lead: readonly Step[], follow: readonly Step[]): Step[] {
  return [...[0, 1, 2, 3].map((count) => basicStep(role, count)), ...(role === 'lead' ? lead : follow)];
}

/** A last dip, held. */
export function dipOut(look: Look): MovePlan {
  const kick: Step[] = [
    { at: 4, foot: 'left', kind: 'step' },
    { at: 5.4, foot: 'right', kind: 'lift', ahead: 0.26, height: 0.3, heel: 0.9 },
  ];
  return {
    counts: 8,
    isEnding: true,
    accent: accentOf(look),
    couple: {
      side: [0, 0.02, 0.02, 0, 0, 0, 0, 0],
      ahead: [0, -0.05, -0.12, -0.16, -0.18, -0.18, -0.18, -0.18],
      turn: [0, -6, -14, -18, -18, -18, -18, -18],
      apart: [0.56, 0.54, 0.5, 0.48, 0.48, 0.48, 0.48, 0.48],
    },
    lead: styledDancer(look, 'lead', 8, {
      motion: heldDip('lead', 4, 1.05),
      steps: endingSteps(
        'lead',
        [basicStep('lead', 4), { at: 5, foot: 'left', kind: 'step', out: 0.12, ahead: -0.16 }],
        [],
      ),
    }),
    follow: styledDancer(look, 'follow', 8, {
      motion: heldDip('follow', 4, 1.05),
      steps: endingSteps('follow', [], kick),
    }),
    hands: dipHands({ style: 'energetic', energy: look.energy }, 4.8),
  };
}

/** They open side by side to the audience, arms out, and hold. */
export function openOut(look: Look): MovePlan {
  const proud = (count: number): BodyMotion => ({
    chestPitch: -0.12 * ease(4.5, 6, count),
    lookAway: ease(3.5, 5.5, count),
    headPitch: -0.1 * ease(4.5, 6, count),
  });
  const bowAt = look.style === 'romantic' ? 1 : 0;
  const bow = (count: number): BodyMotion => ({
    waistPitch: 0.35 * bowAt * ease(6, 7.2, count),
    chestPitch: 0.55 * bowAt * ease(6, 7.2, count),
    headPitch: 0.45 * bowAt * ease(6, 7.2, count),
    hipAhead: -0.06 * bowAt * ease(6, 7.2, count),
  });
  const settle = (role: Role): Step[] =>
    role === 'lead'
      ? [
          basicStep('lead', 4),
          { at: 5, foot: 'left', kind: 'step' },
          { at: 6, foot: 'right', kind: 'tap', out: 0.16 },
        ]
      : [
          basicStep('follow', 4),
          { at: 5, foot: 'right', kind: 'step' },
          { at: 6, foot: 'left', kind: 'tap', out: 0.18 },
        ];
  return {
    counts: 8,
    isEnding: true,
    accent: accentOf(look),
    couple: {
      side: [0, 0, -0.1, -0.1, -0.1, -0.1, -0.1, -0.1],
      turn: [0, -6, -16, -20, -20, -20, -20, -20],
      apart: [0.56, 0.66, 0.8, 0.92, 1.0, 1.0, 1.0, 1.0],
    },
    lead: styledDancer(look, 'lead', 8, {
      path: { turn: [0, -8, -28, -52, -66, -70, -70, -70] },
      motion: (count) => addMotions(proud(count), bow(count)),
      steps: endingSteps('lead', settle('lead'), []),
    }),
    follow: styledDancer(look, 'follow', 8, {
      path: {
        turn:
          look.style === 'romantic'
            ? [0, 10, 40, 70, 86, 92, 92, 92]
            : [0, -40, -120, -190, -245, -268, -268, -268],
      },
      motion: (count) => addMotions(proud(count), bow(count)),
      steps: endingSteps('follow', [], settle('follow')),
    }),
    hands: openHands(look),
  };
}

function openHands(look: Look): HandCues {
  const isBow = look.style === 'romantic';
  return {
    leadLeft: [
      { at: 2, to: 'rest' },
      { at: 5.6, to: isBow ? 'reach' : 'bloom', over: 1.4 },
      ...(isBow ? [{ at: 7.2, to: 'belly' as const, over: 1 }] : []),
    ],
    leadRight: [
      { at: 1.6, to: 'low' },
      { at: 4.6, to: isBow ? 'hip' : 'bloom', over: 1.6 },
    ],
    followLeft: [
      { at: 1.6, to: 'low' },
      { at: 4.8, to: isBow ? 'skirt' : 'bloom', over: 1.6 },
    ],
    followRight: [
      { at: 2, to: 'rest' },
      { at: 5.6, to: isBow ? 'skirt' : 'high', over: 1.4 },
    ],
  };
}
