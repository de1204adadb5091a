import { rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import { type MediaTools, probeMedia, requireAudio, requireVideo } from '@bachata-buddy/media';
import { AppError } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { runBounded } from '../pool.ts';
import type { ClipFacts } from '../render/plan.ts';

/** Downloads wait for the network and probes are short, so several at a time pay even on one core. */
const CONCURRENT_FETCHES = 4;

export interface FetchOptions {
  readonly tools: MediaTools;
  readonly store: ObjectStore;
  readonly blueprint: ResolvedBlueprint;
  readonly directory: string;
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

export interface FetchedMedia {
  /** Undefined where the video is to have no sound. */
  readonly songPath: string | undefined;
  readonly clipPaths: ReadonlyMap<string, string>;
  readonly clipFacts: ReadonlyMap<string, ClipFacts>;
  /** Removes what was copied here and no stage after the rendering reads: in a container it lies in memory. */
  removeCopies(): Promise<void>;
}

/**
 * Brings the song and each different clip to this machine, once (or finds them in place), and looks inside.
 *
 * @throws AppError `JOB_INPUT_MISSING` (`Video file not found: <key>`, `Audio file not found: <key>`),
 * `JOB_INPUT_INVALID` (`FFmpeg error: <key> is ...`), `STORAGE_FAILED`, `MEDIA_CANCELLED`
 */
export async function fetchMedia(options: FetchOptions): Promise<FetchedMedia> {
  const { blueprint, onProgress } = options;
  const clipKeys = [...new Set(blueprint.moves.map((move) => move.clipKey))];
  const clipPaths = new Map<string, string>();
  const clipFacts = new Map<string, ClipFacts>();
  let songPath: string | undefined;
  let doneCount = 0;
  const fetchClip = async (key: string, index: number, stop: AbortSignal): Promise<void> => {
    const path = await bringHere('Video', key, `clip-${index}`, { ...options, signal: stop });
    clipFacts.set(key, await examineClip(key, path, { ...options, signal: stop }));
    clipPaths.set(key, path);
  };
  const fetchSong = async (stop: AbortSignal): Promise<void> => {
    const path = await bringHere('Audio', blueprint.audioKey, 'song', { ...options, signal: stop });
    await examine(blueprint.audioKey, async () =>
      requireAudio(await probe(path, { ...options, signal: stop })),
    );
    songPath = path;
  };
  const tasks = [
    ...(blueprint.output.addAudioOverlay ? [fetchSong] : []),
    ...clipKeys.map((key, index) => (stop: AbortSignal) => fetchClip(key, index, stop)),
  ].map((fetchOne) => async (stop: AbortSignal) => {
    await fetchOne(stop);
    doneCount += 1;
    onProgress(doneCount / (clipKeys.length + 1));
  });
  await runBounded(tasks, { concurrency: CONCURRENT_FETCHES, signal: options.signal });
  const removeCopies = async (): Promise<void> => {
    const paths = [...clipPaths.values(), ...(songPath === undefined ? [] : [songPath])];
    const copies = paths.filter((path) => dirname(path) === options.directory);
    await Promise.all(copies.map((path) => rm(path)));
  };
  return { songPath, clipPaths, clipFacts, removeCopies };
}

async function bringHere(
  kind: 'Audio' | 'Video',
  key: string,
  fileName: string,
  { store, directory, signal }: FetchOptions,
): Promise<string> {
  signal.throwIfAborted();
  try {
    const inPlace = await store.localPath(key);
    if (inPlace !== null) return inPlace;
    const path = join(directory, fileName);
    await store.fetchToFile(key, path, { signal });
    return path;
  } catch (thrown) {
    if (!(thrown instanceof AppError && thrown.code === 'STORAGE_NOT_FOUND')) throw thrown;
    const message = `${kind} file not found: ${key}`;
    throw new AppError(message, { code: 'JOB_INPUT_MISSING', details: { key }, cause: thrown });
  }
}

async function examineClip(key: string, path: string, options: FetchOptions): Promise<ClipFacts> {
  const video = await examine(key, async () => requireVideo(await probe(path, options)));
  const { num, den } = video.frameRate;
  const frameSec = num > 0 ? den / num : video.durationSec;
  return { endSec: video.startSec + video.durationSec, frameSec: Math.min(frameSec, video.durationSec) };
}

function probe(path: string, { tools, signal }: FetchOptions) {
  return probeMedia(tools, path, { signal });
}

/** Names the file in what is said about it. */
async function examine<Result>(key: string, look: () => Promise<Result>): Promise<Result> {
  try {
    return await look();
  } catch (thrown) {
    const isAboutFile = thrown instanceof AppError && thrown.code !== 'MEDIA_CANCELLED';
    if (!isAboutFile) throw thrown;
    const text =
      thrown.code === 'MEDIA_PROBE_FAILED' ? 'is not a readable media file' : lowerFirst(thrown.message);
    const message = `FFmpeg error: ${key}: ${text}`;
    throw new AppError(message, {
      code: 'JOB_INPUT_INVALID',
      details: { key, ...thrown.details },
      cause: thrown,
    });
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
