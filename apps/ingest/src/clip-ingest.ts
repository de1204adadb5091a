import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMove, embedText } from '@bachata-buddy/choreography';
import { findIngestedMove, retireMove, upsertMove } from '@bachata-buddy/database';
import { AppError, runBounded, toError } from '@bachata-buddy/platform';
import { type AnnotatedClip, readAnnotations } from './annotations.ts';
import { hashFile } from './content-hash.ts';
import { isAboutTheFile } from './file-fault.ts';
import type { IngestContext } from './ingest-context.ts';
import type { Outcome } from './ingest-report.ts';
import { measureClip } from './measure-clip.ts';
import { POSE_DIMENSIONS, readPoseVectors } from './pose-vectors.ts';
import { type PrepareMoveOptions, prepareMove, sideBySide } from './prepare-move.ts';
import { makeSharedProgress } from './shared-progress.ts';

/** Raised when what is measured of a clip changes, so that unchanged files are measured again. */
const CLIP_INGEST_VERSION = 1;

export interface ClipFolderOptions {
  readonly directory: string;
  readonly annotationsPath: string;
}

/**
 * Brings a folder of dance clips into the catalogue: probed, measured, embedded, prepared for videos, stored. A file that
 * is missing or broken is reported by name and its move retired; the rest goes in. Run again, it changes nothing.
 */
export async function ingestClips(context: IngestContext, options: ClipFolderOptions): Promise<void> {
  await assertDirectory(options.directory);
  const { clips, problems } = await readAnnotations(options.annotationsPath);
  const poses = await readPoseVectors(options.directory);
  for (const { name, reason } of problems) context.report.count('failed', name, reason);
  const { concurrency, threadCount } = sideBySide(clips.length);
  const shareOf = makeSharedProgress(context.report, clips.length);
  const tasks = clips.map((clip) => async (signal: AbortSignal) => {
    const share = shareOf(clip.relativePath);
    const ingest = { directory: options.directory, clip, pose: poses.get(clip.moveId) };
    const onProgress = (fraction: number): void => share.show(fraction);
    const ended = await tryClip(context, ingest, { signal, threadCount, onProgress });
    share.show(1);
    return ended;
  });
  const ended = await runBounded(tasks, { concurrency, signal: context.signal });
  // In the annotations' order, whichever came first.
  for (const { outcome, name, reason } of ended) context.report.count(outcome, name, reason);
}

interface ClipToIngest {
  readonly directory: string;
  readonly clip: AnnotatedClip;
  readonly pose: readonly number[] | undefined;
}

async function tryClip(
  context: IngestContext,
  ingest: ClipToIngest,
  options: PrepareMoveOptions,
): Promise<{ outcome: Outcome; name: string; reason?: string }> {
  const name = ingest.clip.relativePath;
  try {
    return { name, outcome: await ingestClip(context, ingest, options) };
  } catch (thrown) {
    if (!isAboutTheFile(thrown)) throw thrown;
    await retireMove(context.db, ingest.clip.moveId);
    return { name, outcome: 'failed', reason: toError(thrown).message };
  }
}

async function ingestClip(
  context: IngestContext,
  { directory, clip, pose }: ClipToIngest,
  options: PrepareMoveOptions,
): Promise<'added' | 'updated' | 'unchanged'> {
  const filePath = join(directory, clip.relativePath);
  await assertFile(filePath);
  const fileHash = await hashFile(filePath);
  const contentHash = `${CLIP_INGEST_VERSION}:${fileHash}`;
  const key = `Bachata_steps/${clip.relativePath}`;
  const known = await findIngestedMove(context.db, clip.moveId);
  const isKnown = known?.contentHash === contentHash && (await context.store.stat(key)) !== null;
  const measured = isKnown ? known : await measureClip(context.tools, filePath, clip, options.signal);
  const preparedPath = await prepareMove(context, { ...measured, filePath, contentHash: fileHash }, options);
  if (!isKnown) await context.store.putFile(filePath, key, { contentType: 'video/mp4' });
  const { durationSec, tempoBpm, firstDownbeatSec, counts, beats } = measured;
  return upsertMove(context.db, {
    ...describeClip(clip),
    ...{ durationSec, tempoBpm, firstDownbeatSec, counts, beats },
    videoPath: key,
    preparedPath,
    embedding: {
      pose: pose ?? new Array<number>(POSE_DIMENSIONS).fill(0),
      audio: measured.embedding.audio,
      text: embedText(describeMove(clip)),
    },
    contentHash,
    source: 'folder',
  });
}

/** What the annotations say of a clip, as the catalogue has it. */
function describeClip({ moveId, name, label, difficulty, energyLevel, style }: AnnotatedClip) {
  return { moveId, name, label, difficulty, energyLevel, style };
}

async function assertDirectory(directory: string): Promise<void> {
  const isReadable = await readdir(directory).then(
    () => true,
    () => false,
  );
  if (!isReadable) throw new AppError(`${directory} is not a folder that can be read.`, { code: 'USAGE' });
}

async function assertFile(path: string): Promise<void> {
  const facts = await stat(path).catch(() => null);
  if (facts === null || !facts.isFile()) throw new AppError('the file is missing', { code: 'INGEST_CLIP' });
  if (facts.size === 0) throw new AppError('the file is empty', { code: 'INGEST_CLIP' });
}
