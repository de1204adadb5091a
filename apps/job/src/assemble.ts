import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import { type MediaTools, timeOfFrame } from '@bachata-buddy/media';
import type { ObjectStore } from '@bachata-buddy/storage';
import { inSpan } from '@bachata-buddy/telemetry';
import { runBounded } from './pool.ts';
import type { PictureSize } from './render/filter-graph.ts';
import { joinSegments } from './render/join.ts';
import { lengthOf, planRender, type RenderPlan } from './render/plan.ts';
import { type RenderedSegment, renderSegments } from './render/render-segments.ts';
import type { SegmentCache } from './render/segment-cache.ts';
import { renderSoundtrack } from './render/soundtrack.ts';
import { fetchClips, fetchSong, removeCopies } from './stages/fetch.ts';
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
 * Makes the video a blueprint describes: its picture (fetch, plan, render) and, beside that, its sound; then both are
 * joined and verified. Stores nothing.
 *
 * @throws AppError of the stages: `JOB_INPUT_MISSING`, `JOB_INPUT_INVALID`, `STORAGE_FAILED`, `MEDIA_*`
 */
export async function assembleVideo(options: AssembleOptions): Promise<AssembledVideo> {
  const { tools, blueprint, size, directory, signal } = options;
  const timer = makeTimer();
  const parts = await makeParts(options);
  const render = timer() - parts.fetchMs;
  const { plan, segments, soundtrackPath } = parts;
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
  return { path, ...video, timingsMs: { fetch: parts.fetchMs, render, join, verify: timer() } };
}

interface Picture {
  readonly plan: RenderPlan;
  readonly segments: readonly RenderedSegment[];
  /** Until every clip was here. */
  readonly fetchMs: number;
}

interface Parts extends Picture {
  /** Undefined where the video is to have no sound. */
  readonly soundtrackPath: string | undefined;
}

/** Picture and sound at the same time; where one fails, the other is stopped. */
async function makeParts(options: AssembleOptions): Promise<Parts> {
  const { blueprint, directory, signal } = options;
  const copies: string[] = [];
  const note = (...paths: readonly string[]): void => void copies.push(...paths);
  let picture: Picture | undefined;
  let soundtrackPath: string | undefined;
  const makeSound = async (stop: AbortSignal): Promise<void> => {
    soundtrackPath = await makeSoundtrack({ ...options, signal: stop }, note);
  };
  const makePicture = async (stop: AbortSignal): Promise<void> => {
    picture = await makeSegments({ ...options, signal: stop }, note);
  };
  const tasks = blueprint.output.addAudioOverlay ? [makeSound, makePicture] : [makePicture];
  await runBounded(tasks, { concurrency: tasks.length, signal });
  await removeCopies(copies, directory);
  return { ...picture!, soundtrackPath };
}

async function makeSoundtrack(options: AssembleOptions, note: (path: string) => void): Promise<string> {
  const { tools, blueprint, directory, signal } = options;
  const songPath = await inSpan('fetch song', () => fetchSong(options));
  note(songPath);
  const { frameCount, frameRate } = lengthOf(blueprint);
  const durationSec = timeOfFrame(frameCount, frameRate);
  return inSpan('render sound', () =>
    renderSoundtrack({ tools, blueprint, songPath, durationSec, directory, signal }),
  );
}

async function makeSegments(
  options: AssembleOptions,
  note: (...paths: readonly string[]) => void,
): Promise<Picture> {
  const { tools, blueprint, size, concurrency, directory, cache, signal, onProgress } = options;
  const timer = makeTimer();
  const { clipPaths, clipFacts } = await inSpan('fetch clips', () =>
    fetchClips({ ...options, onProgress: (fraction) => onProgress(fraction * FETCH_SHARE) }),
  );
  note(...clipPaths.values());
  const fetchMs = timer();
  const plan = await inSpan('plan render', async () => planRender(blueprint, clipFacts));
  const segments = await inSpan('render picture', () =>
    renderSegments({
      ...{ tools, plan, output: blueprint.output, size, clipPaths, directory, cache, concurrency, signal },
      onProgress: (fraction) => onProgress(FETCH_SHARE + (1 - FETCH_SHARE) * fraction),
    }),
  );
  return { plan, segments, fetchMs };
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
