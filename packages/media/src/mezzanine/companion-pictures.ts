import { MEZZANINE_FRAME_RATE } from './format.ts';
import type { PictureSize } from './picture-size.ts';
import {
  SHEET_COLUMNS,
  THUMBNAIL_EVERY_SEC,
  THUMBNAIL_WIDTH,
  thumbnailCount,
  thumbnailHeight,
} from './thumbnail-sheet.ts';

/** JPEG's own colours (JFIF): BT.601, full range. */
const TO_JPEG = 'in_range=limited:out_range=full:in_color_matrix=bt709:out_color_matrix=bt601';
const JPEG_QUALITY = '3';
const FRAMES_PER_SECOND = MEZZANINE_FRAME_RATE.num / MEZZANINE_FRAME_RATE.den;

export interface CompanionPictures {
  /** Of the house pictures. */
  readonly size: PictureSize;
  readonly frameCount: number;
  /** What the poster shows. */
  readonly posterFrame: number;
  readonly posterPath: string;
  readonly sheetPath: string;
}

/**
 * What makes a clip's poster and thumbnail sheet in the run of ffmpeg that encodes it.
 *
 * @returns `graph`: statements of a filter graph that take the house pictures of `[pictures]` and give them on as
 * `[clip]`; `outputs`: the options of both files, to go behind those of the clip
 */
export function companionPictures(pictures: CompanionPictures): { graph: string; outputs: string[] } {
  const { size, frameCount, posterFrame, posterPath, sheetPath } = pictures;
  const statements = [
    '[pictures]split=3[clip][forposter][forsheet]',
    `[forposter]${posterFilters(Math.min(posterFrame, frameCount - 1))}[poster]`,
    `[forsheet]${sheetFilters(size, frameCount)}[sheet]`,
  ];
  return {
    graph: statements.join(';'),
    outputs: [...jpegOutput('[poster]', posterPath), ...jpegOutput('[sheet]', sheetPath)],
  };
}

/** The same for the poster alone: what else is made of house pictures has no sheet. */
export function posterPicture({
  posterFrame,
  posterPath,
}: Pick<CompanionPictures, 'posterFrame' | 'posterPath'>): {
  graph: string;
  outputs: string[];
} {
  return {
    graph: `[pictures]split[clip][forposter];[forposter]${posterFilters(posterFrame)}[poster]`,
    outputs: jpegOutput('[poster]', posterPath),
  };
}

/** Leave one of the house pictures, as JPEG stores it. */
function posterFilters(frame: number): string {
  // Time 0: what writes one picture must not fill the time before it.
  return `select=eq(n\\,${frame}),setpts=0,scale=${TO_JPEG},format=yuvj420p`;
}

/** Leave the sheet of `thumbnail-sheet.ts`. */
function sheetFilters(size: PictureSize, frameCount: number): string {
  const rows = Math.ceil(thumbnailCount(frameCount, FRAMES_PER_SECOND) / SHEET_COLUMNS);
  const every = `select=not(mod(n\\,${FRAMES_PER_SECOND * THUMBNAIL_EVERY_SEC}))`;
  const scale = `scale=${THUMBNAIL_WIDTH}:${thumbnailHeight(size)}:flags=area:${TO_JPEG}`;
  return `${every},${scale},format=yuvj420p,tile=${SHEET_COLUMNS}x${rows},setpts=0`;
}

function jpegOutput(label: string, path: string): string[] {
  return [
    '-map',
    label,
    '-frames:v',
    '1',
    '-c:v',
    'mjpeg',
    '-q:v',
    JPEG_QUALITY,
    '-f',
    'mjpeg',
    `file:${path}`,
  ];
}
