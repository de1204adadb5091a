import type { Bar } from './bars.ts';
import { deviation, median, standardise } from './statistics.ts';

/** Longest part considered, in bars. */
const LONGEST_PART_BARS = 40;
/** Cost of a part, in units of the song's mean squared deviation: a part must explain more than it costs. */
const PART_COST = 5;

/** The güira is heard in this band of onset strength and above. */
const GUIRA_BAND = 4;

/** A part of the song as bar numbers, `from` included, `to` not. */
export interface BarRange {
  readonly from: number;
  readonly to: number;
}

/**
 * Cut the song into parts that sound alike within and change at their edges.
 *
 * The segmentation with the least sum, over parts, of the scatter of the bars around their part's mean plus a cost per
 * part that depends on its length: bachata is made of phrases of four bars, parts mostly of eight or sixteen; anything
 * odd, a break of a bar or two as well, has to be heard clearly.
 *
 * This is the optimum that peaks of a checkerboard novelty approach, with length knowledge built in.
 *
 * Sources: J. Foote, "Automatic audio segmentation using a measure of audio novelty", ICME 2000; K. Jensen, "Multiple
 * scale music segmentation using rhythm, timbre, and harmony", EURASIP 2007 (shortest path over parts).
 *
 * @param bars In order; may be empty.
 * @returns Contiguous ranges that cover all bars.
 */
export function segmentBars(bars: readonly Bar[]): BarRange[] {
  const scatter = prepareScatter(barFeatures(bars));
  const costs = [0];
  const starts = [0];
  for (let to = 1; to <= bars.length; to++) {
    let best = Number.POSITIVE_INFINITY;
    for (let from = Math.max(0, to - LONGEST_PART_BARS); from < to; from++) {
      const atEdge = from === 0 || to === bars.length;
      const cost = costs[from]! + scatter(from, to) + PART_COST * lengthFactor(to - from, atEdge);
      if (cost >= best) continue;
      best = cost;
      starts[to] = from;
    }
    costs[to] = best;
  }
  const ranges: BarRange[] = [];
  for (let to = bars.length; to > 0; to = starts[to]!) ranges.push({ from: starts[to]!, to });
  return ranges.reverse();
}

/** Cost factor of a part of so many bars. First and last parts are cut freely: songs fade in and out. */
function lengthFactor(length: number, atEdge: boolean): number {
  if (length % 8 === 0) return 1;
  if (length % 4 === 0) return 1.15;
  if (length <= 2) return 2.5;
  if (length % 2 === 0) return atEdge ? 1.5 : 2;
  return atEdge ? 2 : 4;
}

/**
 * Per bar a vector in which what is steady within parts and differs between them (a güira in sixteenths, a bass on
 * every beat) counts most. Groups of features weigh alike, however many numbers they hold.
 */
function barFeatures(bars: readonly Bar[]): number[][] {
  const groups: ReadonlyArray<readonly [number, (bar: Bar) => readonly number[]]> = [
    [1, (bar) => bar.density.slice(0, GUIRA_BAND).flat().map(compressOnset)],
    [1, (bar) => bar.density.slice(GUIRA_BAND).flat().map(compressOnset)],
    [1, (bar) => bar.bassOnBeats.map(compressOnset)],
    [1, (bar) => bar.mfcc],
    [1, (bar) => [Math.log(bar.rms + 1e-4)]],
    [1, (bar) => [...bar.chroma]],
  ];
  const features: number[][] = bars.map(() => []);
  for (const [weight, pick] of groups) {
    const rows = bars.map(pick);
    for (let k = 0; k < (rows[0]?.length ?? 0); k++) {
      const column = rows.map((row) => row[k]!);
      const spread = deviation(column);
      const steadiness = spread > 1e-9 ? spread / (0.3 * spread + medianStep(column)) : 0;
      const scale = Math.sqrt((weight / rows[0]!.length) * steadiness);
      for (const [i, value] of standardise(column).entries()) features[i]!.push(value * scale);
    }
  }
  return features;
}

/** Median change from one bar to the next: small beside the deviation where a feature changes with the parts only. */
function medianStep(column: readonly number[]): number {
  return median(column.slice(1).map((value, i) => Math.abs(value - column[i]!)));
}

/** Twice as many strokes matter alike whether they are loud or soft; what is softer than 0.03 is noise. */
function compressOnset(strength: number): number {
  return Math.log(0.03 + strength);
}

/** Sum of squared distances from the mean of the rows from..to, in constant time through prefix sums. */
function prepareScatter(rows: readonly (readonly number[])[]): (from: number, to: number) => number {
  const width = rows[0]?.length ?? 0;
  const sums = [new Float64Array(width)];
  const squares = [0];
  for (const [i, row] of rows.entries()) {
    sums.push(sums[i]!.map((sum, k) => sum + row[k]!));
    squares.push(squares[i]! + row.reduce((sum, value) => sum + value * value, 0));
  }
  return (from, to) => {
    let meanSquares = 0;
    for (let k = 0; k < width; k++) meanSquares += (sums[to]![k]! - sums[from]![k]!) ** 2;
    return Math.max(0, squares[to]! - squares[from]! - meanSquares / (to - from));
  };
}
