import { MEZZANINE_BRAND, type PictureSize } from '@bachata-buddy/media';
import { hasCode } from '@bachata-buddy/platform';
import { FRAME_TICKS, TICKS_PER_SECOND } from './clock.ts';
import { openPictureFile, type PictureFile } from './picture-file.ts';

/**
 * A clip that is in the house format and of this size, so that its pictures can be copied; undefined for any other
 * file, whatever it is.
 */
export async function openPrepared(path: string, size: PictureSize): Promise<PictureFile | undefined> {
  const file = await openPictureFile(path, 0).catch((thrown: unknown) => {
    if (hasCode(thrown, 'MEDIA_INDEX_INVALID', 'MEDIA_NO_VIDEO')) return undefined;
    throw thrown;
  });
  return file !== undefined && isPrepared(file, size) ? file : undefined;
}

function isPrepared({ track, brands, frameCount }: PictureFile, { width, height }: PictureSize): boolean {
  const { samples, timescale, startTicks, codec } = track;
  return (
    brands.includes(MEZZANINE_BRAND) &&
    codec === 'avc1' &&
    track.width === width &&
    track.height === height &&
    timescale === TICKS_PER_SECOND &&
    startTicks === 0 &&
    frameCount > 0 &&
    samples.isSync[0] === 1 &&
    !samples.isReordered &&
    samples.durationTicks.every((ticks) => ticks === FRAME_TICKS)
  );
}
