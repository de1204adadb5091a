import { type MediaProbe, type MediaTools, probeMedia, timeOfFrame } from '@bachata-buddy/media';
import { AppError } from '@bachata-buddy/platform';
import { readBoxTypes } from '../mp4-boxes.ts';
import type { PictureSize } from '../render/filter-graph.ts';
import type { RenderPlan } from '../render/plan.ts';

export interface VerifyOptions {
  readonly tools: MediaTools;
  readonly path: string;
  readonly plan: Pick<RenderPlan, 'frameRate' | 'frameCount'>;
  readonly size: PictureSize;
  readonly hasSound: boolean;
  readonly signal: AbortSignal;
}

export interface VerifiedVideo {
  readonly durationSec: number;
  readonly sizeBytes: number;
}

/**
 * Reads the finished file as a stranger would and compares it with the plan: codecs, size, the exact number of
 * frames, both lengths within a frame, the index in front.
 *
 * @throws AppError `MEDIA_OUTPUT_INVALID` naming everything that is wrong
 */
export async function verifyVideo(options: VerifyOptions): Promise<VerifiedVideo> {
  const probe = await probeMedia(options.tools, options.path, { signal: options.signal });
  const boxes = await readBoxTypes(options.path);
  const problems = [...pictureProblems(probe, options), ...soundProblems(probe, options)];
  if (boxes.indexOf('moov') === -1 || boxes.indexOf('moov') > boxes.indexOf('mdat')) {
    problems.push('the index is not in front');
  }
  if (problems.length > 0) {
    const message = `FFmpeg error: the video is not as planned: ${problems.join(', ')}`;
    throw new AppError(message, { code: 'MEDIA_OUTPUT_INVALID', details: { problems, probe } });
  }
  return { durationSec: probe.video?.durationSec ?? 0, sizeBytes: probe.sizeBytes };
}

function pictureProblems({ video }: MediaProbe, { plan, size }: VerifyOptions): string[] {
  if (video === null) return ['it has no picture'];
  const { frameRate, frameCount } = plan;
  const problems: string[] = [];
  if (video.codec !== 'h264' || video.pixelFormat !== 'yuv420p') {
    problems.push(`it is ${video.codec} ${video.pixelFormat}`);
  }
  if (video.width !== size.width || video.height !== size.height) {
    problems.push(`it measures ${video.width}x${video.height}`);
  }
  if (video.frameCount !== frameCount) problems.push(`it has ${video.frameCount} of ${frameCount} frames`);
  const offSec = Math.abs(video.durationSec - timeOfFrame(frameCount, frameRate));
  if (offSec > timeOfFrame(1, frameRate)) problems.push(`it is ${video.durationSec} s long`);
  return problems;
}

function soundProblems({ audio }: MediaProbe, { plan, hasSound }: VerifyOptions): string[] {
  if (!hasSound) return audio === null ? [] : ['it has sound'];
  if (audio === null) return ['it has no sound'];
  const problems: string[] = [];
  if (audio.codec !== 'aac') problems.push(`its sound is ${audio.codec}`);
  const offSec = Math.abs(audio.durationSec - timeOfFrame(plan.frameCount, plan.frameRate));
  if (offSec > timeOfFrame(1, plan.frameRate)) problems.push(`its sound is ${audio.durationSec} s long`);
  return problems;
}
