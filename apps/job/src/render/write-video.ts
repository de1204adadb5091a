import { join } from 'node:path';
import { type TrackToWrite, writeMovie } from '@bachata-buddy/media';
import type { Picture } from './picture.ts';

export interface WriteVideoOptions {
  readonly picture: Picture;
  /** Undefined: the video has no sound. */
  readonly soundtrack: TrackToWrite | undefined;
  readonly title: string | undefined;
  readonly directory: string;
  readonly signal: AbortSignal;
}

/**
 * Puts picture and sound into one file by copying, with the index in front so that playing starts before the whole
 * file is there.
 *
 * @returns the file
 * @throws AppError of `writeMovie`
 */
export async function writeVideo(options: WriteVideoOptions): Promise<string> {
  const { picture, soundtrack, title, directory, signal } = options;
  const path = join(directory, 'video.mp4');
  const tracks: TrackToWrite[] = [{ ...picture, handler: 'vide', startTicks: 0 }];
  if (soundtrack !== undefined) tracks.push(soundtrack);
  await writeMovie({ path, tracks, title, signal });
  return path;
}
