import type { AppError } from '@bachata-buddy/platform';
import { musicError } from './errors.ts';
import type { SongAnalysis, SongSection } from './song-analysis.ts';

const BEATS_PER_BAR = 4;
const BEATS_PER_EIGHT = 8;
/** A change must leave so many beats: fewer are no eight. */
const LEAST_BEATS = 8;

/**
 * What somebody says of a song's counts where they were misheard; done in this order. Kept beside the measured analysis,
 * never in its place.
 */
export interface GridChange {
  /** The song is counted at half of the measured tempo, or at its double. */
  readonly tempo?: 'half' | 'double' | undefined;
  /** The "1" comes so many counts later (below 0: earlier) than was heard. */
  readonly shiftCounts?: number | undefined;
  /** Seconds; the beat nearest to it is the "1" of an eight. */
  readonly firstEightSec?: number | undefined;
}

/** Counts as places in the list of beats. */
interface Grid {
  readonly beats: readonly number[];
  readonly downbeats: readonly number[];
  readonly eights: readonly number[];
}

/**
 * The analysis with its counts changed: beats, the "1"s, eights, where sections begin, tempo; what was said is certain.
 *
 * @param change `null`, or without a word: the analysis as it is.
 * @throws AppError `MUSIC_GRID_CHANGE` where the song has too few beats for it, or none near the first eight.
 */
export function changeGrid(analysis: SongAnalysis, change: GridChange | null): SongAnalysis {
  const { tempo, shiftCounts = 0, firstEightSec } = change ?? {};
  if (tempo === undefined && shiftCounts === 0 && firstEightSec === undefined) return analysis;
  let grid = gridOf(analysis);
  if (tempo === 'half') grid = halveTempo(grid);
  if (tempo === 'double') grid = doubleTempo(grid);
  grid = shiftCount(grid, shiftCounts);
  const sections = alignSections(analysis, grid);
  if (firstEightSec === undefined) return describe(analysis, grid, { sections, change });
  const anchor = beatAt(grid.beats, firstEightSec);
  grid = shiftCount(grid, anchor - nearest(grid.downbeats, anchor));
  const aligned = alignSections(analysis, grid);
  return describe(analysis, countEightsFrom(grid, anchor, aligned), { sections: aligned, change });
}

function gridOf({ beats, downbeats, eights }: SongAnalysis): Grid {
  if (beats.length < LEAST_BEATS || downbeats.length === 0) throw tooFewBeats(beats.length);
  const places = new Map(beats.map((timeSec, i) => [timeSec, i]));
  const indices = (times: readonly number[]) => times.flatMap((timeSec) => places.get(timeSec) ?? []);
  return { beats, downbeats: indices(downbeats), eights: indices(eights) };
}

/** Every second beat, counted evenly from the first eight. */
function halveTempo({ beats, downbeats, eights }: Grid): Grid {
  const anchor = eights[0] ?? downbeats[0]!;
  const kept = beats.filter((_, i) => (i - anchor) % 2 === 0);
  if (kept.length < LEAST_BEATS) throw tooFewBeats(kept.length);
  return countEvenly(kept, Math.floor(anchor / 2));
}

/** A beat between every two, counted evenly from the first eight. */
function doubleTempo({ beats, downbeats, eights }: Grid): Grid {
  const doubled = beats.flatMap((beat, i) => (i === 0 ? [beat] : [(beats[i - 1]! + beat) / 2, beat]));
  return countEvenly(doubled, 2 * (eights[0] ?? downbeats[0]!));
}

function countEvenly(beats: readonly number[], anchor: number): Grid {
  const every = (count: number) => beats.flatMap((_, i) => ((i - anchor) % count === 0 ? [i] : []));
  return { beats, downbeats: every(BEATS_PER_BAR), eights: every(BEATS_PER_EIGHT) };
}

