import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMove, embedText } from '@bachata-buddy/choreography';
import { findIngestedMove, retireMove, upsertMove } from '@bachata-buddy/database';
import { hashFile, usageError } from '@bachata-buddy/platform';
import { POSE_DIMENSIONS } from '@bachata-buddy/vocabulary';
import { type AnnotatedClip, readAnnotations } from './annotations.ts';
import { ingestError } from './errors.ts';
import type { IngestContext } from './ingest-context.ts';
import { type MeasuredClip, measureClip } from './measure-clip.ts';
import { readPoseVectors } from './pose-vectors.ts';
import { prepareMove } from './prepare-move.ts';
import { type WorkOptions, workSideBySide } from './side-by-side.ts';

/** Raised when what is measured of a clip changes, so that unchanged files are measured again. */
const CLIP_INGEST_VERSION = 4;

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
  const { directory } = options;
  await workSideBySide(context, clips, {
    nameOf: ({ relativePath }) => relativePath,
    work: (clip, workOptions) =>
      ingestClip(context, { directory, clip, pose: poses.get(clip.moveId) }, workOptions),
    onFault: ({ moveId }) => retireMove(context.db, moveId),
  });
}

interface ClipToIngest {
  readonly directory: string;
  readonly clip: AnnotatedClip;
  readonly pose: readonly number[] | undefined;
}

async function ingestClip(
  context: IngestContext,
  { directory, clip, pose }: ClipToIngest,
  options: WorkOptions,
): Promise<'added' | 'updated' | 'unchanged'> {
  const filePath = join(directory, clip.relativePath);
  await assertFile(filePath);
  const fileHash = await hashFile(filePath);
  const contentHash = [CLIP_INGEST_VERSION, ...statementsOfCounts(clip), fileHash].join(':');
  const key = `Bachata_steps/${clip.relativePath}`;
  const known = await findIngestedMove(context.db, clip.moveId);
  const isKnown = known?.contentHash === contentHash && (await context.store.stat(key)) !== null;
  const measured = isKnown ? known : await measureAndDoubt(context, { filePath, clip }, options);
  const preparedPath = await prepareMove(context, { ...measured, filePath, contentHash: fileHash }, options);
  if (!isKnown) await context.store.putFile(filePath, key, { contentType: 'video/mp4' });
  const { durationSec, tempoBpm, firstDownbeatSec, counts, beats } = measured;
  return upsertMove(context.db, {
    ...describeClip(clip),
    durationSec,
    tempoBpm,
    firstDownbeatSec,
    counts,
    beats,
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

async function measureAndDoubt(
  { tools, report }: IngestContext,
  { filePath, clip }: { readonly filePath: string; readonly clip: AnnotatedClip },
  { signal }: WorkOptions,
): Promise<MeasuredClip> {
  const measured = await measureClip(tools, filePath, clip, signal);
  if (measured.doubt !== null) report.note(`${clip.relativePath}: ${measured.doubt}`);
  return measured;
}

/** What somebody says of a clip's counts: other words are another measurement. */
function statementsOfCounts({ firstDownbeatSec, firstCount }: AnnotatedClip): readonly string[] {
  return [
    ...(firstDownbeatSec === null ? [] : [`one at ${firstDownbeatSec}`]),
    ...(firstCount === null ? [] : [`begins with ${firstCount}`]),
  ];
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
  if (!isReadable) throw usageError(`${directory} is not a folder that can be read.`);
}

async function assertFile(path: string): Promise<void> {
  const facts = await stat(path).catch(() => null);
  if (facts === null || !facts.isFile()) throw ingestError('INGEST_CLIP', 'the file is missing');
  if (facts.size === 0) throw ingestError('INGEST_CLIP', 'the file is empty');
}
