import type { PictureSize } from './picture-size.ts';

/** One thumbnail a second of clip: thumbnail n shows the picture at n seconds. */
export const THUMBNAIL_EVERY_SEC = 1;
export const THUMBNAIL_WIDTH = 160;
/** Thumbnails lie in rows of this many, from left to right, then from the top down. */
export const SHEET_COLUMNS = 10;

/** A rectangle of a sheet in pixels, as `#xywh=` of a media fragment names it. */
export interface SheetTile {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export function thumbnailHeight({ width, height }: PictureSize): number {
  return Math.max(2, 2 * Math.round((THUMBNAIL_WIDTH * height) / width / 2));
}

/** At least one; a second that has begun has its thumbnail. */
export function thumbnailCount(frameCount: number, framesPerSecond: number): number {
  return Math.max(1, Math.ceil(frameCount / (framesPerSecond * THUMBNAIL_EVERY_SEC)));
}

/**
 * Where in the sheet of a clip prepared in that size the thumbnail of a clip time lies, by arithmetic alone. A time
 * behind the clip's end has no thumbnail of its own: hold it to the clip first.
 */
export function sheetTile(clipTimeSec: number, size: PictureSize): SheetTile {
  const index = Math.max(0, Math.floor(clipTimeSec / THUMBNAIL_EVERY_SEC));
  const height = thumbnailHeight(size);
  return {
    x: (index % SHEET_COLUMNS) * THUMBNAIL_WIDTH,
    y: Math.floor(index / SHEET_COLUMNS) * height,
    width: THUMBNAIL_WIDTH,
    height,
  };
}