/** The same bars, long and short ones, so many beats later; what this leaves open at the ends is counted on. */
function shiftCount(grid: Grid, by: number): Grid {
  if (by === 0) return grid;
  const { beats } = grid;
  const shift = (places: readonly number[], length: number): number[] => {
    const moved = places.map((place) => place + by).filter((place) => place >= 0 && place < beats.length);
    if (moved.length === 0) return [];
    const before: number[] = [];
    for (let place = moved[0]! - length; place >= 0; place -= length) before.unshift(place);
    for (let place = moved.at(-1)! + length; place < beats.length; place += length) moved.push(place);
    return [...before, ...moved];
  };
  const downbeats = shift(grid.downbeats, BEATS_PER_BAR);
  const eights = shift(grid.eights, BEATS_PER_EIGHT).filter((place) => downbeats.includes(place));
  if (downbeats.length === 0) throw tooFewBeats(beats.length);
  return { beats, downbeats, eights };
}

/** Every second "1" from the anchor on and back, begun anew where a section begins after it. */
function countEightsFrom(grid: Grid, anchor: number, sections: readonly SongSection[]): Grid {
  const starts = new Set(sections.map(({ start }) => grid.beats.indexOf(start)));
  const from = grid.downbeats.indexOf(anchor);
  let begun = from;
  const eights = grid.downbeats.filter((place, bar) => {
    if (bar > from && starts.has(place)) begun = bar;
    return (bar - begun) % 2 === 0;
  });
  return { ...grid, eights };
}

/** Sections on the "1"s nearest to where they began; one that has no "1" left goes. */
function alignSections(
  { sections, durationSec }: SongAnalysis,
  { beats, downbeats }: Grid,
): readonly SongSection[] {
  const times = downbeats.map((place) => beats[place]!);
  const starts = sections.map(({ start }, i) => (i === 0 ? times[0]! : times[nearestIndex(times, start)]!));
  const isKept = (i: number) => i === starts.length - 1 || starts[i + 1]! > starts[i]!;
  const kept = sections.map((section, i) => ({ ...section, start: starts[i]! })).filter((_, i) => isKept(i));
  return kept.map((section, i) => ({ ...section, end: kept[i + 1]?.start ?? durationSec }));
}

function describe(
  analysis: SongAnalysis,
  { beats, downbeats, eights }: Grid,
  { sections, change }: { readonly sections: readonly SongSection[]; readonly change: GridChange | null },
): SongAnalysis {
  const { confidence } = analysis;
  const isOneSaid = change?.shiftCounts !== undefined || change?.firstEightSec !== undefined;
  const timesOf = (places: readonly number[]) => places.map((place) => beats[place]!);
  return {
    ...analysis,
    tempoBpm: (60 * (beats.length - 1)) / (beats.at(-1)! - beats[0]!),
    beats,
    downbeats: timesOf(downbeats),
    eights: timesOf(eights),
    sections,
    confidence: {
      ...confidence,
      tempo: change?.tempo === undefined ? confidence.tempo : 1,
      downbeat: isOneSaid ? 1 : confidence.downbeat,
      eight: change?.firstEightSec === undefined ? confidence.eight : 1,
    },
  };
}

function beatAt(beats: readonly number[], timeSec: number): number {
  const place = nearestIndex(beats, timeSec);
  const usualSec = (beats.at(-1)! - beats[0]!) / (beats.length - 1);
  if (Math.abs(beats[place]! - timeSec) <= usualSec) return place;
  const span = `${beats[0]!.toFixed(2)} to ${beats.at(-1)!.toFixed(2)} s`;
  throw musicError(
    'MUSIC_GRID_CHANGE',
    `There is no beat at ${timeSec} s: the song's beats lie from ${span}.`,
  );
}

function nearest(places: readonly number[], place: number): number {
  return places[nearestIndex(places, place)]!;
}

function nearestIndex(values: readonly number[], value: number): number {
  let best = 0;
  for (const [i, other] of values.entries()) {
    if (Math.abs(other - value) < Math.abs(values[best]! - value)) best = i;
  }
  return best;
}

function tooFewBeats(count: number): AppError {
  return musicError(
    'MUSIC_GRID_CHANGE',
    `The song has ${count} beats, too few for its counts to be changed so.`,
  );
}
