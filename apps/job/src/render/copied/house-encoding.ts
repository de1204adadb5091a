import { mezzanineEncoding, type PictureSize } from '@bachata-buddy/media';

/** A step below preparation's: these pictures are seen for half a second, and nothing is made of them again. */
const CONSTANT_RATE_FACTOR = 22;
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

function quality(bitsPerSecond: number | undefined): string[] {
  if (bitsPerSecond === undefined) return ['-crf', String(CONSTANT_RATE_FACTOR)];
  const ceiling = Math.round(1.5 * bitsPerSecond);
  // A quality that was asked for before would win over the rate.
  return [
    '-crf',
    '-1',
    '-b:v',
    String(bitsPerSecond),
    '-maxrate',
    String(ceiling),
    '-bufsize',
    String(2 * bitsPerSecond),
  ];
}
