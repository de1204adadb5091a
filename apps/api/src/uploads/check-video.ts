import { findMediaTools, type MediaProbe, probeMedia } from '@bachata-buddy/media';
import { AppError } from '@bachata-buddy/platform';
import { isLaidOutAsMp4 } from './mp4-layout.ts';

export type VideoVerdict =
  | { readonly isVideo: true; readonly durationSec: number }
  | { readonly isVideo: false };

/**
 * Whether a file that somebody sent is a film in mp4, by its content alone, and how long it is.
 *
 * @throws AppError `MEDIA_FFPROBE_MISSING`, where nobody can say
 */
export async function checkVideo(path: string): Promise<VideoVerdict> {
  if (!(await isLaidOutAsMp4(path))) return { isVideo: false };
  const probe = await probeOrNull(path);
  if (probe === null || probe.video === null || !(probe.durationSec > 0)) return { isVideo: false };
  return { isVideo: true, durationSec: probe.durationSec };
}

async function probeOrNull(path: string): Promise<MediaProbe | null> {
  const tools = await findMediaTools();
  try {
    return await probeMedia(tools, path);
  } catch (thrown) {
    if (thrown instanceof AppError && /^MEDIA_(PROBE_FAILED|TRUNCATED)$/.test(thrown.code)) return null;
    throw thrown;
  }
}
