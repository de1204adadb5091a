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
}

export interface FetchedClips {
  readonly clipPaths: ReadonlyMap<string, string>;
  readonly clipFacts: ReadonlyMap<string, ClipFacts>;
}

/**
 * Brings each different clip to this machine, once (or finds it in place), and looks inside.
 *
 * @throws AppError `JOB_INPUT_MISSING` (`Video file not found: <key>`), `JOB_INPUT_INVALID`
 * (`FFmpeg error: <key> is ...`), `STORAGE_FAILED`, `MEDIA_CANCELLED`
 */
export async function fetchClips(
  options: FetchOptions & { readonly onProgress: (fraction: number) => void },
): Promise<FetchedClips> {
  const { blueprint, onProgress } = options;
  const clipKeys = [...new Set(blueprint.moves.map((move) => move.clipKey))];
  const clipPaths = new Map<string, string>();
  const clipFacts = new Map<string, ClipFacts>();
  const fetchClip = async (key: string, index: number, stop: AbortSignal): Promise<void> => {
    const path = await bringHere('Video', key, `clip-${index}`, { ...options, signal: stop });
    clipFacts.set(key, await examineClip(key, path, { ...options, signal: stop }));
    clipPaths.set(key, path);
    onProgress(clipPaths.size / clipKeys.length);
  };
  const tasks = clipKeys.map((key, index) => (stop: AbortSignal) => fetchClip(key, index, stop));
  await runBounded(tasks, { concurrency: CONCURRENT_FETCHES, signal: options.signal });
  return { clipPaths, clipFacts };
}

/**
 * The same for the song.
 *
 * @returns its file
 * @throws AppError as of {@link fetchClips}; `Audio file not found: <key>`
 */
export async function fetchSong(options: FetchOptions): Promise<string> {
  const { audioKey } = options.blueprint;
  const path = await bringHere('Audio', audioKey, 'song', options);
  await examine(audioKey, async () => requireAudio(await probe(path, options)));
  return path;
}

/** Removes those of the files that were copied to that folder: in a container they may lie in memory. */
export async function removeCopies(paths: readonly string[], directory: string): Promise<void> {
  const copies = paths.filter((path) => dirname(path) === directory);
  await Promise.all(copies.map((path) => rm(path)));
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
