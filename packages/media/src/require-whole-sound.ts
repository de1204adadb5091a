import { mediaError } from './errors.ts';
import type { MediaProbe } from './media-probe.ts';

/** What is missing of a recording says nothing while it is less than both: headers are off by a little. */
const MOST_MISSING_SEC = 2;
const MOST_MISSING_SHARE = 0.05;
/** Tags and padding are bytes too. */
const SPARE_BYTES_SHARE = 0.02;

/**
 * Holds what a recording promises against what came out of it: of a download that broke off the beginning alone is there.
 * A length that is but estimated from the file's size promises nothing, nor does the sound of a film, which may end before
 * its pictures.
 *
 * @throws AppError `MEDIA_TRUNCATED`
 */
export function requireWholeSound({ audio, video, sizeBytes }: MediaProbe, decodedSec: number): void {
  if (audio === null || video !== null) return;
  const { durationSec, bitsPerSecond } = audio;
  const missingSec = durationSec - decodedSec;
  if (missingSec <= Math.max(MOST_MISSING_SEC, MOST_MISSING_SHARE * durationSec)) return;
  // An estimate: what is read of a file without a length is its size by the bit rate of its first frames.
  const promisedBytes = bitsPerSecond === undefined ? Infinity : (durationSec * bitsPerSecond) / 8;
  if (promisedBytes <= sizeBytes * (1 + SPARE_BYTES_SHARE)) return;
  const [read, whole] = [decodedSec, durationSec].map((sec) => Math.round(sec));
  throw mediaError(
    'MEDIA_TRUNCATED',
    `The file is cut off: only ${read} of its ${whole} seconds can be read`,
  );
}
