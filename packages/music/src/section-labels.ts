import type { Bar } from './bars.ts';
import type { BarRange } from './segmentation.ts';
import type { SectionLabel } from './song-analysis.ts';
import { mean } from './statistics.ts';

/** A break is at most this long and has less than this share of the song's usual bass. */
const BREAK = { longestBars: 4, bassShare: 0.6, noBassShare: 0.2 };
/** First and last parts longer than this are verses or choruses rather than intro or outro. */
const LONGEST_EDGE_BARS = 20;
/** A first part that is as full as the song goes on is an intro where it is no longer than this, else a verse. */
const LONGEST_FULL_INTRO_BARS = 8;
/** The last part is an outro where it is softer than the part before by so much (log ratio), surely by so much. */
const EDGE_STEP = { least: 0.1, clear: 0.4 };
/**
 * In a mambo the bass walks on 2 as well (its strength there beside the 1 and the 3), or the lead runs in sixteenths far
 * more than elsewhere while the band plays as loud as ever (log ratio to the loudest part).
 */
const MAMBO = { bassOnTwo: 0.6, leadRuns: 1.4, softest: -0.2, contrast: 1.15 };
/** Verses and choruses nearer than this (as log ratios) are not told apart by it. */
const LEAST_CONTRAST = { guiraStrokes: 0.2, loudness: 0.08 };
/** Loudness tells verses from choruses where its contrast is so many times that of the strokes. */
const LOUDNESS_LEAD = 1.5;
/** What coming first says for being a verse, as a log ratio of loudness. */
const ORDER_WEIGHT = 0.25;
/** How sure verses and choruses are where nothing but their order tells them apart. */
const ORDER_ALONE = 0.25;
/** What confidence is left of a name that the güira gives and the loudness of the part contradicts. */
const TRUST_IN_CONTRADICTION = 0.6;

/** Parts of these names that follow each other are one. */
const JOINED: readonly SectionLabel[] = ['intro', 'break'];

/** A part of the song with its name. */
export interface LabelledRange extends BarRange, Name {}

/** What a part is called, and how sure that is, 0..1. */
interface Name {
  readonly label: SectionLabel;
  readonly confidence: number;
}

/** A part and what it sounds like. */
interface Part {
  readonly range: BarRange;
  readonly sound: Sound;
}

/**
 * Name the parts of a song by what its players do.
 *
 * - break: short, inside the song, the bass gone
 * - intro: the first part of three or more, unless it is long and as full as the song goes on, or very long; outro: the
 *   last, where it is softer than the one before
 * - mambo: the bass on every beat, where it is not so in most of the song, and the lead guitar in sixteenths; or the lead
 *   in sixteenths much more than elsewhere, and loud
 * - chorus and verse: two groups by how the güira plays, told apart by loudness and order
 *
 * Neighbouring breaks become one, and so do the pieces of an intro. The names are a dancer's guess, not musicology: a
 * chorus is where the energy is. A name is surer the further what decides it lies from where it would decide otherwise.
 *
 * Source: iasorecords.com/node/699 (derecho in verses, majao in choruses, mambo in instrumental parts).
 *
 * @param bars All bars of the song.
 * @param ranges Contiguous parts that cover them.
 */
export function labelRanges(bars: readonly Bar[], ranges: readonly BarRange[]): LabelledRange[] {
  const parts = ranges.map((range) => ({ range, sound: summarise(bars.slice(range.from, range.to)) }));
  const whole = summarise(bars);
  const names = parts.map(
    (_, i) => nameBreak(parts, i, whole) ?? nameEdge(parts, i, whole) ?? nameMambo(parts, i, whole),
  );
  const open = nameVersesAndChoruses(
    parts.filter((_, i) => names[i] === undefined).map(({ sound }) => sound),
  );
  let next = 0;
  return joinAlike(ranges.map((range, i) => ({ ...range, ...(names[i] ?? open[next++]!) })));
}

function isInside(parts: readonly Part[], i: number): boolean {
  return i > 0 && i < parts.length - 1;
}

