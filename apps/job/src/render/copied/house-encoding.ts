import { mezzanineEncoding, type PictureSize } from '@bachata-buddy/media';

/**
 * A step below preparation's: these pictures are seen for half a second, and nothing is made of them again. A quantizer
 * instead of a rate factor spares the encoder a look at every picture beforehand: a tenth of the work for the same bits.
 */
const QUANTIZER = 22;
/** A third less work for the encoder at that quality; of no consequence to the parameter sets. */
const SEARCH = 'me=dia:subme=0:partitions=none:aq-mode=0';

export interface HouseEncodingOptions {
  readonly size: PictureSize;
  /** Pictures that must be keyframes, from 0. */
  readonly keyframes: readonly number[];
  /** Bits a second, as the document asks; undefined: a quality instead. */
  readonly bitsPerSecond: number | undefined;
  readonly threadCount: number;
}

/** ffmpeg's output options for pictures that stand between copied ones: the house format, made quickly. */
export function houseEncoding(options: HouseEncodingOptions): string[] {
  const { size, keyframes: keyframeFrames, bitsPerSecond, threadCount } = options;
  return [
    ...mezzanineEncoding({ preset: 'superfast', size, keyframeFrames }),
    // The last of two equal options counts.
    ...quality(bitsPerSecond),
    ...['-x264opts', SEARCH, '-threads', String(threadCount), '-use_editlist', '0'],
  ];
}

/** A rate factor that was asked for before would win over either. */
function quality(bitsPerSecond: number | undefined): string[] {
  const noRateFactor = ['-crf', '-1'];
  if (bitsPerSecond === undefined) return [...noRateFactor, '-qp', String(QUANTIZER)];
  const ceiling = Math.round(1.5 * bitsPerSecond);
  const rate = ['-b:v', String(bitsPerSecond), '-maxrate', String(ceiling)];
  return [...noRateFactor, ...rate, '-bufsize', String(2 * bitsPerSecond)];
}
