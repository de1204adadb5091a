/**
 * How near heard times and parts are to the truth, as mir_eval defines it.
 *
 * Source: C. Raffel et al., "mir_eval: a transparent implementation of common MIR metrics", ISMIR 2014; its modules
 * `beat` and `segment`.
 */

/** A part of a song, seconds. */
export interface Span {
  readonly label: string;
  readonly start: number;
  readonly end: number;
}

/** Beats earlier than this are not scored: a tracker may need to settle. */
const TRIMMED_SEC = 5;
const BEAT_WINDOW_SEC = 0.07;
/** Of a beat's length, in phase and in period. */
const CONTINUITY_SHARE = 0.175;

const trim = (times: readonly number[]): readonly number[] => times.filter((time) => time >= TRIMMED_SEC);

/** F-measure of one-to-one hits within the window; 0 where either list is empty. Both rising, seconds. */
export function fMeasure(
  truth: readonly number[],
  heard: readonly number[],
  windowSec = BEAT_WINDOW_SEC,
): number {
  let hits = 0;
  let i = 0;
  let k = 0;
  while (i < truth.length && k < heard.length) {
    const difference = heard[k]! - truth[i]!;
    if (Math.abs(difference) <= windowSec) {
      hits++;
      i++;
      k++;
    } else if (difference < 0) k++;
    else i++;
  }
  return hits === 0 ? 0 : (2 * hits) / (truth.length + heard.length);
}

/** F-measure of beats (or downbeats, or eights) within 70 ms, from the fifth second on. */
export function beatF(truth: readonly number[], heard: readonly number[]): number {
  return fMeasure(trim(truth), trim(heard));
}

/** Share of beats that are right in phase and period: CMLt at the truth's metrical level, AMLt at any allowed one. */
export interface Continuity {
  readonly cmlt: number;
  /** Also right: the off-beat, twice the tempo, and half of it on odd or on even beats. */
  readonly amlt: number;
}

export function continuity(truth: readonly number[], heard: readonly number[]): Continuity {
  const trimmed = trim(truth);
  const others = otherLevels(trimmed);
  const cmlt = shareRight(trimmed, trim(heard));
  return { cmlt, amlt: Math.max(cmlt, ...others.map((level) => shareRight(level, trim(heard)))) };
}

function otherLevels(beats: readonly number[]): number[][] {
  const doubled = beats.flatMap((beat, i) => {
    const next = beats[i + 1];
    return next === undefined ? [beat] : [beat, (beat + next) / 2];
  });
  const every = (list: readonly number[], first: number) => list.filter((_, i) => i % 2 === first);
  return [every(doubled, 1), doubled, every(beats, 0), every(beats, 1)];
}

function shareRight(truth: readonly number[], heard: readonly number[]): number {
  if (truth.length < 2 || heard.length < 2) return 0;
  const used = new Set<number>();
  for (const [k, time] of heard.entries()) {
    const n = nearest(truth, time);
    if (used.has(n)) continue;
    const isFirst = k === 0 || n === 0;
    const period = isFirst ? truth[n + 1]! - truth[n]! : truth[n]! - truth[n - 1]!;
    const own = isFirst ? heard[k + 1]! - time : time - heard[k - 1]!;
    const isInPhase = Math.abs(truth[n]! - time) < CONTINUITY_SHARE * period;
    if (isInPhase && Math.abs(1 - own / period) < CONTINUITY_SHARE) used.add(n);
  }
  return used.size / Math.max(truth.length, heard.length);
}

function nearest(times: readonly number[], time: number): number {
  let best = 0;
  for (let i = 1; i < times.length; i++) {
    if (Math.abs(times[i]! - time) < Math.abs(times[best]! - time)) best = i;
  }
  return best;
}

/** F-measure of the boundaries between parts; the song's two ends are no finding and are left out. */
export function boundaryF(truth: readonly Span[], heard: readonly Span[], windowSec: number): number {
  const inner = (parts: readonly Span[]): number[] => parts.slice(1).map(({ start }) => start);
  if (truth.length < 2 && heard.length < 2) return 1;
  return fMeasure(inner(truth), inner(heard), windowSec);
}

/** Share of the given moments at which the part heard has the name it should have. */
export function labelAgreement(
  truth: readonly Span[],
  heard: readonly Span[],
  timesSec: readonly number[],
): number {
  // A boundary heard a little late belongs to the beat that it is meant to lie on.
  const labelAt = (parts: readonly Span[], time: number): string | undefined =>
    parts.findLast(({ start }) => start <= time + 0.1)?.label;
  const scored = timesSec.filter((time) => labelAt(truth, time) !== undefined);
  const right = scored.filter((time) => labelAt(truth, time) === labelAt(heard, time));
  return scored.length === 0 ? 0 : right.length / scored.length;
}

/** Of each heard part whether most of the given moments in it have its name in truth. */
export function areNamedRightly(
  truth: readonly Span[],
  heard: readonly Span[],
  timesSec: readonly number[],
): boolean[] {
  return heard.map((part) => {
    const inside = timesSec.filter((time) => time >= part.start - 0.1 && time < part.end - 0.1);
    return labelAgreement(truth, [part], inside) > 0.5;
  });
}

/** Signed median of heard minus nearest truth, seconds; positive means late. */
export function medianErrorSec(truth: readonly number[], heard: readonly number[]): number {
  const errors = truth.map((time) => heard[nearest(heard, time)]! - time);
  return errors.sort((a, b) => a - b)[Math.floor(errors.length / 2)] ?? Number.NaN;
}
