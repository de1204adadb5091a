import { execFileSync } from 'node:child_process';
import {
  findMediaTools,
  type PictureSize,
  prepareClip,
  probeMedia,
  type SealedMezzanine,
} from '@bachata-buddy/media';

export interface HouseClip extends SealedMezzanine {
  readonly path: string;
  readonly posterPath: string;
  readonly sheetPath: string;
}

/** Prepares a file as ingest does, beside it. */
export async function makeHouseClip(
  sourcePath: string,
  size: PictureSize,
  keyframeTimesSec: readonly number[] = [],
): Promise<HouseClip> {
  const tools = await findMediaTools();
  const probe = await probeMedia(tools, sourcePath);
  const [path, posterPath, sheetPath] = ['mp4', 'jpg', 'sheet.jpg'].map(
    (ending) => `${sourcePath}.house.${ending}`,
  ) as [string, string, string];
  const paths = { path: sourcePath, outPath: path, posterPath, sheetPath };
  const prepared = await prepareClip({ tools, probe, size, keyframeTimesSec, ...paths });
  return { ...prepared, path, posterPath, sheetPath };
}

/** A file's pictures as raw 4:2:0 of 8 bits, one after the other. */
export async function decodePictures(path: string): Promise<Buffer> {
  const { ffmpegPath } = await findMediaTools();
  const args = ['-v', 'error', '-i', path, '-f', 'rawvideo', '-pix_fmt', 'yuv420p', '-'];
  return execFileSync(ffmpegPath, args, { maxBuffer: 1 << 28 });
}

/** Y', Cb and Cr of one place of raw 4:2:0. */
export function codesAt(picture: Buffer, { width, height }: PictureSize, x: number, y: number): number[] {
  const chroma = width * height + (y >> 1) * (width / 2) + (x >> 1);
  return [picture[y * width + x], picture[chroma], picture[chroma + (width * height) / 4]].map(Number);
}
