import { ONSET_BAND_COUNT, type OnsetStrength, peakNear } from './onset-strength.ts';

export const BEATS_PER_BAR = 4;
/** Sixteenth notes. */
export const SLOTS_PER_BEAT = 4;
export const SLOTS_PER_BAR = BEATS_PER_BAR * SLOTS_PER_BEAT;

/** What is expected of each band at each sixteenth of a bar: Float32Array [16] per band, each with mean 0. */
export type BarPattern = readonly Float32Array[];

/**
 * The rhythm of bachata in 4/4, by band, as relative onset strength on the sixteenths of a bar.
 *
 * Bass long on 1, a rest on 2, often the "and" of 2, then 3 and 4; low bongo on 4 (the "tap"); guitar strums off the
 * beat, strong in the low mids; güira and macho on all eighths, a little stronger on the beat.
 *
 * Source: iasorecords.com/node/699 "Bachata Breakdown" for who plays where; the sizes are means measured on synthesised
 * songs and on recordings.
 */
const BACHATA_ONSETS: readonly (readonly number[])[] = [
  [1.0, 0.1, 0.15, 0.05, 0.25, 0.02, 0.5, 0.02, 1.0, 0.1, 0.15, 0.05, 0.9, 0.06, 0.15, 0.05],
  [0.65, 0.1, 0.28, 0.1, 0.45, 0.06, 0.45, 0.1, 0.65, 0.08, 0.3, 0.1, 0.55, 0.08, 0.33, 0.1],
  [0.26, 0.06, 0.24, 0.06, 0.22, 0.05, 0.3, 0.05, 0.26, 0.08, 0.24, 0.08, 0.52, 0.1, 0.23, 0.08],
  [0.32, 0.05, 0.18, 0.05, 0.31, 0.04, 0.19, 0.05, 0.32, 0.06, 0.19, 0.06, 0.27, 0.06, 0.18, 0.05],
  [0.25, 0.06, 0.16, 0.05, 0.25, 0.06, 0.15, 0.05, 0.25, 0.06, 0.16, 0.06, 0.24, 0.06, 0.15, 0.05],
  [0.07, 0.01, 0.06, 0.01, 0.07, 0.01, 0.06, 0.01, 0.08, 0.01, 0.07, 0.01, 0.09, 0.02, 0.07, 0.01],
];

/** How much each band says about where the beat is; the bass most, since the strings strum off the beat. */
const BAND_WEIGHTS = [1.3, 0.9, 1, 1, 0.9, 0.5];

/** The pattern expected before anything of the song is known; every band scaled to unit spread, then weighted. */
export function bachataPattern(): BarPattern {
  return BACHATA_ONSETS.map((row, band) => standardise(Float32Array.from(row), BAND_WEIGHTS[band]!));
}

/**
 * Learn the song's own rhythm: the mean onset strength at each sixteenth of its bars, mixed with the expected one.
 *
 * @param onsets Onset strength of the song.
 * @param beatFrames Beat positions in frames, rising; position in the bar of beat i is `barPositions[i]`.
 * @param share How much the song's own rhythm counts, 0..1.
 */
export function learnPattern(
  onsets: OnsetStrength,
  beatFrames: ArrayLike<number>,
  barPositions: ArrayLike<number>,
  share: number,
): BarPattern {
  const expected = bachataPattern();
  const counts = new Float32Array(SLOTS_PER_BAR);
  const sums = Array.from({ length: ONSET_BAND_COUNT }, () => new Float32Array(SLOTS_PER_BAR));
  for (let beat = 0; beat + 1 < beatFrames.length; beat++) {
    const period = beatFrames[beat + 1]! - beatFrames[beat]!;
    for (let step = 0; step < SLOTS_PER_BEAT; step++) {
      const slot = barPositions[beat]! * SLOTS_PER_BEAT + step;
      const frame = Math.round(beatFrames[beat]! + (step * period) / SLOTS_PER_BEAT);
      counts[slot]!++;
      for (let band = 0; band < ONSET_BAND_COUNT; band++) {
        sums[band]![slot]! += peakNear(onsets.normalised[band]!, frame);
      }
    }
  }
  return sums.map((row, band) => {
    const learnt = standardise(
      row.map((sum, slot) => sum / Math.max(1, counts[slot]!)),
      BAND_WEIGHTS[band]!,
    );
    return learnt.map((value, slot) => share * value + (1 - share) * expected[band]![slot]!);
  });
}

function standardise(row: Float32Array, weight: number): Float32Array {
  const mean = row.reduce((sum, value) => sum + value, 0) / row.length;
  const deviation = Math.sqrt(row.reduce((sum, value) => sum + (value - mean) ** 2, 0) / row.length);
  return row.map((value) => (deviation > 1e-9 ? ((value - mean) / deviation) * weight : 0));
}
