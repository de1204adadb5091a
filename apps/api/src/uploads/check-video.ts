import { findMediaTools, probeMedia, requirePictures } from '@bachata-buddy/media';
import { hasCode } from '@bachata-buddy/platform';
import { isLaidOutAsMp4 } from './mp4-layout.ts';

const NOT_A_FILM = ['MEDIA_PROBE_FAILED', 'MEDIA_TRUNCATED', 'MEDIA_NO_VIDEO', 'MEDIA_NO_PICTURES'] as const;

export type VideoVerdict =
  | { readonly isVideo: true; readonly durationSec: number }
  | { readonly isVideo: false };

/**
 * Whether a file that somebody sent is a film in mp4, by its content alone, and how long it is.
 *
 * @throws AppError of `probeMedia`, where nobody can say
 */
export async function checkVideo(path: string): Promise<VideoVerdict> {
  if (!(await isLaidOutAsMp4(path))) return { isVideo: false };
  const tools = await findMediaTools();
  try {
    const probe = await probeMedia(tools, path);
    if (!(probe.durationSec > 0)) return { isVideo: false };
    await requirePictures(tools, path, probe);
    return { isVideo: true, durationSec: probe.durationSec };
  } catch (thrown) {
    if (hasCode(thrown, ...NOT_A_FILM)) return { isVideo: false };
    throw thrown;
  }
}
