import { type FfmpegOutcome, type FfmpegRun, requireCapableFfmpeg, runFfmpeg } from '@bachata-buddy/media';

/**
 * Runs ffmpeg to encode something. What it can do is asked before the first time, and not where all is copied.
 *
 * @throws AppError `MEDIA_FFMPEG_TOO_OLD`; of `runFfmpeg`
 */
export async function encode(run: FfmpegRun): Promise<FfmpegOutcome> {
  await requireCapableFfmpeg(run.tools);
  return runFfmpeg(run);
}
