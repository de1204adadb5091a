import type { Bar } from '../forms.ts';
import type { BongoStroke, PatternStroke } from '../score.ts';

type Strokes = readonly PatternStroke<BongoStroke>[];

/** Derecho: the hammer (martillo) on the small head, and the large one on 4. */
const MARTILLO: Strokes = [
  { eighth: 0, stroke: 'machoOpen', velocity: 0.8 },
  { eighth: 1, stroke: 'machoTip', velocity: 0.4 },
  { eighth: 2, stroke: 'machoSlap', velocity: 0.6 },
  { eighth: 3, stroke: 'machoTip', velocity: 0.4 },
  { eighth: 4, stroke: 'machoOpen', velocity: 0.7 },
  { eighth: 5, stroke: 'machoTip', velocity: 0.4 },
  { eighth: 6, stroke: 'hembraOpen', velocity: 0.95 },
  { eighth: 7, stroke: 'hembraTip', velocity: 0.5 },
];

/** Majao: open and heavier, the large head answers on the second half of the bar. */
const MAJAO: Strokes = [
  { eighth: 0, stroke: 'machoOpen', velocity: 0.95 },
  { eighth: 2, stroke: 'machoSlap', velocity: 0.8 },
  { eighth: 3, stroke: 'machoTip', velocity: 0.45 },
  { eighth: 4, stroke: 'machoOpen', velocity: 0.85 },
  { eighth: 5, stroke: 'hembraTip', velocity: 0.5 },
  { eighth: 6, stroke: 'hembraOpen', velocity: 1 },
  { eighth: 7, stroke: 'hembraOpen', velocity: 0.6 },
];

const MAMBO: Strokes = [
  ...MAJAO,
  { eighth: 1, stroke: 'machoTip', velocity: 0.5 },
  { eighth: 7.5, stroke: 'machoTip', velocity: 0.45 },
];

/** Only the pulse, so that dancers keep their count through the break. */
const SPARSE: Strokes = [
  { eighth: 0, stroke: 'machoOpen', velocity: 0.55 },
  { eighth: 2, stroke: 'machoTip', velocity: 0.5 },
  { eighth: 4, stroke: 'machoTip', velocity: 0.55 },
  { eighth: 6, stroke: 'hembraOpen', velocity: 0.7 },
];

/** Sixteenths over beats 3 and 4, rising, the hands falling to the large head. */
const FILL: Strokes = [
  ...MARTILLO.slice(0, 4),
  ...Array.from({ length: 8 }, (_, index): PatternStroke<BongoStroke> => {
    const stroke = index < 4 ? (index % 2 === 0 ? 'machoOpen' : 'machoSlap') : 'hembraOpen';
    return { eighth: 4 + index / 2, stroke, velocity: (index % 2 === 0 ? 0.65 : 0.45) + 0.03 * index };
  }),
];

/** The bongo's bar: martillo, majao or mambo by section, a roll into the next section. */
export function bongoBar(bar: Bar): Strokes {
  const isLast = bar.barInSection === bar.barsInSection - 1;
  if (isLast) return FILL;
  switch (bar.section) {
    case 'chorus':
      return MAJAO;
    case 'mambo':
      return MAMBO;
    case 'break':
      return SPARSE;
    default: {
      // Every fourth bar lifts a little at its end.
      const lift: Strokes = [{ eighth: 7.5, stroke: 'machoSlap', velocity: 0.5 }];
      return bar.barInSection % 4 === 3 ? [...MARTILLO, ...lift] : MARTILLO;
    }
  }
}
