import { type Bar, describeBars } from './bars.ts';
import { countEights, type Eights } from './eights.ts';
import type { Rhythm } from './rhythm.ts';
import { labelRanges } from './section-labels.ts';
import { type BarRange, segmentBars } from './segmentation.ts';
import type { SongSection } from './song-analysis.ts';
import { loudnessOf, type Sound } from './sound.ts';
import { median } from './statistics.ts';

/** The parts of a song and the counts of eight that run through them. */
export interface SongForm {
  readonly sections: readonly SongSection[];
  readonly eights: Eights;
}

/**
 * Find the parts of a song: contiguous from its first "1" to its end, every boundary on a "1".
 *
 * @param rhythm Of the sound.
 * @param sound For the loudness of each part.
 * @returns Sections in order; empty where there is no downbeat. `energy` is relative to the loudest section.
 */
export function findForm(rhythm: Rhythm, sound: Sound, sampleRateHz: number): SongForm {
  const durationSec = sound.length / sampleRateHz;
  const bars = describeBars(rhythm, durationSec);
  const playedBars = countPlayedBars(bars);
  const ranges = labelRanges(bars, coverBars(segmentBars(bars.slice(0, playedBars)), bars.length));
  const downbeatConfidence = rhythm.meter.timeSignature === '4/4' ? rhythm.confidence.downbeat : 0;
  const spans = ranges.map(({ label, confidence, from, to }) => {
    const start = bars[from]!.startSec;
    const end = bars[to]?.startSec ?? durationSec;
    // A last part is as loud as its bars, not as the silence after them.
    const sampleAt = (timeSec: number) => Math.min(sound.length, Math.round(timeSec * sampleRateHz));
    const loudness = loudnessOf(sound, sampleAt(start), sampleAt(bars[to - 1]!.endSec));
    return { label, start, end, loudness, confidence };
  });
  const loudest = Math.max(...spans.map(({ loudness }) => loudness));
  const sections = spans.map(({ label, start, end, loudness, confidence }) => ({
    label,
    start,
    end,
    energy: loudest > 0 ? loudness / loudest : 0,
    confidence,
  }));
  return { sections, eights: countEights(bars, ranges, { playedBars, downbeatConfidence }) };
}

/** A bar in which less than this share of the usual begins is an end that rings out. */
const RINGING_SHARE = 0.35;
const MOST_RINGING_BARS = 2;

/** Bars up to the last that is played: the final chord rings for a bar or two, which are no part of the song's form. */
function countPlayedBars(bars: readonly Bar[]): number {
  const begun = bars.map((bar) => bar.density.flat().reduce((sum, value) => sum + value, 0));
  const least = RINGING_SHARE * median(begun);
  const last = begun.findLastIndex((value) => value >= least);
  return bars.length - 1 - last <= MOST_RINGING_BARS ? last + 1 : bars.length;
}

/** The same parts, the last until the end. */
function coverBars(ranges: readonly BarRange[], count: number): BarRange[] {
  return ranges.map((range, i) => (i === ranges.length - 1 ? { ...range, to: count } : range));
}
