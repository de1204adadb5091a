import { readdir } from 'node:fs/promises';
import { describeMove, embedText } from '@bachata-buddy/choreography';
import {
  findIngestedMove,
  type IngestedMove,
  isKeyOfAnotherFilm,
  listMovesOfRecording,
  retireMove,
  upsertMove,
} from '@bachata-buddy/database';
import { hashRecording, probeMedia } from '@bachata-buddy/media';
import { usageError } from '@bachata-buddy/platform';
import { CLIP_PREFIX, POSE_DIMENSIONS } from '@bachata-buddy/vocabulary';
import { type AnnotatedClip, readAnnotations } from './annotations.ts';
import { findNamedFile } from './files/find-named.ts';
import { keyOfRecording } from './files/readable-key.ts';
import { hashSource, withCopy } from './files/source-file.ts';
import type { IngestContext } from './ingest-context.ts';
import type { Outcome } from './ingest-report.ts';
import { type MeasuredClip, measureClip } from './measure-clip.ts';
import { readPoseVectors } from './pose-vectors.ts';
import { preparedMoveKeys, prepareMove } from './prepare-move.ts';
import { makePoseWatcher, type PoseWatcher } from './see-poses.ts';
import { type WorkOptions, workSideBySide } from './side-by-side.ts';

/** Raised when what is measured of a clip changes, so that unchanged files are measured again. */
const CLIP_INGEST_VERSION = 5;

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
  const given = await readPoseVectors(options.directory);
  for (const { name, reason } of problems) context.report.count('failed', name, reason);
  const { directory } = options;
  const watcher = makePoseWatcher({ ...context, folder: context.poseModelFolder });
  try {
    await workSideBySide(context, clips, {
      nameOf: ({ relativePath }) => relativePath,
      work: (clip, workOptions) =>
        ingestClip(context, { directory, clip, watcher, given: given.get(clip.moveId) }, workOptions),
      onFault: ({ moveId }) => retireMove(context.db, moveId),
    });
  } finally {
    await watcher.end();
  }
}

interface ClipToIngest {
  readonly directory: string;
  readonly clip: AnnotatedClip;
  readonly watcher: PoseWatcher;
  /** A vector of its poses that somebody has made. */
  readonly given: readonly number[] | undefined;
}

async function ingestClip(
  context: IngestContext,
  { directory, clip, watcher, given }: ClipToIngest,
  options: WorkOptions,
): Promise<Outcome> {
  const source = { path: await findNamedFile(directory, clip.relativePath), signal: options.signal };
  const fileHash = await hashSource(source);
  const known = await findIngestedMove(context.db, clip.moveId);
  const measured = known !== null && isMeasuredSo(known, clip, fileHash) ? known : null;
  const contentHash = measured?.contentHash ?? contentHashOf(fileHash, statementsOf(clip));
  const stored =
    measured !== null && (await isComplete(context, measured, fileHash))
      ? measured
      : await withCopy(source, fileHash, (copyPath) =>
          storeClip(context, { clip, copyPath, fileHash, measured, known }, options),
        );
  const { tempoBpm, firstDownbeatSec, counts } = stored;
  const seen = await watcher.see({
    ...{ name: clip.relativePath, source, fileHash },
    ...{ tempoBpm, firstDownbeatSec, counts },
  });
  return upsertMove(context.db, {
    ...describeClip(clip),
    ...posesOf(seen, given),
    durationSec: stored.durationSec,
    tempoBpm,
    firstDownbeatSec,
    downbeatConfidence: stored.downbeatConfidence,
    counts,
    beats: stored.beats,
    videoPath: stored.videoPath,
    preparedPath: stored.preparedPath,
    recordingHash: stored.recordingHash,
    embedding: {
      pose: seen?.vector ?? given ?? new Array<number>(POSE_DIMENSIONS).fill(0),
      audio: stored.embedding.audio,
      text: embedText(describeMove(clip)),
    },
    contentHash,
    source: 'folder',
  });
}

/** What the catalogue keeps of poses; a vector that was measured takes the place of one that was given. */
function posesOf(seen: Awaited<ReturnType<PoseWatcher['see']>>, given: readonly number[] | undefined) {
  const kindOfGiven = given === undefined ? null : 'given';
  if (seen === null) return { poseKind: kindOfGiven, poses: null, look: null, poseKey: null } as const;
  const { poses, look, poseKey, vector } = seen;
  return { poseKind: vector === null ? kindOfGiven : 'measured', poses, look, poseKey } as const;
}

