import { describeBars } from './bars.ts';
import type { Rhythm } from './rhythm.ts';
import { labelRanges } from './section-labels.ts';
import { segmentBars } from './segmentation.ts';
import type { SongSection } from './song-analysis.ts';

/**
 * Find the parts of a song: contiguous from its first "1" to its end, every boundary on a "1".
 *
 * @param rhythm Of the samples.
 * @param samples Float32Array [n], mono, for the loudness of each part.
 * @returns Sections in order; empty where there is no downbeat. `energy` is relative to the loudest section.
 */
export function findSections(rhythm: Rhythm, samples: Float32Array, sampleRateHz: number): SongSection[] {
  const durationSec = samples.length / sampleRateHz;
  const bars = describeBars(rhythm, durationSec);
  const ranges = labelRanges(bars, segmentBars(bars));
  const spans = ranges.map(({ label, from, to }) => {
    const start = bars[from]!.startSec;
    const end = bars[to]?.startSec ?? durationSec;
    // A last part is as loud as its bars, not as the silence after them.
    const loudness = rootMeanSquare(samples, start * sampleRateHz, bars[to - 1]!.endSec * sampleRateHz);
    return { label, start, end, loudness };
  });
  const loudest = Math.max(...spans.map(({ loudness }) => loudness));
  return spans.map(({ label, start, end, loudness }) => ({
    label,
    start,
    end,
    energy: loudest > 0 ? loudness / loudest : 0,
  }));
}

function rootMeanSquare(samples: Float32Array, from: number, to: number): number {
  const part = samples.subarray(Math.round(from), Math.round(to));
  return Math.sqrt(part.reduce((sum, value) => sum + value * value, 0) / Math.max(1, part.length));
}
