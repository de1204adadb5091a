import { randomUUID } from 'node:crypto';
import {
  claimTask,
  completeTask,
  createTask,
  createUser,
  type Database,
  type NewTask,
  type Song,
  type SongValues,
  storeBlueprintAndOrderLaunch,
  type User,
  upsertSong,
} from '@bachata-buddy/database';

/** Adds a song; what is not given is made up. */
export async function addSong(
  database: Database,
  title: string,
  values: Partial<SongValues> = {},
): Promise<Song> {
  const audioPath = `songs/${title.replaceAll(/\W/g, '_')}.mp3`;
  const { row } = await upsertSong(database, {
    title,
    artist: 'Los Probadores',
    durationSec: 200.5,
    audioPath,
    source: 'test',
    ...values,
  });
  return row;
}

/** Adds a task that waits for its blueprint; returns its id. */
export async function addPendingTask(
  database: Database,
  userId: number,
  values: Partial<NewTask> = {},
): Promise<string> {
  const taskId = randomUUID();
  await createTask(database, {
    taskId,
    userId,
    requestKind: 'song',
    difficulty: 'intermediate',
    energyLevel: 'high',
    style: 'modern',
    stage: 'generating_blueprint',
    message: 'Generating choreography blueprint...',
    ...values,
  });
  return taskId;
}

/** Adds a task whose launch order waits in the queue. */
export async function addStartedTask(
  database: Database,
  userId: number,
  values: Partial<NewTask> = {},
): Promise<string> {
  const taskId = await addPendingTask(database, userId, values);
  await storeBlueprintAndOrderLaunch(database, {
    taskId,
    blueprint: { task_id: taskId },
    sha256: 'a'.repeat(64),
  });
  return taskId;
}

/** Adds a task that a job has completed. */
export async function addCompletedTask(
  database: Database,
  userId: number,
  values: Partial<NewTask> = {},
): Promise<string> {
  const taskId = await addStartedTask(database, userId, values);
  const claimed = await claimTask(database, taskId);
  await completeTask(database, taskId, claimed?.attempt ?? 0, {
    video_url: `/media/output/choreography_${taskId}.mp4`,
    output_path: `output/choreography_${taskId}.mp4`,
    duration: 227.18,
    file_size: 36_992_903,
    num_moves: 29,
    difficulty: 'intermediate',
  });
  return taskId;
}

/** An account that cannot log in by password (hashing takes time that most tests need not spend). */
export function addUser(database: Database, username: string, values: Partial<User> = {}): Promise<User> {
  return createUser(database, { username, passwordHash: '!', ...values });
}