/** Nothing is left to do of what takes time. */
async function isComplete(
  context: IngestContext,
  { videoPath, recordingHash, ...move }: IngestedMove,
  fileHash: string,
): Promise<boolean> {
  const { clip } = preparedMoveKeys(context, { ...move, contentHash: fileHash });
  if (recordingHash === null || (await context.store.stat(videoPath)) === null) return false;
  return move.preparedPath === clip && (await context.store.stat(clip)) !== null;
}

interface ClipToStore {
  readonly clip: AnnotatedClip;
  /** A copy of the file, which stays as it is. */
  readonly copyPath: string;
  /** Of the file's bytes. */
  readonly fileHash: string;
  readonly known: IngestedMove | null;
  /** The same, where it was measured of these bytes and these statements. */
  readonly measured: IngestedMove | null;
}

/** Measured, prepared and stored; what was measured of the same before is not measured again. */
async function storeClip(
  context: IngestContext,
  { clip, copyPath, fileHash, measured: before, known }: ClipToStore,
  options: WorkOptions,
): Promise<Omit<IngestedMove, 'contentHash'>> {
  const { store, tools } = context;
  const { signal } = options;
  const probe = await probeMedia(tools, copyPath, { signal });
  const recordingHash = await hashRecording(tools, { path: copyPath, probe, of: 'film', signal });
  const measured = before ?? (await measureAndDoubt(context, { filePath: copyPath, clip }, options));
  const move = { ...measured, filePath: copyPath, contentHash: fileHash };
  const preparedPath = await prepareMove(context, move, options);
  const isOfSameBytes = known?.contentHash?.endsWith(fileHash) === true;
  const isSameFilm = isOfSameBytes || known?.recordingHash === recordingHash;
  const videoPath =
    known !== null && isSameFilm ? known.videoPath : await keyOfClip(context, clip, recordingHash);
  if (!isOfSameBytes || (await store.stat(videoPath)) === null) {
    await store.putFile(copyPath, videoPath, { contentType: 'video/mp4', takesOver: true, signal });
  }
  await noteOthers(context, clip, { known, isSameFilm, recordingHash });
  return { ...measured, videoPath, preparedPath, recordingHash };
}

function keyOfClip({ db }: IngestContext, clip: AnnotatedClip, recordingHash: string): Promise<string> {
  const fileName = clip.relativePath.split('/').at(-1) ?? '';
  const ending = /\.[a-z0-9]{2,4}$/i.exec(fileName)?.[0] ?? '.mp4';
  const name = fileName.endsWith(ending) ? fileName.slice(0, -ending.length) : fileName;
  const prefix = `${CLIP_PREFIX}${clip.label}/`;
  return keyOfRecording({ prefix, name, ending, recordingHash }, (key) =>
    isKeyOfAnotherFilm(db, key, recordingHash),
  );
}

/** Says where two moves are one film, and where one move's film gives way to another. */
async function noteOthers(
  { db, report }: IngestContext,
  { moveId, relativePath }: AnnotatedClip,
  film: { readonly known: IngestedMove | null; readonly isSameFilm: boolean; readonly recordingHash: string },
): Promise<void> {
  const others = await listMovesOfRecording(db, film.recordingHash, moveId);
  if (others.length > 0) report.note(`${relativePath}: the same film as ${others.join(', ')}`);
  if (film.known !== null && !film.isSameFilm) {
    report.note(`${relativePath}: ${moveId} showed another film before; dances made with that keep it`);
  }
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

/** Whether what is known of a clip was measured of the same bytes, the same being said of its rhythm. */
function isMeasuredSo(known: IngestedMove, clip: AnnotatedClip, fileHash: string): boolean {
  if (known.contentHash === contentHashOf(fileHash, statementsOf(clip))) return true;
  // Moves from before the tempo was among the statements: one without beats has the tempo that was stated.
  if (known.contentHash !== contentHashOf(fileHash, statementsOfCounts(clip))) return false;
  return known.beats.length > 0 || known.tempoBpm === clip.estimatedTempoBpm;
}

function contentHashOf(fileHash: string, statements: readonly string[]): string {
  return [CLIP_INGEST_VERSION, ...statements, fileHash].join(':');
}

/** What somebody says of a clip's rhythm: other words are another measurement. The column has room for six decimals. */
function statementsOf(clip: AnnotatedClip): readonly string[] {
  const { estimatedTempoBpm: tempoBpm } = clip;
  return [
    ...statementsOfCounts(clip),
    tempoBpm === null ? 'no tempo' : `tempo ${Number(tempoBpm.toFixed(6))}`,
  ];
}

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
