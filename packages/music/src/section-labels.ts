import type { Bar } from './bars.ts';
import type { BarRange } from './segmentation.ts';
import type { SectionLabel } from './song-analysis.ts';
import { mean } from './statistics.ts';

/** A break is at most this long and has less than this share of the song's usual bass. */
const BREAK = { longestBars: 4, bassShare: 0.6 };
/** First and last parts longer than this are verses or choruses rather than intro or outro. */
const LONGEST_EDGE_BARS = 20;
/** The last part is an outro where it is softer than the part before by this log ratio. */
const OUTRO_FALL = 0.1;
/**
 * In a mambo the bass walks on 2 as well (its strength there beside the 1 and the 3), or the lead runs in sixteenths far
 * more than elsewhere while the band plays as loud as ever (log ratio to the loudest part).
 */
const MAMBO = { bassOnTwo: 0.6, leadRuns: 1.4, softest: -0.2, contrast: 1.15 };
/** Verses and choruses nearer than this (as log ratios) are not told apart by it. */
const LEAST_CONTRAST = { guiraStrokes: 0.2, loudness: 0.08 };
/** What coming first says for being a verse, as a log ratio of loudness. */
const ORDER_WEIGHT = 0.25;

/** Parts of these names that follow each other are one. */
const JOINED: readonly SectionLabel[] = ['intro', 'break'];

/** A part of the song with its name. */
export interface LabelledRange extends BarRange {
  readonly label: SectionLabel;
}

/**
 * Name the parts of a song by what its players do.
 *
 * - break: short, inside the song, the bass gone
 * - intro: the first part of three or more, unless very long; outro: the last, where it is softer than
 *   the one before
 * - mambo: the bass on every beat, where it is not so in most of the song, and the lead guitar in sixteenths; or the lead
 *   in sixteenths much more than elsewhere, and loud
 * - chorus and verse: two groups by how the güira plays, told apart by loudness and order
 *
 * Neighbouring breaks become one, and so do the pieces of an intro. The names are a dancer's guess, not musicology: a chorus is where the energy is.
 *
 * Source: iasorecords.com/node/699 (derecho in verses, majao in choruses, mambo in instrumental parts).
 *
 * @param bars All bars of the song.
 * @param ranges Contiguous parts that cover them.
 */
export function labelRanges(bars: readonly Bar[], ranges: readonly BarRange[]): LabelledRange[] {
  const parts = ranges.map((range) => ({ range, sound: summarise(bars.slice(range.from, range.to)) }));
  const whole = summarise(bars);
  const sounds = parts.map(({ sound }) => sound);
  const lacksBass = (sound: Sound) => sound.bass < BREAK.bassShare * whole.bass;
  const labels = parts.map(({ range, sound }, i): SectionLabel | undefined => {
    const length = range.to - range.from;
    const inside = i > 0 && i < parts.length - 1;
    if (inside && length <= BREAK.longestBars && lacksBass(sound)) {
      // Where the bass has not come in yet, it is still the intro.
      return parts.slice(0, i).every((before) => lacksBass(before.sound)) ? 'intro' : 'break';
    }
    if (!inside && parts.length >= 3 && length <= LONGEST_EDGE_BARS) {
      if (i === 0) return 'intro';
      if (sound.loudness < parts[i - 1]!.sound.loudness - OUTRO_FALL) return 'outro';
    }
    return isMambo(sound, sounds, whole) ? 'mambo' : undefined;
  });
  const open = parts.filter((_, i) => labels[i] === undefined);
  const isChorus = findChoruses(open.map(({ sound }) => sound));
  let next = 0;
  const named = ranges.map((range, i): LabelledRange => {
    return { ...range, label: labels[i] ?? (isChorus[next++] ? 'chorus' : 'verse') };
  });
  return joinAlike(named);
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

function isMambo(sound: Sound, sounds: readonly Sound[], whole: Sound): boolean {
  if (sound.bass <= BREAK.bassShare * whole.bass) return false;
  const walking = sound.bassOnTwo > MAMBO.bassOnTwo && sound.bassOnTwo > 1.3 * whole.bassOnTwo;
  return runsAlone(sound, sounds, whole) || (walking && sound.leadRuns > whole.leadRuns);
}

/** Whether the lead runs here, loud, and not so in another loud part: where all of those run, they are choruses. */
function runsAlone(sound: Sound, sounds: readonly Sound[], whole: Sound): boolean {
  const loudest = Math.max(...sounds.map(({ loudness }) => loudness));
  const isLoud = ({ loudness }: Sound) => loudness > loudest + MAMBO.softest;
  const isCalmer = ({ leadRuns }: Sound) => leadRuns * MAMBO.contrast < sound.leadRuns;
  const runs = sound.leadRuns > MAMBO.leadRuns * whole.leadRuns;
  return runs && isLoud(sound) && sounds.some((other) => isLoud(other) && isCalmer(other));
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

function joinAlike(ranges: readonly LabelledRange[]): LabelledRange[] {
  const joined: LabelledRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last?.label === range.label && JOINED.includes(range.label))
      joined[joined.length - 1] = { ...last, to: range.to };
    else joined.push(range);
  }
  return joined;
}
