import type { Bar } from './bars.ts';
import type { BarRange } from './segmentation.ts';
import type { SectionLabel } from './song-analysis.ts';
import { mean } from './statistics.ts';

/** A break is at most this long and has less than this share of the song's usual bass. */
const BREAK = { longestBars: 4, bassShare: 0.5 };
/** First and last parts longer than this are verses or choruses rather than intro or outro. */
const LONGEST_EDGE_BARS = 20;
/** In a mambo the bass walks on 2 as well: its strength there beside the 1 and the 3. */
const MAMBO_BASS_ON_TWO = 0.6;
/** Verses and choruses nearer than this (as log ratios) are not told apart by it. */
const LEAST_CONTRAST = { guiraStrokes: 0.2, loudness: 0.08 };
/** What coming first says for being a verse, as a log ratio of loudness. */
const ORDER_WEIGHT = 0.25;

/** A part of the song with its name. */
export interface LabelledRange extends BarRange {
  readonly label: SectionLabel;
}

/**
 * Name the parts of a song by what its players do.
 *
 * - break: short, inside the song, the bass gone
 * - intro, outro: the first and the last part of three or more, unless very long
 * - mambo: the bass on every beat, where it is not so in most of the song, and the lead guitar in sixteenths
 * - chorus and verse: two groups by how the güira plays, told apart by loudness and order
 *
 * Neighbouring breaks become one. The names are a dancer's guess, not musicology: a chorus is where the energy is.
 *
 * Source: iasorecords.com/node/699 (derecho in verses, majao in choruses, mambo in instrumental parts).
 *
 * @param bars All bars of the song.
 * @param ranges Contiguous parts that cover them.
 */
export function labelRanges(bars: readonly Bar[], ranges: readonly BarRange[]): LabelledRange[] {
  const parts = ranges.map((range) => ({ range, sound: summarise(bars.slice(range.from, range.to)) }));
  const whole = summarise(bars);
  const labels = parts.map(({ range, sound }, i): SectionLabel | undefined => {
    const length = range.to - range.from;
    const inside = i > 0 && i < parts.length - 1;
    if (inside && length <= BREAK.longestBars && sound.bass < BREAK.bassShare * whole.bass) return 'break';
    if (!inside && parts.length >= 3 && length <= LONGEST_EDGE_BARS) return i === 0 ? 'intro' : 'outro';
    return isMambo(sound, whole) ? 'mambo' : undefined;
  });
  const open = parts.filter((_, i) => labels[i] === undefined);
  const isChorus = findChoruses(open.map(({ sound }) => sound));
  let next = 0;
  const named = ranges.map((range, i): LabelledRange => {
    return { ...range, label: labels[i] ?? (isChorus[next++] ? 'chorus' : 'verse') };
  });
  return joinBreaks(named);
}

interface Sound {
  /** Mean bass onset on 1, 3 and 4. */
  readonly bass: number;
  /** Bass onset on 2 relative to that on 1 and 3. */
  readonly bassOnTwo: number;
  /** Sixteenths of strings and lead. */
  readonly leadRuns: number;
  /** Log of the high band's strokes between the beats relative to those on the beat. */
  readonly guiraStrokes: number;
  /** Log of the root mean square. */
  readonly loudness: number;
}

function summarise(bars: readonly Bar[]): Sound {
  const over = (pick: (bar: Bar) => number) => mean(bars.map(pick));
  const one = over((bar) => bar.bassOnBeats[0]!);
  const three = over((bar) => bar.bassOnBeats[2]!);
  const high = [0, 1, 2].map((kind) => over((bar) => bar.density[4]![kind]!));
  return {
    bass: (one + three + over((bar) => bar.bassOnBeats[3]!)) / 3,
    bassOnTwo: over((bar) => bar.bassOnBeats[1]!) / Math.max(1e-6, (one + three) / 2),
    leadRuns: over((bar) => bar.density[1]![2]! + bar.density[2]![2]! + bar.density[3]![2]!),
    guiraStrokes: Math.log((0.02 + high[1]! + 2 * high[2]!) / (0.02 + high[0]!)),
    loudness: Math.log(1e-4 + over((bar) => bar.rms)),
  };
}

function isMambo(sound: Sound, whole: Sound): boolean {
  const walking = sound.bassOnTwo > MAMBO_BASS_ON_TWO && sound.bassOnTwo > 1.3 * whole.bassOnTwo;
  return walking && sound.bass > BREAK.bassShare * whole.bass && sound.leadRuns > whole.leadRuns;
}

/**
 * True for the choruses among the parts that are verse or chorus. They form two groups by the strokes of the güira (by
 * loudness where that never changes); the louder group is the chorus, unless it is only a little louder and comes
 * first: songs begin with a verse.
 */
function findChoruses(sounds: readonly Sound[]): boolean[] {
  const first = splitInTwo(
    sounds.map(({ guiraStrokes }) => guiraStrokes),
    LEAST_CONTRAST.guiraStrokes,
  );
  const groups =
    first ??
    splitInTwo(
      sounds.map(({ loudness }) => loudness),
      LEAST_CONTRAST.loudness,
    );
  // All alike: nothing but the order of things is left.
  if (groups === undefined) return sounds.map((_, i) => i % 2 === 1);
  const loudnessOf = (group: boolean) =>
    mean(sounds.filter((_, i) => groups[i] === group).map((s) => s.loudness));
  const order = groups[0] ? -ORDER_WEIGHT : ORDER_WEIGHT;
  const upperIsChorus = loudnessOf(true) - loudnessOf(false) + order > 0;
  return groups.map((upper) => upper === upperIsChorus);
}

/** Two means in one dimension: true for the upper group; undefined where all values are nearly alike. */
function splitInTwo(values: readonly number[], leastContrast: number): boolean[] | undefined {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (!(high - low >= leastContrast)) return undefined;
  for (let round = 0; round < 20; round++) {
    const middle = (low + high) / 2;
    low = mean(values.filter((value) => value <= middle));
    high = mean(values.filter((value) => value > middle));
  }
  return values.map((value) => value > (low + high) / 2);
}

function joinBreaks(ranges: readonly LabelledRange[]): LabelledRange[] {
  const joined: LabelledRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last?.label === 'break' && range.label === 'break')
      joined[joined.length - 1] = { ...last, to: range.to };
    else joined.push(range);
  }
  return joined;
}
