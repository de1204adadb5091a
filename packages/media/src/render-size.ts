import { configError } from '@bachata-buddy/platform';
import { Type } from 'typebox';
import type { PictureSize } from './mezzanine/picture-size.ts';

/** The size of videos, and of the clips that are prepared for them: for the configuration of every app that makes some. */
export const RenderSizeVariable = {
  RENDER_SIZE: Type.String({
    default: '1280x720',
    pattern: '^[1-9]\\d{1,3}x[1-9]\\d{1,3}$',
    description: 'width and height of videos in pixels, both even',
  }),
};

/**
 * The size that `RENDER_SIZE` names.
 *
 * @throws AppError `CONFIG_INVALID` where a side is odd
 */
export function parseRenderSize(text: string): PictureSize {
  const [width = 0, height = 0] = text.split('x').map(Number);
  if (width > 0 && height > 0 && width % 2 === 0 && height % 2 === 0) return { width, height };
  throw configError(['RENDER_SIZE must have an even width and height']);
}
