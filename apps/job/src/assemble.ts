import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ResolvedBlueprint } from '@bachata-buddy/blueprint';
import {
  type MediaPrograms,
  type PictureSize,
  type TrackToWrite,
  toBitsPerSecond,
} from '@bachata-buddy/media';
import { runBounded } from '@bachata-buddy/platform';
import type { ObjectStore } from '@bachata-buddy/storage';
import { inSpan } from '@bachata-buddy/telemetry';
import { FRAMES_PER_SECOND } from './render/copied/clock.ts';
import { factsOfClips } from './render/copied/make-footage.ts';
import { makePicture } from './render/copied/make-picture.ts';
import { type Piece, planPieces } from './render/copied/plan-pieces.ts';
import { makeConstantPicture } from './render/encoded/make-constant-picture.ts';
import { lengthOf } from './render/encoded/plan.ts';
import type { FetchedClip } from './render/fetched-clip.ts';
import type { KeptParts } from './render/kept-parts.ts';
import type { Picture } from './render/picture.ts';
import { isRepainted, repaintPicture } from './render/practice/repaint-picture.ts';
import { makeSoundtrack } from './render/sound/soundtrack.ts';
import { writeVideo } from './render/write-video.ts';
import { examineSong, fetchClips, fetchPrepared, fetchSong } from './stages/fetch.ts';
import { type VerifiedVideo, verifyVideo } from './stages/verify.ts';

/** Share of the way that fetching takes; the rest is making the picture. */
const FETCH_SHARE = 0.3;
/** Of making a picture that is then mirrored or written into, share of what comes before. */
const UNPAINTED_SHARE = 0.2;

export interface AssembleOptions {
  readonly tools: MediaPrograms;
  readonly store: ObjectStore;
  readonly blueprint: ResolvedBlueprint;
  readonly size: PictureSize;
  /** ffmpeg processes at a time. */
  readonly concurrency: number;
  /** For everything that is made on the way; the caller removes it. */
  readonly directory: string;
  /** Undefined: every part is made anew. */
  readonly kept?: KeptParts | undefined;
  readonly signal: AbortSignal;
  /** 0 to 1, never falling. */
  readonly onProgress: (fraction: number) => void;
}

export interface AssembledVideo extends VerifiedVideo {
  readonly path: string;
  /** What is known of the clips it shows, by key; their files may be gone. */
  readonly clips: ReadonlyMap<string, FetchedClip>;
  /** A JPEG of its own; undefined where its first clip's poster shows what it does. */
  readonly posterPath: string | undefined;
  readonly timingsMs: Readonly<Record<'fetch' | 'render' | 'write' | 'verify', number>>;
}

/**
 * Makes the video a blueprint describes: its picture (fetch, plan, copy or encode) and, beside that, its sound; then
 * both are written into one file and verified. Stores nothing.
 *
 * @throws AppError of the stages: `JOB_INPUT_MISSING`, `JOB_INPUT_INVALID`, `STORAGE_FAILED`, `MEDIA_*`
 */
export async function assembleVideo(options: AssembleOptions): Promise<AssembledVideo> {
  const { tools, blueprint, directory, signal, kept } = options;
  const timer = makeTimer();
  const parts = join(directory, 'parts');
  await mkdir(parts);
  const { picture, clips, soundtrack, fetchMs } = await makeParts({ ...options, directory: parts });
  const render = timer() - fetchMs;
  await kept?.trim();
  const title = blueprint.song && `${blueprint.song.artist} - ${blueprint.song.title}`;
  const path = await inSpan('write video', () =>
    writeVideo({ picture, soundtrack, title, directory, signal }),
  );
  const posterPath = await keepPoster(picture, directory);
  // In a container, what was fetched may lie in memory.
  await rm(parts, { recursive: true });
  const write = timer();
  const hasSound = soundtrack !== undefined;
  const video = await inSpan('verify video', () => verifyVideo({ tools, path, picture, hasSound, signal }));
  return { path, clips, posterPath, ...video, timingsMs: { fetch: fetchMs, render, write, verify: timer() } };
}

/** Out of the folder of the parts, which goes. */
async function keepPoster({ posterPath }: Picture, directory: string): Promise<string | undefined> {
  if (posterPath === undefined) return undefined;
  const keptPath = join(directory, 'own-poster.jpg');
  await rename(posterPath, keptPath);
  return keptPath;
}

interface MadePicture {
  readonly picture: Picture;
  readonly clips: ReadonlyMap<string, FetchedClip>;
  /** Until every clip was here. */
  readonly fetchMs: number;
}