/** A short part inside the song without bass; where the bass has not come in yet, it is still the intro. */
function nameBreak(parts: readonly Part[], i: number, whole: Sound): Name | undefined {
  const { range, sound } = parts[i]!;
  const lacksBass = (other: Part) => other.sound.bass < BREAK.bassShare * whole.bass;
  if (!isInside(parts, i) || range.to - range.from > BREAK.longestBars || !lacksBass(parts[i]!))
    return undefined;
  const label = parts.slice(0, i).every(lacksBass) ? 'intro' : 'break';
  return { label, confidence: lackOfBass(sound, whole) };
}

function lackOfBass(sound: Sound, whole: Sound): number {
  return sureness(-sound.bass, -BREAK.bassShare * whole.bass, -BREAK.noBassShare * whole.bass);
}

/** The first part of a song, and the last where it is softer. */
function nameEdge(parts: readonly Part[], i: number, whole: Sound): Name | undefined {
  const { range, sound } = parts[i]!;
  if (isInside(parts, i) || parts.length < 3 || range.to - range.from > LONGEST_EDGE_BARS) return undefined;
  if (i === 0) {
    if (range.to - range.from > LONGEST_FULL_INTRO_BARS && !isThinner(parts, whole)) return undefined;
    const rise = parts[1]!.sound.loudness - sound.loudness;
    return {
      label: 'intro',
      confidence: Math.max(lackOfBass(sound, whole), sureness(rise, 0, EDGE_STEP.clear)),
    };
  }
  const fall = parts[i - 1]!.sound.loudness - sound.loudness;
  if (fall <= EDGE_STEP.least) return undefined;
  return { label: 'outro', confidence: sureness(fall, EDGE_STEP.least, EDGE_STEP.clear) };
}

/** Whether the first part lacks bass, or is softer than all others inside the song. */
function isThinner(parts: readonly Part[], whole: Sound): boolean {
  const { bass, loudness } = parts[0]!.sound;
  const others = parts.slice(1, -1).map(({ sound }) => sound.loudness);
  return bass < BREAK.bassShare * whole.bass || loudness < Math.min(...others) - EDGE_STEP.least;
}

function nameMambo(parts: readonly Part[], i: number, whole: Sound): Name | undefined {
  const { sound } = parts[i]!;
  if (sound.bass <= BREAK.bassShare * whole.bass) return undefined;
  const runs = howItRuns(
    sound,
    parts.map((part) => part.sound),
    whole,
  );
  const confidence = Math.max(runs, howItWalks(sound, whole));
  return confidence > 0 ? { label: 'mambo', confidence } : undefined;
}

