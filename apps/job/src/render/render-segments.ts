import { join } from 'node:path';
import type { ResolvedOutput } from '@bachata-buddy/blueprint';
import { guardedInput, type MediaTools, runFfmpeg } from '@bachata-buddy/media';
import { AppError } from '@bachata-buddy/platform';
import { runBounded } from '../pool.ts';
import { videoEncoding } from './encoding.ts';
import { buildSegmentGraph, type PictureSize } from './filter-graph.ts';
import type { RenderPlan } from './plan.ts';
import { type Segment, splitIntoSegments } from './segments.ts';

/** Segments a worker gets on average: enough that none of them is idle for long at the end. */
const SEGMENTS_PER_WORKER = 8;
/** Open clips a process; each costs a decoder's pictures, about 20 MB at 720p. */
const MAX_SHOTS_PER_SEGMENT = 4;

export interface RenderSegmentsOptions {
  readonly tools: MediaTools;
  readonly plan: RenderPlan;
  readonly output: ResolvedOutput;
  readonly size: PictureSize;
  /** File of each clip, by key. */
  readonly clipPaths: ReadonlyMap<string, string>;
  readonly directory: string;
  /** Processes at a time. */
  readonly concurrency: number;
  readonly signal: AbortSignal;
  /** Fraction of all frames, 0 to 1. */
  readonly onProgress: (fraction: number) => void;
}

export interface RenderedSegment {
  readonly path: string;
  readonly firstFrame: number;
  readonly frameCount: number;
}

/**
 * Renders the picture, without sound, as files to be joined in this order.
 *
 * @throws AppError of `runFfmpeg`; `MEDIA_OUTPUT_INVALID` where a segment has not its exact number of frames
 */
export async function renderSegments(options: RenderSegmentsOptions): Promise<RenderedSegment[]> {
  const { plan, concurrency, signal, onProgress } = options;
  const targetFrames = Math.ceil(plan.frameCount / (concurrency * SEGMENTS_PER_WORKER));
  const segments = splitIntoSegments(plan, targetFrames, MAX_SHOTS_PER_SEGMENT);
  const framesDone = segments.map(() => 0);
  const tasks = segments.map((segment) => (stop: AbortSignal) => {
    const report = (fraction: number): void => {
      framesDone[segment.index] = fraction * segment.frameCount;
      onProgress(framesDone.reduce((sum, frames) => sum + frames, 0) / plan.frameCount);
    };
    return renderSegment(segment, { ...options, signal: stop }, report);
  });
  return runBounded(tasks, { concurrency, signal });
}

async function renderSegment(
  segment: Segment,
  options: RenderSegmentsOptions,
  onProgress: (fraction: number) => void,
): Promise<RenderedSegment> {
  const { tools, plan, output, size, clipPaths, directory, signal } = options;
  const graph = buildSegmentGraph(segment, plan.frameRate, size);
  const path = join(directory, `segment-${String(segment.index).padStart(4, '0')}.mp4`);
  // Without accurate seeking the pictures before the wanted time come too, and the graph chooses among them.
  const inputs = graph.inputs.flatMap(({ clipKey, seekSec }) => [
    ...['-threads', '1', '-noaccurate_seek', '-ss', seekSec.toFixed(6)],
    ...guardedInput(clipPaths.get(clipKey)!),
  ]);
  const { frameCount } = await runFfmpeg({
    tools,
    args: [
      ...inputs,
      ...['-filter_complex_threads', '1', '-filter_complex', graph.filters, '-map', '[out]', '-an'],
      ...['-frames:v', String(segment.frameCount), ...videoEncoding(output, plan.frameRate, 1)],
      ...['-f', 'mp4', path],
    ],
    expectedDurationSec: (segment.frameCount * plan.frameRate.den) / plan.frameRate.num,
    onProgress,
    signal,
  });
  if (frameCount !== segment.frameCount) {
    throw new AppError('FFmpeg error: a clip ended before its pictures did', {
      code: 'MEDIA_OUTPUT_INVALID',
      details: { clips: graph.inputs, frameCount, expectedFrameCount: segment.frameCount },
    });
  }
  return { path, firstFrame: segment.firstFrame, frameCount };
}
