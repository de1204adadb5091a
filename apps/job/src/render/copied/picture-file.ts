import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type MovieTrack, mediaError, readMovie, sampleRun, writeMovie } from '@bachata-buddy/media';
import { elementAt } from '@bachata-buddy/platform';

/** A file of pictures in the house format, and which pictures of a clip it holds. */
export interface PictureFile {
  readonly path: string;
  /** What the file says it is. */
  readonly brands: readonly string[];
  readonly track: MovieTrack;
  /** The clip's picture that is the file's first. */
  readonly firstFrame: number;
  readonly frameCount: number;
}

/**
 * Reads what a file of pictures holds.
 *
 * @throws AppError `MEDIA_INDEX_INVALID`; `MEDIA_NO_VIDEO`
 */
export async function openPictureFile(path: string, firstFrame: number): Promise<PictureFile> {
  const { tracks, brands } = await readMovie(path);
  const track = tracks.find(({ handler }) => handler === 'vide');
  if (track === undefined) {
    throw mediaError('MEDIA_NO_VIDEO', 'The file has no moving picture');
  }
  return { path, brands, track, firstFrame, frameCount: track.samples.count };
}

/** The sample at or before this one where decoding can begin. */
export function keyframeAt({ track }: PictureFile, sample: number): number {
  const { isSync } = track.samples;
  let keyframe = sample;
  while (keyframe > 0 && isSync[keyframe] !== 1) keyframe -= 1;
  return keyframe;
}

/** SHA-256, hexadecimal, of some samples' bytes and of what decodes them; the last one is included. */
export async function hashSamples(
  { path, track }: PictureFile,
  first: number,
  last: number,
): Promise<string> {
  const { offsets, sizes } = track.samples;
  const hash = createHash('sha256').update(track.sampleEntry);
  // A file in the house format holds its pictures one behind the other.
  const start = elementAt(offsets, first);
  const bytes = Buffer.alloc(elementAt(offsets, last) + elementAt(sizes, last) - start);
  const file = await open(path);
  try {
    await file.read(bytes, 0, bytes.length, start);
  } finally {
    await file.close();
  }
  hash.update(bytes).update(sizes.subarray(first, last + 1));
  return hash.digest('hex');
}

/** All files of pictures, by the clip they are of. */
export type PictureFiles = ReadonlyMap<string, readonly PictureFile[]>;

/** The file that holds a clip's picture. */
export function fileWith(files: PictureFiles, clipKey: string, frame: number): PictureFile {
  const file = files
    .get(clipKey)
    ?.find(({ firstFrame, frameCount }) => frame >= firstFrame && frame < firstFrame + frameCount);
  if (file === undefined) throw new Error(`No picture ${frame} of ${clipKey}`);
  return file;
}

export interface WritePictureFileOptions {
  readonly path: string;
  readonly file: PictureFile;
  readonly firstSample: number;
  readonly durationTicks: Uint32Array;
  readonly signal: AbortSignal;
}

/** Writes some pictures of a file as a file of their own. */
export async function writePictureFile(options: WritePictureFileOptions): Promise<void> {
  const { path, file, firstSample, durationTicks, signal } = options;
  const { sampleEntry, timescale, width, height } = file.track;
  const runs = [sampleRun(file.path, file.track, firstSample, durationTicks)];
  await writeMovie({
    path,
    signal,
    tracks: [{ handler: 'vide', sampleEntry, timescale, width, height, startTicks: 0, runs }],
  });
}
