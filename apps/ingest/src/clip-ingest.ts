import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describeMove, embedText } from '@bachata-buddy/choreography';
import { findIngestedMove, retireMove, upsertMove } from '@bachata-buddy/database';
import { decodeAudio, probeMedia } from '@bachata-buddy/media';
import { ANALYSIS_SAMPLE_RATE_HZ, analyseSamples, type SongAnalysis } from '@bachata-buddy/music';
import { AppError, toError } from '@bachata-buddy/platform';
import { type AnnotatedClip, readAnnotations } from './annotations.ts';
import { wholeCounts } from './clip-counts.ts';
import { hashFile } from './content-hash.ts';
import type { IngestContext } from './ingest-context.ts';
import { POSE_DIMENSIONS, readPoseVectors } from './pose-vectors.ts';

/** Raised when what is measured of a clip changes, so that unchanged files are measured again. */
const CLIP_INGEST_VERSION = 1;
/** Below this the measured tempo is a guess, and the annotation's is taken where there is one. */
const TEMPO_CONFIDENCE_MINIMUM = 0.3;

export interface ClipFolderOptions {
  readonly directory: string;
  readonly annotationsPath: string;
}

/**
 * Brings a folder of dance clips into the catalogue: probed, measured, embedded, stored. A file that is
 * missing or broken is reported by name and its move retired; the rest goes in. Run again, it changes nothing.
 */
export async function ingestClips(context: IngestContext, options: ClipFolderOptions): Promise<void> {
  await assertDirectory(options.directory);
  const { clips, problems } = await readAnnotations(options.annotationsPath);
  const poses = await readPoseVectors(options.directory);
  for (const { name, reason } of problems) context.report.count('failed', name, reason);
  for (const [index, clip] of clips.entries()) {
    context.signal?.throwIfAborted();
    context.report.working(index / clips.length, clip.relativePath);
    try {
      context.report.count(
        await ingestClip(context, options.directory, clip, poses.get(clip.moveId)),
        clip.relativePath,
      );
    } catch (thrown) {
      if (!isAboutTheFile(thrown)) throw thrown;
      context.report.count('failed', clip.relativePath, toError(thrown).message);
      await retireMove(context.db, clip.moveId);
    }
  }
}

async function ingestClip(
  context: IngestContext,
  directory: string,
  clip: AnnotatedClip,
  pose: readonly number[] | undefined,
): Promise<'added' | 'updated' | 'unchanged'> {
  const filePath = join(directory, clip.relativePath);
  await assertFile(filePath);
  const contentHash = `${CLIP_INGEST_VERSION}:${await hashFile(filePath)}`;
  const key = `Bachata_steps/${clip.relativePath}`;
  const known = await findIngestedMove(context.db, clip.moveId);
  const isKnown = known?.contentHash === contentHash && (await context.store.stat(key)) !== null;
  const measured = isKnown ? known : await measureClip(context, filePath, clip);
  if (!isKnown) await context.store.putFile(filePath, key, { contentType: 'video/mp4' });
  return upsertMove(context.db, {
    moveId: clip.moveId,
    name: clip.name,
    label: clip.label,
    videoPath: key,
    difficulty: clip.difficulty,
    energyLevel: clip.energyLevel,
    style: clip.style,
    durationSec: measured.durationSec,
    tempoBpm: measured.tempoBpm,
    firstDownbeatSec: measured.firstDownbeatSec,
    counts: measured.counts,
    beats: measured.beats,
    embedding: {
      pose: pose ?? new Array<number>(POSE_DIMENSIONS).fill(0),
      audio: measured.embedding.audio,
      text: embedText(describeMove(clip)),
    },
    contentHash,
    source: 'folder',
  });
}

interface MeasuredClip {
  readonly durationSec: number;
  readonly tempoBpm: number;
  readonly firstDownbeatSec: number;
  readonly counts: number;
  readonly beats: readonly number[];
  readonly embedding: { readonly audio: readonly number[] };
}

async function measureClip(
  context: IngestContext,
  filePath: string,
  clip: AnnotatedClip,
): Promise<MeasuredClip> {
  const probe = await probeMedia(context.tools, filePath);
  if (probe.video === null) throw new AppError('it holds no video', { code: 'INGEST_CLIP' });
  const durationSec = probe.video.durationSec ?? probe.durationSec;
  const samples =
    probe.audio === null
      ? new Float32Array(0)
      : await decodeAudio(context.tools, filePath, { sampleRateHz: ANALYSIS_SAMPLE_RATE_HZ });
  const analysis = analyseSamples(samples, ANALYSIS_SAMPLE_RATE_HZ);
  const rhythm = rhythmOf(analysis, clip);
  if (rhythm === null) {
    throw new AppError('no tempo: its sound has no beat and its annotation no estimated_tempo', {
      code: 'INGEST_CLIP',
    });
  }
  const counts = wholeCounts({ durationSec, ...rhythm });
  if (counts === 0)
    throw new AppError('it is too short: it holds no four counts of dance', { code: 'INGEST_CLIP' });
  return { durationSec, ...rhythm, counts, embedding: { audio: analysis.embedding } };
}

/** The measured beats where they can be trusted, else the annotation's tempo from the file's start. */
function rhythmOf(
  { tempoBpm, beats, downbeats, confidence }: SongAnalysis,
  { estimatedTempoBpm }: AnnotatedClip,
): { tempoBpm: number; firstDownbeatSec: number; beats: readonly number[] } | null {
  const [firstDownbeatSec] = downbeats;
  const isTrusted = confidence.tempo >= TEMPO_CONFIDENCE_MINIMUM || estimatedTempoBpm === null;
  if (firstDownbeatSec !== undefined && isTrusted) return { tempoBpm, firstDownbeatSec, beats };
  return estimatedTempoBpm === null ? null : { tempoBpm: estimatedTempoBpm, firstDownbeatSec: 0, beats: [] };
}

/** A fault of this one file: the others can still go in. */
function isAboutTheFile(thrown: unknown): boolean {
  return thrown instanceof AppError && /^(MEDIA_|INGEST_CLIP|MUSIC_)/.test(thrown.code);
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
