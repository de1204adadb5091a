import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import { type MediaTools, timeOfFrame } from '@bachata-buddy/media';
import type { ObjectStore } from '@bachata-buddy/storage';
import { inSpan } from '@bachata-buddy/telemetry';
import { runBounded } from './pool.ts';
import type { PictureSize } from './render/filter-graph.ts';
import { joinSegments } from './render/join.ts';
import { planRender, type RenderPlan } from './render/plan.ts';
import { type RenderedSegment, renderSegments } from './render/render-segments.ts';
import type { SegmentCache } from './render/segment-cache.ts';
import { renderSoundtrack } from './render/soundtrack.ts';
import { type FetchedMedia, fetchMedia } from './stages/fetch.ts';
import { type VerifiedVideo, verifyVideo } from './stages/verify.ts';

/** Share of the way that fetching takes; the rest is rendering. */
const FETCH_SHARE = 0.1;

export interface AssembleOptions {
  readonly tools: MediaTools;
  readonly store: ObjectStore;
  readonly blueprint: ResolvedBlueprint;
  readonly size: PictureSize;
  /** ffmpeg processes at a time. */
  readonly concurrency: number;
  /** For everything that is made on the way; the caller removes it. */
  readonly directory: string;
  /** Undefined: every segment is rendered anew. */
  readonly cache?: SegmentCache | undefined;
  readonly signal: AbortSignal;
  /** 0 to 1, never falling. */
  readonly onProgress: (fraction: number) => void;
}

export interface AssembledVideo extends VerifiedVideo {
  readonly path: string;
  readonly timingsMs: Readonly<Record<'fetch' | 'render' | 'join' | 'verify', number>>;
}

/**
 * Makes the video a blueprint describes: fetch, plan, render, join, verify. Stores nothing.
 *
 * @throws AppError of the stages: `JOB_INPUT_MISSING`, `JOB_INPUT_INVALID`, `STORAGE_FAILED`, `MEDIA_*`
 */
export async function assembleVideo(options: AssembleOptions): Promise<AssembledVideo> {
  const { tools, blueprint, size, directory, signal, onProgress } = options;
  const timer = makeTimer();
  const media = await inSpan('fetch media', () =>
    fetchMedia({ ...options, onProgress: (fraction) => onProgress(fraction * FETCH_SHARE) }),
  );
  const fetch = timer();
  const plan = await inSpan('plan render', async () => planRender(blueprint, media.clipFacts));
  const { soundtrackPath, segments } = await inSpan('render parts', () => renderParts(options, media, plan));
  await media.removeCopies();
  const render = timer();
  const title = blueprint.song && `${blueprint.song.artist} - ${blueprint.song.title}`;
  const { frameRate } = plan;
  const path = await inSpan('join parts', () =>
    joinSegments({ tools, segments, frameRate, soundtrackPath, title, directory, signal }),
  );
  const join = timer();
  const hasSound = soundtrackPath !== undefined;
  const video = await inSpan('verify video', () =>
    verifyVideo({ tools, path, plan, size, hasSound, signal }),
  );
  return { path, ...video, timingsMs: { fetch, render, join, verify: timer() } };
}

interface RenderedParts {
  readonly segments: readonly RenderedSegment[];
  readonly soundtrackPath: string | undefined;
}

/** Picture and sound at the same time; where one fails, the other is stopped. */
async function renderParts(
  { tools, blueprint, size, concurrency, directory, cache, signal, onProgress }: AssembleOptions,
  { songPath, clipPaths }: FetchedMedia,
  plan: RenderPlan,
): Promise<RenderedParts> {
  let segments: readonly RenderedSegment[] = [];
  let soundtrackPath: string | undefined;
  const renderPicture = async (stop: AbortSignal): Promise<void> => {
    segments = await renderSegments({
      ...{
        tools,
        plan,
        output: blueprint.output,
        size,
        clipPaths,
        directory,
        cache,
        concurrency,
        signal: stop,
      },
      onProgress: (fraction) => onProgress(FETCH_SHARE + (1 - FETCH_SHARE) * fraction),
    });
  };
  const renderSound = async (stop: AbortSignal): Promise<void> => {
    if (songPath === undefined) return;
    const durationSec = timeOfFrame(plan.frameCount, plan.frameRate);
    soundtrackPath = await renderSoundtrack({
      tools,
      blueprint,
      songPath,
      durationSec,
      directory,
      signal: stop,
    });
  };
  await runBounded([renderPicture, renderSound], { concurrency: 2, signal });
  return { segments, soundtrackPath };
}

/** Milliseconds since the last call, or since it was made. */
function makeTimer(): () => number {
  let last = performance.now();
  return () => {
    const now = performance.now();
    const elapsedMs = Math.round(now - last);
    last = now;
    return elapsedMs;
  };
}
