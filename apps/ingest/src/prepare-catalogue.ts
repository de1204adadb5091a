import { createHash } from 'node:crypto';
import { join } from 'node:path';
import {
  listAllSongs,
  listPreparable,
  notePrepared,
  type PreparableMove,
  type Song,
} from '@bachata-buddy/database';
import {
  companionKeys,
  countTimesSec,
  keyframeFrames,
  mezzanineTrack,
  readMovie,
} from '@bachata-buddy/media';
import { hasCode, hashFile, withScratchDirectory } from '@bachata-buddy/platform';
import { isSongPrepared, prepareSong } from '@bachata-buddy/songs';
import { bringHere } from './bring-here.ts';
import { ingestError } from './errors.ts';
import { analyseSongFile, type IngestContext } from './ingest-context.ts';
import type { Outcome } from './ingest-report.ts';
import { preparedMoveKeys, prepareMove } from './prepare-move.ts';
import { type WorkOptions, workSideBySide } from './side-by-side.ts';

/** A part of the work: every clip belongs to exactly one of `count`. */
export interface Shard {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/**
 * Brings what the catalogue has of clips and songs into the form that videos are copied from, its source being the store.
 * What is ready stays; a run that was ended is continued by the next. What cannot be prepared is reported by its key, and
 * stays as it was.
 */
export async function prepareCatalogue(context: IngestContext, shard: Shard): Promise<void> {
  const isOurs = (name: string): boolean => shardOf(name, shard.count) === shard.index;
  const songs = (await listAllSongs(context.db, 'catalogue')).filter(({ audioPath }) => isOurs(audioPath));
  const moves = (await listPreparable(context.db)).filter(({ moveId }) => isOurs(moveId));
  const works = [
    ...songs.map((song) => ({
      key: song.audioPath,
      run: (options: WorkOptions) => renewSong(context, song, options),
    })),
    ...moves.map((move) => ({
      key: move.videoPath,
      run: (options: WorkOptions) => renewMove(context, move, options),
    })),
  ];
  await workSideBySide(context, works, {
    nameOf: ({ key }) => key,
    work: ({ run }, options) => run(options),
  });
}

/** By name, not by place in the list: that may change between the tasks of one execution. */
function shardOf(name: string, count: number): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % count;
}

async function renewSong(
  context: IngestContext,
  { audioPath, contentHash }: Pick<Song, 'audioPath' | 'contentHash'>,
  { signal }: WorkOptions,
): Promise<Outcome> {
  if (contentHash !== null && (await isSongPrepared(context, contentHash))) return 'unchanged';
  return withStoredFile(context, audioPath, signal, async (filePath) => {
    const hash = await hashFile(filePath);
    if (await isSongPrepared(context, hash)) return 'unchanged';
    const analysis = await analyseSongFile({ ...context, signal }, filePath, hash);
    await prepareSong(context, { filePath, contentHash: hash, analysis, signal });
    return 'updated';
  });
}

async function renewMove(
  context: IngestContext,
  move: PreparableMove,
  options: WorkOptions,
): Promise<Outcome> {
  if (await isReady(context, move)) return 'unchanged';
  const preparedPath = await withStoredFile(context, move.videoPath, options.signal, async (filePath) => {
    if (await isPrepared(context, move, filePath)) return move.videoPath;
    return prepareMove(context, { ...move, filePath, contentHash: await hashFile(filePath) }, options);
  });
  if (preparedPath === move.preparedPath) return 'unchanged';
  if (await notePrepared(context.db, move, preparedPath)) return 'updated';
  throw ingestError('INGEST_CLIP', 'it was brought in anew meanwhile');
}

/** Without a look at the clip: the catalogue knows its hash, which stands behind what it was measured with. */
async function isReady(context: IngestContext, move: PreparableMove): Promise<boolean> {
  const contentHash = /[0-9a-f]{64}$/.exec(move.contentHash ?? '')?.[0];
  if (contentHash === undefined || move.preparedPath === null) return false;
  const keys = preparedMoveKeys(context, { ...move, contentHash });
  return move.preparedPath === keys.clip && (await context.store.stat(keys.clip)) !== null;
}

/** @throws AppError `INGEST_OBJECT` where there is no such object */
async function withStoredFile<Result>(
  { store }: IngestContext,
  key: string,
  signal: AbortSignal,
  work: (filePath: string) => Promise<Result>,
): Promise<Result> {
  return withScratchDirectory({ purpose: 'prepare-source' }, async (directory) => {
    const filePath = await bringHere(store, key, { copyPath: join(directory, 'source'), signal }).catch(
      (thrown: unknown) => {
        if (!hasCode(thrown, 'STORAGE_NOT_FOUND')) throw thrown;
        throw ingestError('INGEST_OBJECT', 'it is not in storage', { cause: thrown });
      },
    );
    return work(filePath);
  });
}

/** In the format, of the size, with a keyframe on every count, and its pictures beside it. */
async function isPrepared(
  { size, store }: IngestContext,
  move: PreparableMove,
  filePath: string,
): Promise<boolean> {
  const movie = await readMovie(filePath).catch(() => null);
  const track = movie && mezzanineTrack(movie, size);
  if (track === null) return false;
  const { isSync, count } = track.samples;
  const hasCounts = keyframeFrames(countTimesSec(move)).every(
    (frame) => frame >= count || isSync[frame] === 1,
  );
  const { poster, sheet } = companionKeys(move.videoPath);
  return hasCounts && (await store.stat(poster)) !== null && (await store.stat(sheet)) !== null;
}
