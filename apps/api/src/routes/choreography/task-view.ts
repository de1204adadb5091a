import type { TaskWithSong } from '@bachata-buddy/database';
import type { Static } from 'typebox';
import { toTimestamp } from '../../http/timestamp.ts';
import type { Playback } from '../../playback.ts';
import type { TaskResultSchema } from '../../schemas/task.ts';
import { viewSong } from './song-view.ts';
import { videoKeyOf } from './video-key.ts';

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
 * A task in full: `result` and `completed_at` only once it is completed, `error` only where it failed. The fields
 * stand in the order in which the API is documented.
 *
 * @param videoUrl where its video plays; default what the result says
 */
export function viewTask(task: TaskWithSong, videoUrl?: string) {
  const { song, created_at, updated_at, ...state } = viewTaskItem(task);
  const isCompleted = task.status === 'completed';
  return {
    ...state,
    ...(isCompleted && task.result !== null ? { result: viewResult(task.result, videoUrl) } : {}),
    ...(task.status === 'failed' ? { error: task.error ?? '' } : {}),
    song,
    difficulty: task.difficulty,
    style: task.style,
    created_at,
    updated_at,
    ...(isCompleted ? { completed_at: toTimestamp(task.completedAt ?? task.updatedAt) } : {}),
  };
}

/**
 * A task in full, with the address where its video plays now: in a bucket, one that is signed for whoever asked.
 *
 * @throws AppError `STORAGE_FAILED` where the address could not be signed
 */
export async function showTask(task: TaskWithSong, playback: Playback) {
  const isPlayable = task.status === 'completed' && !playback.isLocal;
  const key = isPlayable ? videoKeyOf(task.result ?? {}) : null;
  return key === null ? viewTask(task) : viewTask(task, await playback.urlOf(key));
}

/** All of it but what is said of the file in storage; the documented fields first, which a database does not keep so. */
function viewResult(
  result: Readonly<Record<string, unknown>>,
  videoUrl: string | undefined,
): Static<typeof TaskResultSchema> {
  const {
    output_path: _path,
    output_crc32c: _checksum,
    video_url: storedUrl,
    duration,
    file_size,
    num_moves,
    difficulty,
    ...more
  } = result;
  const documented = { video_url: videoUrl ?? storedUrl, duration, file_size, num_moves, difficulty };
  return { ...documented, ...more } as Static<typeof TaskResultSchema>;
}
