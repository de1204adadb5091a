import { join } from 'node:path';
import type { ResolvedOutput } from '@bachata-buddy/blueprint';
import {
  guardedInput,
  type MediaPrograms,
  type PictureSize,
  requireCapableFfmpeg,
  type VideoStream,
} from '@bachata-buddy/media';
import { hashFile, runBounded, valueAt } from '@bachata-buddy/platform';
import { jobError } from '../../errors.ts';
import { namingFiles } from '../../name-files.ts';
import { encode } from '../encode.ts';
import { type KeptParts, partKey } from '../kept-parts.ts';
import { videoEncoding } from './encoding.ts';
import { buildSegmentGraph, type SegmentGraph } from './filter-graph.ts';
import type { RenderPlan } from './plan.ts';
import { type Segment, splitIntoSegments } from './segments.ts';

/**
 * A segment ends at the first possible place: a cut costs nothing between segments, but a pass of all frames through
 * a mixing filter inside one; and the shorter, the likelier another video has the same.
 */
const SEGMENT_FRAMES = 1;
/** Open clips a process; each costs a decoder's pictures, about 20 MB at 720p. */
const MAX_SHOTS_PER_SEGMENT = 4;

export interface RenderSegmentsOptions {
  readonly tools: MediaPrograms;
  readonly plan: RenderPlan;
  readonly output: ResolvedOutput;
  readonly size: PictureSize;
  /** File of each clip, by key. */
  readonly clipPaths: ReadonlyMap<string, string>;
  /** The picture of each clip, by key. */
  readonly videos: ReadonlyMap<string, VideoStream>;
  readonly directory: string;
  readonly kept: KeptParts | undefined;
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
 * @throws AppError of `runFfmpeg`; `JOB_OUTPUT_INVALID` where a segment has not its exact number of frames
 */
export async function renderSegments(options: RenderSegmentsOptions): Promise<RenderedSegment[]> {
  const { plan, concurrency, signal, onProgress } = options;
  const segments = splitIntoSegments(plan, SEGMENT_FRAMES, MAX_SHOTS_PER_SEGMENT);
  const clipHashes = await hashClips(options);
  const framesDone = segments.map(() => 0);
  const tasks = segments.map((segment) => (stop: AbortSignal) => {
    const report = (fraction: number): void => {
      framesDone[segment.index] = fraction * segment.frameCount;
      onProgress(framesDone.reduce((sum, frames) => sum + frames, 0) / plan.frameCount);
    };
    return findOrRender(segment, { ...options, clipHashes, signal: stop }, report);
  });
  const rendered = await runBounded(tasks, { concurrency, signal });
  await options.kept?.trim();
  return rendered;
}

interface SegmentOptions extends RenderSegmentsOptions {
  /** Of every clip, where parts are kept. */
  readonly clipHashes: ReadonlyMap<string, string>;
}

async function hashClips({ kept, clipPaths, signal }: RenderSegmentsOptions): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  if (kept === undefined) return hashes;
  for (const [key, path] of clipPaths) hashes.set(key, await hashFile(path, signal));
  return hashes;
}

async function findOrRender(
  segment: Segment,
  options: SegmentOptions,
  onProgress: (fraction: number) => void,
): Promise<RenderedSegment> {
  const { tools, plan, output, size, kept, clipHashes, directory } = options;
  const { firstFrame, frameCount } = segment;
  const path = join(directory, `segment-${String(segment.index).padStart(4, '0')}.mp4`);
  const graph = buildSegmentGraph(segment, { frameRate: plan.frameRate, size, videos: options.videos });
  const key = partKey({
    ffmpeg: await requireCapableFfmpeg(tools),
    clips: graph.inputs.map(({ clipKey, seekSec }) => [clipHashes.get(clipKey), seekSec.toFixed(6)]),
    filters: graph.filters,
    frameCount,
    encoding: videoEncoding(output, plan.frameRate, 1),
  });
  if (await kept?.take(key, path)) onProgress(1);
  else {
    const clipKeys = graph.inputs.map(({ clipKey }) => clipKey);
    await namingFiles(clipKeys, () => renderSegment(segment, graph, path, options, onProgress));
    await kept?.keep(key, path);
  }
  return { path, firstFrame, frameCount };
}

async function renderSegment(
  segment: Segment,
  graph: SegmentGraph,
  path: string,
  options: RenderSegmentsOptions,
  onProgress: (fraction: number) => void,
): Promise<void> {
  const { tools, plan, output, clipPaths, signal } = options;
  // Without accurate seeking the pictures before the wanted time come too, and the graph chooses among them.
  const inputs = graph.inputs.flatMap(({ clipKey, seekSec }) => [
    ...['-threads', '1', '-noaccurate_seek', '-ss', seekSec.toFixed(6)],
    ...guardedInput(valueAt(clipPaths, clipKey)),
  ]);
  const { frameCount } = await encode({
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
    const clipKeys = [...new Set(graph.inputs.map(({ clipKey }) => clipKey))].join(' or ');
    throw jobError('JOB_OUTPUT_INVALID', `FFmpeg error: ${clipKeys} ended before its pictures did`, {
      details: { clips: graph.inputs, frameCount, expectedFrameCount: segment.frameCount },
    });
  }
}