/** How sure a finding is: 0.5 at the value from which on it is one, 1 at one that is clear; less before. */
function sureness(value: number, least: number, clear: number): number {
  return Math.min(1, Math.max(0, 0.5 + (0.5 * (value - least)) / (clear - least)));
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

/** How sure it is that the bass walks and the lead runs along; 0 where they do not. */
function howItWalks(sound: Sound, whole: Sound): number {
  const least = Math.max(MAMBO.bassOnTwo, 1.3 * whole.bassOnTwo);
  if (sound.bassOnTwo <= least || sound.leadRuns <= whole.leadRuns) return 0;
  return sureness(sound.bassOnTwo, least, 1.3 * least);
}

/** How sure it is that the lead runs here, loud, and not so in another loud part: where all of those run, they are choruses. */
function howItRuns(sound: Sound, sounds: readonly Sound[], whole: Sound): number {
  const loudest = Math.max(...sounds.map(({ loudness }) => loudness));
  const isLoud = ({ loudness }: Sound) => loudness > loudest + MAMBO.softest;
  const isCalmer = ({ leadRuns }: Sound) => leadRuns * MAMBO.contrast < sound.leadRuns;
  const least = MAMBO.leadRuns * whole.leadRuns;
  if (sound.leadRuns <= least || !isLoud(sound)) return 0;
  if (!sounds.some((other) => isLoud(other) && isCalmer(other))) return 0;
  return sureness(sound.leadRuns, least, 1.3 * least);
}

/**
 * The parts that are verse or chorus form two groups by the strokes of the güira; by loudness where that never changes, or
 * where it only sets one part apart and loudness tells them apart far better. The louder group is the chorus, unless it is
 * only a little louder and comes first: songs begin with a verse.
 */
function nameVersesAndChoruses(sounds: readonly Sound[]): Name[] {
  const byStrokes = splitInTwo(
    sounds.map(({ guiraStrokes }) => guiraStrokes),
    LEAST_CONTRAST.guiraStrokes,
  );
  const byLoudness = splitInTwo(
    sounds.map(({ loudness }) => loudness),
    LEAST_CONTRAST.loudness,
  );
  const isLoudnessClearer =
    isOneApart(byStrokes) && (byLoudness?.contrast ?? 0) > LOUDNESS_LEAD * (byStrokes?.contrast ?? 0);
  const groups = (isLoudnessClearer ? byLoudness : (byStrokes ?? byLoudness))?.members;
  // All alike: nothing but the order of things is left.
  if (groups === undefined) {
    return sounds.map((_, i) => ({ label: i % 2 === 1 ? 'chorus' : 'verse', confidence: ORDER_ALONE }));
  }
  const loudnessOf = (isUpper: boolean) =>
    mean(sounds.filter((_, i) => groups[i]!.isUpper === isUpper).map(({ loudness }) => loudness));
  const order = groups[0]!.isUpper ? -ORDER_WEIGHT : ORDER_WEIGHT;
  const evidence = loudnessOf(true) - loudnessOf(false) + order;
  const whichIsChorus = sureness(Math.abs(evidence), 0, ORDER_WEIGHT);
  return groups.map(({ isUpper, clearness }, i) => {
    const isChorus = isUpper === evidence > 0;
    const isContradicted = byLoudness !== undefined && byLoudness.members[i]!.isUpper !== isChorus;
    const trust = isContradicted ? TRUST_IN_CONTRADICTION : 1;
    return { label: isChorus ? 'chorus' : 'verse', confidence: whichIsChorus * clearness * trust };
  });
}

/** Which of two groups a value belongs to, and how clearly: 0.5 in the middle between their means, 1 at its own. */
interface Membership {
  readonly isUpper: boolean;
  readonly clearness: number;
}

/** Whether one part is alone in its group: a mambo that was not heard as one, rather than the only verse or chorus. */
function isOneApart(split: Split | undefined): boolean {
  const upper = split?.members.filter(({ isUpper }) => isUpper).length ?? 0;
  return (
    split !== undefined && split.members.length > 2 && (upper === 1 || upper === split.members.length - 1)
  );
}

interface Split {
  readonly members: readonly Membership[];
  /** How far the groups lie apart, in units of what their members scatter and of the least contrast. */
  readonly contrast: number;
}

/** Two means in one dimension; undefined where all values are nearly alike. */
function splitInTwo(values: readonly number[], leastContrast: number): Split | undefined {
  let low = Math.min(...values);
  let high = Math.max(...values);
  if (!(high - low >= leastContrast)) return undefined;
  for (let round = 0; round < 20; round++) {
    const middle = (low + high) / 2;
    low = mean(values.filter((value) => value <= middle));
    high = mean(values.filter((value) => value > middle));
  }
  const middle = (low + high) / 2;
  const scatter = mean(values.map((value) => Math.abs(value - (value > middle ? high : low))));
  return {
    members: values.map((value) => ({
      isUpper: value > middle,
      clearness: sureness(Math.abs(value - middle), 0, high - middle),
    })),
    contrast: (high - low) / (scatter + leastContrast / 2),
  };
}

function joinAlike(ranges: readonly LabelledRange[]): LabelledRange[] {
  const joined: LabelledRange[] = [];
  for (const range of ranges) {
    const last = joined.at(-1);
    if (last?.label === range.label && JOINED.includes(range.label))
      joined[joined.length - 1] = joinRanges(last, range);
    else joined.push(range);
  }
  return joined;
}

/** The name of two parts that are one is as sure as that of the longer. */
function joinRanges(first: LabelledRange, second: LabelledRange): LabelledRange {
  const longer = second.to - second.from > first.to - first.from ? second : first;
  return { ...first, to: second.to, confidence: longer.confidence };
}
