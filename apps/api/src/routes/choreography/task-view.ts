import type { TaskWithSong } from '@bachata-buddy/database';
import type { Static } from 'typebox';
import { toTimestamp } from '../../http/timestamp.ts';
import type { TaskResultSchema } from '../../schemas/task.ts';
import { viewSong } from './song-view.ts';

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

/** A task in full: `result` and `completed_at` only once it is completed, `error` only where it failed. */
export function viewTask(task: TaskWithSong) {
  const isCompleted = task.status === 'completed';
  return {
    ...viewTaskItem(task),
    difficulty: task.difficulty,
    style: task.style,
    ...(isCompleted && task.result !== null ? { result: viewResult(task.result) } : {}),
    ...(isCompleted ? { completed_at: toTimestamp(task.completedAt ?? task.updatedAt) } : {}),
    ...(task.status === 'failed' ? { error: task.error ?? '' } : {}),
  };
}

/** All of it but where the file lies in storage. */
function viewResult(result: Readonly<Record<string, unknown>>): Static<typeof TaskResultSchema> {
  const { output_path: _internal, ...visible } = result;
  return visible as Static<typeof TaskResultSchema>;
}
