import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import { readMovie, sampleRun, type VideoStream, withoutBitRate } from '@bachata-buddy/media';
import { elementAt } from '@bachata-buddy/platform';
import type { FetchedClip } from '../fetched-clip.ts';
import type { Picture } from '../picture.ts';
import { planRender } from './plan.ts';
import { type RenderSegmentsOptions, renderSegments } from './render-segments.ts';

export interface ConstantPictureOptions
  extends Omit<RenderSegmentsOptions, 'plan' | 'output' | 'clipPaths' | 'videos'> {
  readonly blueprint: ResolvedBlueprint;
  readonly clips: ReadonlyMap<string, FetchedClip>;
}

/**
 * Makes the video's picture at a constant rate, whatever its clips have: every picture is encoded.
 *
 * @throws AppError of `runFfmpeg`; `JOB_OUTPUT_INVALID`
 */
export async function makeConstantPicture(options: ConstantPictureOptions): Promise<Picture> {
  const { blueprint, clips, size, signal } = options;
  const plan = planRender(blueprint, clips);
  const clipPaths = new Map([...clips].map(([key, { path }]) => [key, path] as const));
  const videos = new Map<string, VideoStream>();
  for (const [key, { describe }] of clips) videos.set(key, await describe(signal));
  const segments = await renderSegments({ ...options, plan, output: blueprint.output, clipPaths, videos });
  const parts = await Promise.all(
    segments.map(async ({ path }) => {
      const track = elementAt((await readMovie(path)).tracks, 0);
      return { track, run: sampleRun(path, track, 0, track.samples.durationTicks) };
    }),
  );
  const { sampleEntry, timescale } = elementAt(parts, 0).track;
  return { ...size, sampleEntry: withoutBitRate(sampleEntry), timescale, runs: parts.map(({ run }) => run) };
}
