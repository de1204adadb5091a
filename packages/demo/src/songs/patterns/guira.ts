import type { Bar } from '../forms.ts';
import type { GuiraStroke, PatternStroke } from '../score.ts';

type Strokes = readonly PatternStroke<GuiraStroke>[];

/** Verse: eighths, long on the beat and short between. */
const EIGHTHS: Strokes = Array.from({ length: 8 }, (_, eighth) => ({
  eighth,
  stroke: eighth % 2 === 0 ? 'long' : 'short',
  velocity: eighth === 0 || eighth === 4 ? 0.75 : eighth % 2 === 0 ? 0.65 : 0.5,
}));

/** Chorus and mambo: one scrape a beat, 1 and 3 leaning. */
const QUARTERS: Strokes = [
  { eighth: 0, stroke: 'long', velocity: 1 },
  { eighth: 2, stroke: 'long', velocity: 0.75 },
  { eighth: 4, stroke: 'long', velocity: 0.9 },
  { eighth: 6, stroke: 'long', velocity: 0.8 },
];

const SPARSE: Strokes = QUARTERS.map((stroke) => ({
  ...stroke,
  stroke: 'short',
  velocity: stroke.velocity * 0.5,
}));

/** Leads over the bar line into the next section. */
const PICKUP: Strokes = [
  { eighth: 7, stroke: 'short', velocity: 0.7 },
  { eighth: 7.5, stroke: 'short', velocity: 0.55 },
];

/** The güira's bar: eighths in verses, quarters in chorus and mambo, ticks in intro and break. */
export function guiraBar(bar: Bar): Strokes {
  const isLast = bar.barInSection === bar.barsInSection - 1;
  switch (bar.section) {
    case 'chorus':
    case 'mambo':
      return isLast ? [...QUARTERS, ...PICKUP] : QUARTERS;
    case 'intro':
    case 'break':
      return isLast ? [...SPARSE, ...PICKUP] : SPARSE;
    default:
      return EIGHTHS;
  }
}
