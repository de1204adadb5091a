export interface Loudness {
  /** Of the whole programme, gated; LUFS. */
  readonly integratedLufs: number;
  /** Largest sample, 0 to 1 (a lossy song may overshoot). */
  readonly samplePeak: number;
}

/** What streaming services play at, so that one video after another needs no hand on the volume. */
const TARGET_LUFS = -14;
/** Room for what encoding adds to the peaks. */
const PEAK_CEILING_DBFS = -1;
/** The meter shows -70 LUFS for what it hears nothing of. */
const SILENCE_LUFS = -69;
/** A recording quieter than this is so on purpose, or broken: amplifying it more would amplify its noise. */
const MAX_GAIN_DB = 12;

/**
 * The last values in the report of ffmpeg's `ebur128` filter (printed by `ametadata`), or undefined where it
 * has none: the song is shorter than the meter's window.
 * Source: EBU R 128; ffmpeg-filters(1), `ebur128`, option `metadata`.
 */
export function readLoudness(report: string): Loudness | undefined {
  const integratedLufs = lastValue(report, 'lavfi.r128.I');
  const samplePeak = lastValue(report, 'lavfi.r128.sample_peak');
  return integratedLufs === undefined || samplePeak === undefined
    ? undefined
    : { integratedLufs, samplePeak };
}

/** Decibels that bring a song to the common loudness without pushing its peaks over the ceiling; 0 for silence. */
export function gainDecibels(loudness: Loudness | undefined): number {
  if (loudness === undefined || loudness.integratedLufs < SILENCE_LUFS || loudness.samplePeak <= 0) return 0;
  const wanted = TARGET_LUFS - loudness.integratedLufs;
  const headroom = PEAK_CEILING_DBFS - 20 * Math.log10(loudness.samplePeak);
  return Math.min(wanted, headroom, MAX_GAIN_DB);
}

function lastValue(report: string, key: string): number | undefined {
  const line = report.split('\n').findLast((candidate) => candidate.startsWith(`${key}=`));
  const value = line === undefined ? Number.NaN : Number(line.slice(key.length + 1));
  return Number.isFinite(value) ? value : undefined;
}
