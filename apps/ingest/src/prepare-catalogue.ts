import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { listPreparable, notePrepared, type PreparableMove } from '@bachata-buddy/database';
import {
  companionKeys,
  countTimesSec,
  keyframeFrames,
  mezzanineTrack,
  readMovie,
} from '@bachata-buddy/media';
import { AppError, runBounded, toError, withScratchDirectory } from '@bachata-buddy/platform';
import { hashFile } from './content-hash.ts';
import { isAboutTheFile } from './file-fault.ts';
import type { IngestContext } from './ingest-context.ts';
import type { Outcome } from './ingest-report.ts';
import { type PrepareMoveOptions, preparedMoveKeys, prepareMove, sideBySide } from './prepare-move.ts';
import { makeSharedProgress } from './shared-progress.ts';

/** A part of the work: every clip belongs to exactly one of `count`. */
export interface Shard {
  /** From 0. */
  readonly index: number;
  readonly count: number;
}

/**
 * Brings what the catalogue has of clips into the house format, its source being the store. What is ready stays; a run
 * that was ended is continued by the next. A clip that cannot be prepared is reported by its key, and stays as it was.
 */
export async function prepareCatalogue(context: IngestContext, shard: Shard): Promise<void> {
  const moves = (await listPreparable(context.db)).filter(
    ({ moveId }) => shardOf(moveId, shard.count) === shard.index,
  );
  const { concurrency, threadCount } = sideBySide(moves.length);
  const shareOf = makeSharedProgress(context.report, moves.length);
  const tasks = moves.map((move) => async (signal: AbortSignal) => {
    const share = shareOf(move.videoPath);
    const onProgress = (fraction: number): void => share.show(fraction);
    const ended = await tryMove(context, move, { signal, threadCount, onProgress });
    share.show(1);
    return ended;
  });
  const ended = await runBounded(tasks, { concurrency, signal: context.signal });
  for (const { outcome, name, reason } of ended) context.report.count(outcome, name, reason);
}

/** By name, not by place in the list: that may change between the tasks of one execution. */
function shardOf(moveId: string, count: number): number {
  return createHash('sha256').update(moveId).digest().readUInt32BE(0) % count;
}

async function tryMove(
  context: IngestContext,
  move: PreparableMove,
  options: PrepareMoveOptions,
): Promise<{ outcome: Outcome; name: string; reason?: string }> {
  const name = move.videoPath;
  try {
    if (await isReady(context, move)) return { name, outcome: 'unchanged' };
    const preparedPath = await prepareStored(context, move, options);
    if (preparedPath === move.preparedPath) return { name, outcome: 'unchanged' };
    if (await notePrepared(context.db, move, preparedPath)) return { name, outcome: 'updated' };
    return { name, outcome: 'failed', reason: 'it was brought in anew meanwhile' };
  } catch (thrown) {
    const isMissing = thrown instanceof AppError && thrown.code === 'STORAGE_NOT_FOUND';
    if (isMissing) return { name, outcome: 'failed', reason: 'it is not in storage' };
    if (!isAboutTheFile(thrown)) throw thrown;
    return { name, outcome: 'failed', reason: toError(thrown).message };
  }
}

/** Without a look at the clip: the catalogue knows its hash, which stands behind what it was measured with. */
async function isReady(context: IngestContext, move: PreparableMove): Promise<boolean> {
  const contentHash = /[0-9a-f]{64}$/.exec(move.contentHash ?? '')?.[0];
  if (contentHash === undefined || move.preparedPath === null) return false;
  const keys = preparedMoveKeys(context, { ...move, contentHash });
  return move.preparedPath === keys.clip && (await context.store.stat(keys.clip)) !== null;
}

/** @returns the key of the prepared clip; that of the source where it is in the format already */
function prepareStored(
  context: IngestContext,
  move: PreparableMove,
  options: PrepareMoveOptions,
): Promise<string> {
  return withScratchDirectory({ purpose: 'prepare-source' }, async (directory) => {
    const filePath = await bringHere(context, move.videoPath, join(directory, 'clip'), options);
    if (await isPrepared(context, move, filePath)) return move.videoPath;
    return prepareMove(context, { ...move, filePath, contentHash: await hashFile(filePath) }, options);
  });
}

async function bringHere(
  { store }: IngestContext,
  key: string,
  copyPath: string,
  { signal }: PrepareMoveOptions,
): Promise<string> {
  const inPlace = await store.localPath(key);
  if (inPlace !== null) return inPlace;
  await store.fetchToFile(key, copyPath, { signal });
  return copyPath;
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
