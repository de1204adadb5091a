import {
  type FfmpegOutcome,
  type FfmpegRun,
  type MediaPrograms,
  requireCapableFfmpeg,
  runFfmpeg,
} from '@bachata-buddy/media';
import { hasCode } from '@bachata-buddy/platform';

/**
 * Runs ffmpeg to encode something.
 *
 * @throws AppError `MEDIA_FFMPEG_TOO_OLD`; of `runFfmpeg`
 */
export function encode(run: FfmpegRun): Promise<FfmpegOutcome> {
  return withCapableFfmpeg(run.tools, () => runFfmpeg(run));
}

/**
 * Does something for which ffmpeg has to be able to encode. Where it fails, it is asked whether it can do what is asked of it
 * at all: another start, which those that can are spared.
 *
 * @throws AppError `MEDIA_FFMPEG_TOO_OLD`; what the work throws
 */
export async function withCapableFfmpeg<Result>(
  tools: MediaPrograms,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    if (hasCode(thrown, 'MEDIA_FFMPEG_EXIT')) await requireCapableFfmpeg(tools);
    throw thrown;
  }
}
