import { createHash } from 'node:crypto';
import { type MovieTrack, readMovie, sampleRun, writeMovie } from '@bachata-buddy/media';
import { AppError } from '@bachata-buddy/platform';

/** A file of pictures in the house format, and which pictures of a clip it holds. */
export interface PictureFile {
  readonly path: string;
  /** What the file says it is. */
  readonly brands: readonly string[];
  readonly track: MovieTrack;
  /** The clip's picture that is the file's first. */
  readonly firstFrame: number;
  readonly frameCount: number;
  /** A hash of all that the index says, sizes of all pictures included: it stands for the content. */
  readonly identity: string;
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
    throw new AppError('The file has no moving picture', { code: 'MEDIA_NO_VIDEO' });
  }
  return { path, brands, track, firstFrame, frameCount: track.samples.count, identity: identityOf(track) };
}

function identityOf({ sampleEntry, samples }: MovieTrack): string {
  const { sizes, isSync } = samples;
  return createHash('sha256')
    .update(sampleEntry)
    .update(Buffer.from(sizes.buffer, sizes.byteOffset, sizes.byteLength))
    .update(isSync)
    .digest('hex');
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
    ...{ path, signal },
    tracks: [{ handler: 'vide', sampleEntry, timescale, width, height, startTicks: 0, runs }],
  });
}
