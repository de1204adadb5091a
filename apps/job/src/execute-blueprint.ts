import { type ResolvedBlueprint, resolveBlueprint } from '@bachata-buddy/blueprint';
import { locateMediaTools } from '@bachata-buddy/media';
import { type Logger, withScratchDirectory } from '@bachata-buddy/platform';
import { type ObjectStore, openObjectStore } from '@bachata-buddy/storage';
import { activeSpan, inSpan } from '@bachata-buddy/telemetry';
import { ASSEMBLING, MEDIA_PATH, type TaskResult, UPLOADING } from '@bachata-buddy/vocabulary';
import { type AssembledVideo, assembleVideo } from './assemble.ts';
import type { RenderConfig } from './config.ts';
import { EXIT_CODE, type ExitCode } from './exit-code.ts';
import { extrasInResult, storeExtras } from './extras/store-extras.ts';
import { describeFailure, type JobStage } from './failure.ts';
import { holdOwnership, type Ownership, OwnershipLostError } from './ownership.ts';
import { findStored, type StoredVideo } from './stages/find-stored.ts';
import type { LoadedBlueprint } from './stages/load.ts';
import { uploadVideo } from './stages/upload.ts';
import type { TaskRecord } from './task-record.ts';

export interface ExecuteOptions {
  readonly config: RenderConfig;
  readonly record: TaskRecord;
  /** Whether a row stands for the task, or only a document. */
  readonly isRecorded: boolean;
  /** Above 1, an earlier one may have stored the video and died before it could say so. */
  readonly attempt: number;
  /** Nobody will try again: a failure that may pass is final too. */
  readonly isLastAttempt: boolean;
  /** As the row has it, for a document that does not say. */
  readonly difficulty: string | null;
  readonly load: () => Promise<LoadedBlueprint>;
  readonly log: Logger;
  readonly signal: AbortSignal;
  readonly heartbeatIntervalMs: number | undefined;
}

/**
 * Load, assemble, upload, complete; and whatever happens, the record, the log and the exit code agree on it.
 *
 * @throws AppError `DB_*` where the end could not be recorded
 */
export async function executeBlueprint(options: ExecuteOptions): Promise<ExitCode> {
  const { record, log, signal } = options;
  const ownership = holdOwnership(options);
  let stage: JobStage = 'load';
  const enter = (next: JobStage): void => {
    stage = next;
  };
  try {
    await makeVideo(options, ownership, enter);
    return EXIT_CODE.done;
  } catch (thrown) {
    await ownership.end();
    if (thrown instanceof OwnershipLostError || ownership.signal.aborted) {
      log.info('stopped: the task was cancelled, or a later attempt has it');
      return EXIT_CODE.done;
    }
    if (signal.aborted) {
      log.warn({ stage }, 'stopped: the process was asked to end');
      return EXIT_CODE.terminated;
    }
    // Recording failed, not the work: whoever started the job has to see to the task.
    if (hasVideo(stage)) throw thrown;
    const { error, message, isRetryable } = describeFailure(thrown, stage);
    log.error({ err: thrown, stage, isRetryable }, error);
    activeSpan().set({ 'job.failed_stage': stage });
    if (isRetryable && !options.isLastAttempt) return EXIT_CODE.tryAgain;
    await record.fail({ error, message });
    return EXIT_CODE.permanentFailure;
  } finally {
    await ownership.end();
  }
}

async function makeVideo(
  options: ExecuteOptions,
  ownership: Ownership,
  enter: (stage: JobStage) => void,
): Promise<void> {
  const { config, record, isRecorded, attempt, difficulty, load, log } = options;
  const startedAt = performance.now();
  await ownership.step(ASSEMBLING);
  const { blueprint: document, hash } = await inSpan('load blueprint', load);
  const blueprint = resolveBlueprint(document);
  enter('assemble');
  const store = await openObjectStore(config.storage);
  const isAnother = isRecorded && attempt > 1;
  const stored = isAnother ? await inSpan('look for video', () => findStored(store, blueprint)) : null;
  const video = stored ?? (await assembleAndStore({ ...options, store, blueprint }, ownership, enter));
  enter('record');
  ownership.report(UPLOADING, 1);
  await ownership.end();
  const isOurs = await inSpan('complete task', () => record.complete(toResult(blueprint, video, difficulty)));
  if (!isOurs) throw new OwnershipLostError();
  const elapsedMs = Math.round(performance.now() - startedAt);
  const { durationSec, sizeBytes } = video;
  const timings = 'timingsMs' in video ? { timingsMs: video.timingsMs } : { wasStored: true };
  const facts = { blueprintHash: hash, moveCount: blueprint.moves.length, durationSec, sizeBytes };
  log.info({ ...facts, ...timings, elapsedMs }, 'choreography video completed');
}

interface AssembleAndStoreOptions extends Pick<ExecuteOptions, 'config' | 'isRecorded' | 'signal'> {
  readonly store: ObjectStore;
  readonly blueprint: ResolvedBlueprint;
}

async function assembleAndStore(
  { config, isRecorded, store, blueprint, signal }: AssembleAndStoreOptions,
  ownership: Ownership,
  enter: (stage: JobStage) => void,
): Promise<StoredVideo & Pick<AssembledVideo, 'timingsMs'>> {
  const tools = await locateMediaTools();
  const either = AbortSignal.any([signal, ownership.signal]);
  return withScratchDirectory({ purpose: 'render', parent: config.tempDirectory }, async (directory) => {
    const assembled = await assembleVideo({
      tools,
      store,
      blueprint,
      size: config.size,
      concurrency: config.concurrency,
      directory,
      kept: config.openKept(store),
      signal: either,
      onProgress: (fraction) => ownership.report(ASSEMBLING, fraction),
    });
    enter('upload');
    await ownership.step(UPLOADING);
    const storing = { store, isWriteOnce: isRecorded, signal: either };
    const { clips, posterPath } = assembled;
    // The video comes last: whoever sees it may count on what belongs to it.
    const extras = await inSpan('store extras', () =>
      storeExtras({ ...storing, blueprint, clips, posterPath, directory }),
    );
    const { sizeBytes, crc32c } = await inSpan('upload video', () =>
      uploadVideo({ ...storing, path: assembled.path, key: blueprint.output.key }),
    );
    const { durationSec, timingsMs } = assembled;
    return { durationSec, sizeBytes, crc32c, extras, timingsMs };
  });
}

/** Widened on purpose: the compiler believes that `stage` still has its first value. */
function hasVideo(stage: JobStage): boolean {
  return stage === 'record';
}

/** What the API shows of a completed task, and where the video lies and how it can be known again. */
function toResult(blueprint: ResolvedBlueprint, video: StoredVideo, difficulty: string | null): TaskResult {
  return {
    video_url: `${MEDIA_PATH}${blueprint.output.key}`,
    duration: video.durationSec,
    file_size: video.sizeBytes,
    num_moves: blueprint.moves.length,
    difficulty: blueprint.difficulty ?? difficulty,
    output_path: blueprint.output.key,
    ...(video.crc32c === null ? {} : { output_crc32c: video.crc32c }),
    ...extrasInResult(video.extras),
  };
}
