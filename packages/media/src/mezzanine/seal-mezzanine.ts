import type { AppError } from '@bachata-buddy/platform';
import { mediaError } from '../errors.ts';
import type { Movie, MovieTrack } from '../mp4/movie.ts';
import { readMovie } from '../mp4/read-movie.ts';
import { withoutBitRate } from '../mp4/sample-entry.ts';
import { sampleRun } from '../mp4/sample-run.ts';
import { writeMovie } from '../mp4/write-movie.ts';
import { MEZZANINE_BRAND, MEZZANINE_FRAME_RATE, MEZZANINE_TIMESCALE } from './format.ts';
import type { PictureSize } from './picture-size.ts';

const TICKS_PER_FRAME = (MEZZANINE_TIMESCALE * MEZZANINE_FRAME_RATE.den) / MEZZANINE_FRAME_RATE.num;

export interface SealOptions {
  /** As ffmpeg wrote it with the options of `mezzanineEncoding`, as mp4. */
  readonly encodedPath: string;
  readonly path: string;
  readonly size: PictureSize;
  /** What was asked for; those behind the last picture do not count. */
  readonly keyframeFrames: readonly number[];
  readonly signal?: AbortSignal | undefined;
}

export interface SealedMezzanine {
  readonly frameCount: number;
  /** Ascending, 0 the first. */
  readonly keyframeFrames: readonly number[];
}

/**
 * Writes an encoded clip as a mezzanine: the same packets under an index of our own, in front, with the brand by which
 * readers know the format. The brand is a promise, so what it promises is looked at first.
 *
 * @throws AppError `MEDIA_OUTPUT_INVALID` where the encoder did not do as it was told; those of `readMovie`, `writeMovie`
 */
export async function sealMezzanine(options: SealOptions): Promise<SealedMezzanine> {
  const { encodedPath, path, size, signal } = options;
  const track = pictureTrack(await readMovie(encodedPath));
  const asked = options.keyframeFrames.filter((frame) => frame < track.samples.count);
  assertAsAsked(track, size, asked);
  const durationTicks = new Uint32Array(track.samples.count).fill(TICKS_PER_FRAME);
  await writeMovie({
    path,
    brands: [MEZZANINE_BRAND],
    tracks: [
      {
        handler: 'vide',
        // The bit rate would be the only difference between the entries of two clips.
        sampleEntry: withoutBitRate(track.sampleEntry),
        timescale: MEZZANINE_TIMESCALE,
        width: track.width,
        height: track.height,
        startTicks: 0,
        runs: [sampleRun(encodedPath, track, 0, durationTicks)],
      },
    ],
    signal,
  });
  return { frameCount: track.samples.count, keyframeFrames: asked };
}

/** The pictures of a file that is a mezzanine of this size, and null for any other file. */
export function mezzanineTrack({ brands, tracks }: Movie, size: PictureSize): MovieTrack | null {
  const [track] = tracks;
  if (!brands.includes(MEZZANINE_BRAND) || track === undefined || tracks.length > 1) return null;
  return track.width === size.width && track.height === size.height ? track : null;
}

function pictureTrack({ tracks }: Movie): MovieTrack {
  const track = tracks.find(({ handler }) => handler === 'vide');
  if (track === undefined || track.samples.count === 0) throw notAsAsked('no picture came out');
  return track;
}

function assertAsAsked(track: MovieTrack, size: PictureSize, asked: readonly number[]): void {
  const { samples, width, height, codec, timescale } = track;
  if (codec !== 'avc1' || timescale !== MEZZANINE_TIMESCALE)
    throw notAsAsked(`it is ${codec} at ${timescale}`);
  if (width !== size.width || height !== size.height) throw notAsAsked(`it measures ${width}x${height}`);
  if (samples.isReordered) throw notAsAsked('it has B-frames');
  // The last one's length is whatever is left of the source.
  const oddFrame = samples.durationTicks.subarray(0, -1).findIndex((ticks) => ticks !== TICKS_PER_FRAME);
  if (oddFrame !== -1) throw notAsAsked(`picture ${oddFrame} has another length`);
  const found: number[] = [];
  samples.isSync.forEach((isSync, frame) => {
    if (isSync === 1) found.push(frame);
  });
  if (found.join() !== asked.join())
    throw notAsAsked(`its keyframes are ${found.join()}, not ${asked.join()}`);
}

function notAsAsked(what: string): AppError {
  return mediaError('MEDIA_OUTPUT_INVALID', `The clip was not encoded as asked: ${what}`);
}
