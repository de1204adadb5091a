import { type FfmpegOutcome, type FfmpegRun, requireCapableFfmpeg, runFfmpeg } from '@bachata-buddy/media';
import { hasCode } from '@bachata-buddy/platform';

/**
 * Runs ffmpeg to encode something. Where it fails, it is asked whether it can do what is asked of it at all: another
 * start, which those that can are spared.
 *
 * @throws AppError `MEDIA_FFMPEG_TOO_OLD`; of `runFfmpeg`
 */
export async function encode(run: FfmpegRun): Promise<FfmpegOutcome> {
  try {
    return await runFfmpeg(run);
  } catch (thrown) {
    if (hasCode(thrown, 'MEDIA_FFMPEG_EXIT')) await requireCapableFfmpeg(run.tools);
    throw thrown;
  }
}