interface Parts extends MadePicture {
  /** Undefined where the video is to have no sound. */
  readonly soundtrack: TrackToWrite | undefined;
}

/** Picture and sound at the same time; where one fails, the other is stopped. */
async function makeParts(options: AssembleOptions): Promise<Parts> {
  const { blueprint, signal } = options;
  const parts: { made?: MadePicture; soundtrack?: TrackToWrite } = {};
  const makeSound = async (stop: AbortSignal): Promise<void> => {
    parts.soundtrack = await makeSongTrack({ ...options, signal: stop });
  };
  const makeFilm = async (stop: AbortSignal): Promise<void> => {
    parts.made = await makeVideoPicture({ ...options, signal: stop });
  };
  const tasks = blueprint.output.addAudioOverlay ? [makeSound, makeFilm] : [makeFilm];
  await runBounded(tasks, { concurrency: tasks.length, signal });
  const { made, soundtrack } = parts;
  if (made === undefined) throw new Error('The picture was not made');
  return { ...made, soundtrack };
}

async function makeSongTrack(options: AssembleOptions): Promise<TrackToWrite> {
  const { blueprint } = options;
  const songPath = await inSpan('fetch song', () => fetchSong(options));
  return inSpan('make sound', () =>
    makeSoundtrack({
      ...options,
      kept: options.kept,
      songPath,
      durationSec: durationSecOf(blueprint),
      examine: (signal) => examineSong(songPath, { ...options, signal }),
      findPrepared: (key) => fetchPrepared(key, 'song-prepared', options),
    }),
  );
}

async function makeVideoPicture(options: AssembleOptions): Promise<MadePicture> {
  const { onProgress } = options;
  const timer = makeTimer();
  const clips = await inSpan('fetch clips', () =>
    fetchClips({ ...options, onProgress: (fraction) => onProgress(fraction * FETCH_SHARE) }),
  );
  const fetchMs = timer();
  const picture = await inSpan('make picture', () =>
    makeAsAsked(clips, {
      ...options,
      onProgress: (fraction) => onProgress(FETCH_SHARE + (1 - FETCH_SHARE) * fraction),
    }),
  );
  return { picture, clips, fetchMs };
}

/**
 * What the video would be made of, in order; `constant` where every picture is encoded.
 *
 * @throws AppError of fetching clips
 */
export async function planVideo(
  options: Pick<AssembleOptions, 'tools' | 'store' | 'blueprint' | 'size' | 'directory' | 'signal'>,
): Promise<Piece[] | 'constant'> {
  if (isConstantRate(options.blueprint)) return 'constant';
  const clips = await fetchClips({ ...options, onProgress: () => undefined });
  return planPieces(options.blueprint, factsOfClips(clips));
}

/** What the clips show, and then what the document wants to be changed in all of it. */
async function makeAsAsked(
  clips: ReadonlyMap<string, FetchedClip>,
  options: AssembleOptions,
): Promise<Picture> {
  const { blueprint, concurrency: threadCount, onProgress } = options;
  if (!isRepainted(blueprint)) return makeAtRate(clips, options);
  const picture = await makeAtRate(clips, {
    ...options,
    onProgress: (fraction) => onProgress(UNPAINTED_SHARE * fraction),
  });
  return repaintPicture(picture, {
    ...options,
    bitsPerSecond: bitsPerSecondOf(blueprint),
    threadCount,
    onProgress: (fraction) => onProgress(UNPAINTED_SHARE + (1 - UNPAINTED_SHARE) * fraction),
  });
}

/** By copying, where the document lets every picture keep its own time; else encoded. */
function makeAtRate(clips: ReadonlyMap<string, FetchedClip>, options: AssembleOptions): Promise<Picture> {
  const { blueprint, kept } = options;
  if (isConstantRate(blueprint)) return makeConstantPicture({ ...options, kept, clips });
  return makePicture({ ...options, kept, clips, bitsPerSecond: bitsPerSecondOf(blueprint) });
}

/** Undefined: a quality instead. */
function bitsPerSecondOf({ output: { videoBitrate } }: ResolvedBlueprint): number | undefined {
  return videoBitrate === undefined ? undefined : toBitsPerSecond(videoBitrate);
}

function isConstantRate({ output }: ResolvedBlueprint): boolean {
  return output.isConstantFrameRate || output.frameRate !== FRAMES_PER_SECOND;
}

/** Of the picture, which its clips have no say in. */
function durationSecOf(blueprint: ResolvedBlueprint): number {
  if (!isConstantRate(blueprint)) return blueprint.totalDurationSec;
  const { frameCount, frameRate } = lengthOf(blueprint);
  return (frameCount * frameRate.den) / frameRate.num;
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
