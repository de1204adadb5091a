import type { TaskVersion, TaskWithSong } from '@bachata-buddy/database';
import { EXTRA_FIELDS, type StoredTaskResult, videoKeyOf } from '@bachata-buddy/vocabulary';
import type { Static } from 'typebox';
import { toTimestamp } from '../../http/timestamp.ts';
import { localPlayback, type Playback } from '../../playback.ts';
import type { TaskResultSchema } from '../../schemas/task.ts';
import { localUrlsOf, type ResultUrls, signedUrlsOf, withoutKeys } from './result-urls.ts';
import { viewSong } from './song-view.ts';
import { viewVersion } from './version-name.ts';

/** A task as the list shows it. */
export function viewTaskItem(task: TaskWithSong) {
  return {
    task_id: task.taskId,
    status: task.status,
    progress: task.progress,
    stage: task.stage,
    message: task.message,
    song: task.song === null ? null : viewSong(task.song),
    created_at: toTimestamp(task.createdAt),
    updated_at: toTimestamp(task.updatedAt),
  };
}

/**
 * A task in full: `result` and `completed_at` only once it is completed, `error` only where it failed, `had_video` where
 * that happened to one that had been completed before. The fields stand in the order in which the API is documented.
 *
 * @param urls where its video plays and what belongs to it is read; default what the result says
 */
export function viewTask(task: TaskWithSong, urls?: ResultUrls) {
  const { song, created_at, updated_at, ...state } = viewTaskItem(task);
  const isCompleted = task.status === 'completed';
  return {
    ...state,
    ...(isCompleted && task.result !== null ? { result: viewResult(task.result, urls) } : {}),
    ...(task.status === 'failed' ? viewFailure(task) : {}),
    song,
    difficulty: task.difficulty,
    style: task.style,
    created_at,
    updated_at,
    ...(isCompleted ? { completed_at: toTimestamp(task.completedAt ?? task.updatedAt) } : {}),
    ...viewKinship(task),
  };
}

/** What it resulted in before is kept: without that there is nothing that could be rendered again. */
function viewFailure({ error, result }: TaskWithSong) {
  const hadVideo = result !== null && videoKeyOf(result) !== null;
  return { error: error ?? '', ...(hadVideo ? { had_video: true } : {}) };
}

/** Of a revision what it was revised from, of a practice version its original, of an original its versions. */
function viewKinship({ revisionOf, originalTaskId, version, versions = [] }: TaskWithSong) {
  return {
    ...(revisionOf === null ? {} : { revision_of: revisionOf }),
    ...(originalTaskId === null ? {} : { version_of: originalTaskId, original_task_id: originalTaskId }),
    ...(version === null ? {} : { version: viewVersion(version) }),
    ...(versions.length === 0 ? {} : { versions: versions.map(viewVersionItem) }),
  };
}

function viewVersionItem({ taskId, version, status }: TaskVersion) {
  return { task_id: taskId, ...viewVersion(version), status };
}

/**
 * A task in full, with the addresses where its video plays now and what belongs to it is read: in a bucket, such as
 * are signed for whoever asked.
 *
 * @throws AppError `STORAGE_FAILED` where an address could not be signed
 */
export async function showTask(task: TaskWithSong, playback: Playback) {
  const isPlayable = task.status === 'completed' && task.result !== null;
  return isPlayable ? viewTask(task, await urlsOf(task.result ?? {}, playback)) : viewTask(task);
}

async function urlsOf(result: StoredTaskResult, playback: Playback): Promise<ResultUrls> {
  return playback.isLocal ? localUrlsOf(result, playback) : signedUrlsOf(result, playback);
}

/**
 * A task as a list shows it on demand: with what became of it and what it was asked for.
 *
 * @throws AppError `STORAGE_FAILED` where an address could not be signed
 */
export async function showTaskItem(task: TaskWithSong, playback: Playback) {
  const { task_id, status, progress, stage, message, result, error, had_video, ...more } = await showTask(
    task,
    playback,
  );
  const { song, difficulty, style, created_at, updated_at } = more;
  const { completed_at, revision_of, version_of, version } = more;
  return {
    ...{ task_id, status, progress, stage, message },
    ...(result === undefined ? {} : { result }),
    ...(error === undefined ? {} : { error }),
    ...(had_video === undefined ? {} : { had_video }),
    ...{ song, difficulty, style, created_at, updated_at },
    ...(completed_at === undefined ? {} : { completed_at }),
    ...(revision_of === undefined ? {} : { revision_of }),
    ...(version_of === undefined ? {} : { version_of }),
    ...(version === undefined ? {} : { version }),
  };
}

/** The address of the picture of a task's video, where there is one. */
export async function posterOf(task: TaskWithSong, playback: Playback): Promise<{ poster_url?: string }> {
  const key = task.status === 'completed' ? task.result?.[EXTRA_FIELDS.poster] : undefined;
  return typeof key === 'string' ? { poster_url: await playback.urlOf(key) } : {};
}

/** All of it but what is said of the files in storage; the documented fields first, which a database does not keep so. */
function viewResult(
  result: StoredTaskResult,
  urls: ResultUrls = localUrlsOf(result, localPlayback()),
): Static<typeof TaskResultSchema> {
  const { video_url, duration, file_size, num_moves, difficulty, ...more } = withoutKeys(result);
  const { video_url: playsAt = video_url, ...extras } = urls;
  const documented = { video_url: playsAt, duration, file_size, num_moves, difficulty };
  return { ...documented, ...more, ...extras } as Static<typeof TaskResultSchema>;
}
