import { join } from 'node:path';
import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import {
  type MediaPrograms,
  type PictureSize,
  probeMedia,
  requireAudio,
  requirePictures,
  requireVideo,
  type VideoStream,
} from '@bachata-buddy/media';
import { hasCode, runBounded } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { jobError } from '../errors.ts';
import { namingFiles } from '../name-files.ts';
import { FRAMES_PER_SECOND } from '../render/copied/clock.ts';
import type { PictureFile } from '../render/copied/picture-file.ts';
import { openPrepared } from '../render/copied/prepared-clip.ts';
import type { FetchedClip } from '../render/fetched-clip.ts';

/** Downloads wait for the network and probes are short, so several at a time pay even on one core. */
const CONCURRENT_FETCHES = 4;

export interface FetchOptions {
  readonly tools: MediaPrograms;
  readonly store: ObjectStore;
  readonly blueprint: ResolvedBlueprint;
  readonly directory: string;
  readonly signal: AbortSignal;
}

/**
 * Brings each different clip to this machine, once (or finds it in place), and looks inside.
 *
 * @returns what is known of each, by its key
 * @throws AppError `JOB_INPUT_MISSING` (`Video file not found: <key>`), `JOB_INPUT_INVALID`
 * (`FFmpeg error: <key> is ...`), `STORAGE_FAILED`, `CANCELLED`
 */
export async function fetchClips(
  options: FetchOptions & { readonly size: PictureSize; readonly onProgress: (fraction: number) => void },
): Promise<ReadonlyMap<string, FetchedClip>> {
  const { blueprint, size, onProgress } = options;
  const clipKeys = [...new Set(blueprint.moves.map((move) => move.clipKey))];
  const clips = new Map<string, FetchedClip>();
  const fetchClip = async (key: string, index: number, stop: AbortSignal): Promise<void> => {
    const path = await bringHere('Video', key, `clip-${index}`, { ...options, signal: stop });
    clips.set(key, await examineClip(key, path, size, { ...options, signal: stop }));
    onProgress(clips.size / clipKeys.length);
  };
  const tasks = clipKeys.map((key, index) => (stop: AbortSignal) => fetchClip(key, index, stop));
  await runBounded(tasks, { concurrency: CONCURRENT_FETCHES, signal: options.signal });
  return clips;
}

/**
 * The same for the song.
 *
 * @returns its file
 * @throws AppError `JOB_INPUT_MISSING` (`Audio file not found: <key>`), `STORAGE_FAILED`, `CANCELLED`
 */
export function fetchSong(options: FetchOptions): Promise<string> {
  return bringHere('Audio', options.blueprint.audioKey, 'song', options);
}

/**
 * Brings a file that another program may have prepared.
 *
 * @returns the file, or undefined where there is none
 * @throws AppError `STORAGE_FAILED`, `CANCELLED`
 */
export async function fetchPrepared(
  key: string,
  fileName: string,
  options: FetchOptions,
): Promise<string | undefined> {
  try {
    return await bringHere('Audio', key, fileName, options);
  } catch (thrown) {
    if (hasCode(thrown, 'JOB_INPUT_MISSING')) return undefined;
    throw thrown;
  }
}

/** Looks into the song. @throws AppError `JOB_INPUT_INVALID` (`FFmpeg error: <key> is ...`), `CANCELLED` */
export async function examineSong(path: string, options: FetchOptions): Promise<void> {
  await namingFiles([options.blueprint.audioKey], async () => requireAudio(await probe(path, options)));
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
    if (!hasCode(thrown, 'STORAGE_NOT_FOUND')) throw thrown;
    const message = `${kind} file not found: ${key}`;
    throw jobError('JOB_INPUT_MISSING', message, { details: { key }, cause: thrown });
  }
}

/** A clip in the house format says all in its index; whatever else there is, ffprobe knows. */
async function examineClip(
  key: string,
  path: string,
  size: PictureSize,
  options: FetchOptions,
): Promise<FetchedClip> {
  const look = (signal: AbortSignal): Promise<VideoStream> =>
    namingFiles([key], async () => {
      const found = await probe(path, { ...options, signal });
      await requirePictures(options.tools, path, found, { signal });
      return requireVideo(found);
    });
  const prepared = await openPrepared(path, size);
  if (prepared !== undefined) return { path, prepared, describe: look, ...lengthOfPrepared(prepared) };
  const video = await look(options.signal);
  const { num, den } = video.frameRate;
  const frameSec = Math.min(num > 0 ? den / num : video.durationSec, video.durationSec);
  const endSec = video.startSec + video.durationSec;
  const frameCount = Math.max(1, Math.round(endSec * FRAMES_PER_SECOND));
  return { path, prepared, describe: async () => video, endSec, frameSec, frameCount };
}

function lengthOfPrepared({ frameCount }: PictureFile) {
  return { endSec: frameCount / FRAMES_PER_SECOND, frameSec: 1 / FRAMES_PER_SECOND, frameCount };
}

function probe(path: string, { tools, signal }: FetchOptions) {
  return probeMedia(tools, path, { signal });
}
