import type { SongAnalysis } from '@bachata-buddy/music';
import { choreographyError } from '../errors.ts';

export const COUNTS_PER_BAR = 4;
export const COUNTS_PER_EIGHT = 8;
/** A hole between two beats of more than this many usual intervals hides beats. */
const HOLE_INTERVALS = 1.5;
/** Beats next to an end of the song that tell its tempo there. */
const INTERVALS_AT_END = 8;
/** A downbeat is the beat no farther away than this. */
const DOWNBEAT_TOLERANCE_SEC = 0.05;
const END_TOLERANCE_SEC = 0.02;
/** 400 beats per minute; nobody dances to more. */
const LEAST_INTERVAL_SEC = 0.15;

/** The song's counts: where each begins, and which of them is a "1". */
export interface CountGrid {
  /** Strictly rising, seconds: count i lasts from boundaries[i] to boundaries[i + 1]. */
  readonly boundaries: readonly number[];
  /** Counts on which a bar begins, rising, the first 0; bars have up to seven counts, nearly always four. */
  readonly bars: readonly number[];
}

/**
 * The grid moves are laid on. Beats are taken as they are; holes between them are filled evenly. It begins with the
 * first downbeat; a lead-in or a tail of eight beats or more is covered by continuing the tempo in whole eights. The
 * last beat's count is as long as the one before, where the song lasts that long.
 *
 * Throws `CHOREOGRAPHY_NO_BEATS` where there is not one whole bar.
 */
export function buildCountGrid(analysis: SongAnalysis): CountGrid {
  const grid = layCounts(analysis);
  if (grid === null)
    throw choreographyError('CHOREOGRAPHY_NO_BEATS', 'No beats could be found in this song.');
  return grid;
}

/** Whether there is one whole bar to dance to: what no dance can be made of otherwise. */
export function canBeDanced(analysis: SongAnalysis): boolean {
  return layCounts(analysis) !== null;
}

/** Null where there is not one whole bar. */
function layCounts(analysis: SongAnalysis): CountGrid | null {
  const beats = fillHoles(strictlyRising(analysis.beats));
  if (beats.length < COUNTS_PER_BAR) return null;
  const downbeats = downbeatIndices(beats, analysis.downbeats);
  const led = withLeadIn(beats, downbeats[0]!);
  const shift = led.boundaries.length - beats.length;
  const starts = [...led.extraBars, ...downbeats.map((beat) => beat + shift)];
  const boundaries = withTail(led.boundaries, starts.at(-1)!, analysis.durationSec);
  const counts = boundaries.length - 1;
  return counts < COUNTS_PER_BAR ? null : { boundaries, bars: splitLongBars(starts, counts) };
}

function strictlyRising(times: readonly number[]): number[] {
  const rising: number[] = [];
  for (const time of times) {
    if (Number.isFinite(time) && time > (rising.at(-1) ?? -1e-9)) rising.push(Math.max(0, time));
  }
  return rising;
}

function fillHoles(beats: readonly number[]): number[] {
  const usual = usualInterval(beats);
  return beats.flatMap((beat, index) => {
    const next = beats[index + 1];
    if (next === undefined || next - beat <= HOLE_INTERVALS * usual) return [beat];
    const pieces = Math.round((next - beat) / usual);
    return Array.from({ length: pieces }, (_, piece) => beat + ((next - beat) * piece) / pieces);
  });
}

function downbeatIndices(beats: readonly number[], downbeats: readonly number[]): number[] {
  const indices: number[] = [];
  let beat = 0;
  for (const time of downbeats) {
    while (beat < beats.length && beats[beat]! < time - DOWNBEAT_TOLERANCE_SEC) beat++;
    const isBeat = beat < beats.length && Math.abs(beats[beat]! - time) <= DOWNBEAT_TOLERANCE_SEC;
    if (isBeat && beat !== indices.at(-1)) indices.push(beat);
  }
  return indices.length > 0 ? indices : [0];
}

/** The beats from the first downbeat on, with whole eights before it where the lead-in is that long. */
function withLeadIn(
  beats: readonly number[],
  first: number,
): { readonly boundaries: number[]; readonly extraBars: number[] } {
  const interval = usualInterval(beats.slice(0, INTERVALS_AT_END + 1));
  const before = Math.floor(beats[0]! / interval + 1e-9);
  const counts = Math.floor((before + first) / COUNTS_PER_EIGHT) * COUNTS_PER_EIGHT;
  const invented = Math.max(0, counts - first);
  const lead = Array.from({ length: invented }, (_, index) =>
    Math.max(0, beats[0]! - (invented - index) * interval),
  );
  const boundaries = [...lead, ...beats.slice(Math.max(0, first - counts))];
  const extraBars = Array.from({ length: counts / COUNTS_PER_BAR }, (_, bar) => bar * COUNTS_PER_BAR);
  return { boundaries, extraBars };
}

/** The boundaries with the end of the last beat's count, and with whole bars behind where the tail is long. */
function withTail(boundaries: readonly number[], lastDownbeat: number, durationSec: number): number[] {
  const last = boundaries.at(-1)!;
  const interval = usualInterval(boundaries.slice(-INTERVALS_AT_END - 1));
  const room = Math.max(0, Math.floor((durationSec + END_TOLERANCE_SEC - last) / interval));
  const overhang = (boundaries.length - 1 - lastDownbeat + room) % COUNTS_PER_BAR;
  const added = room >= COUNTS_PER_EIGHT ? room - overhang : Math.min(1, room);
  return [...boundaries, ...Array.from({ length: added }, (_, index) => last + (index + 1) * interval)];
}

/** Bars of eight counts and more become bars of four, where a downbeat was overlooked or none follows. */
function splitLongBars(starts: readonly number[], counts: number): number[] {
  return starts.flatMap((start, index) => {
    const next = starts[index + 1];
    const length = (next ?? counts) - start;
    const isLast = next === undefined;
    const pieces = isLast ? Math.ceil(length / COUNTS_PER_BAR) : Math.floor(length / COUNTS_PER_BAR);
    return Array.from(
      { length: Math.max(isLast ? 0 : 1, pieces) },
      (_, piece) => start + piece * COUNTS_PER_BAR,
    );
  });
}

/** The median distance of neighbouring times, never so small that filling up would run away. */
function usualInterval(times: readonly number[]): number {
  const distances = times.slice(1).map((time, index) => time - times[index]!);
  const sorted = distances.sort((a, b) => a - b);
  return Math.max(LEAST_INTERVAL_SEC, sorted[Math.floor(sorted.length / 2)] ?? 0);
}
